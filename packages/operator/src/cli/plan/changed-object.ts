import {
  isJsonArray,
  isJsonObject,
  type FieldChange,
  type Json,
  type JsonArray,
  type JsonObject,
} from '@image-registry-operator/render/model'

/** One step of the path of a change, read back from its text. */
type Step =
  | { readonly _tag: 'Field'; readonly name: string }
  | { readonly _tag: 'Item'; readonly keys: ReadonlyArray<readonly [string, string]> }
  | { readonly _tag: 'Value'; readonly text: string }
  | { readonly _tag: 'Index'; readonly index: number }

// As `FieldChange.path` is written: spec.ports[port=5000,protocol=TCP], data[".dockerconfigjson"], verbs[=get], args[0].
const STEP =
  /\.?(?<name>[A-Za-z_][\w-]*)|\[(?<quoted>"(?:[^"\\]|\\.)*")\]|\[=(?<value>[^\]]*)\]|\[(?<index>\d+)\]|\[(?<keys>[^\]]*)\]/g

const itemKeys = (text: string): ReadonlyArray<readonly [string, string]> =>
  text.split(',').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return [name, value.join('=')]
  })

const toStep = ({ groups = {} }: RegExpExecArray): Step => {
  const { name, quoted, value, index, keys = '' } = groups
  if (name !== undefined) return { _tag: 'Field', name }
  if (quoted !== undefined) return { _tag: 'Field', name: String(JSON.parse(quoted)) }
  if (value !== undefined) return { _tag: 'Value', text: value }
  if (index !== undefined) return { _tag: 'Index', index: Number(index) }
  return { _tag: 'Item', keys: itemKeys(keys) }
}

const stepsOf = (path: string): ReadonlyArray<Step> => [...path.matchAll(STEP)].map(toStep)

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null)

const indexIn = (items: JsonArray, step: Exclude<Step, { readonly _tag: 'Field' }>): number => {
  switch (step._tag) {
    case 'Index':
      return step.index < items.length ? step.index : -1
    case 'Value':
      return items.findIndex((item) => textOf(item) === step.text)
    case 'Item':
      return items.findIndex(
        (item) =>
          isJsonObject(item) && step.keys.every(([name, text]) => textOf(item[name]) === text),
      )
  }
}

const inObject = (object: JsonObject, name: string, value: Json | undefined): JsonObject => {
  if (value !== undefined) return { ...object, [name]: value }
  const { [name]: _, ...rest } = object
  return rest
}

const inList = (items: JsonArray, index: number, value: Json | undefined): JsonArray => {
  if (index < 0) return value === undefined ? items : [...items, value]
  return value === undefined
    ? items.filter((_, at) => at !== index)
    : items.map((item, at) => (at === index ? value : item))
}

const withValue = (
  before: Json | undefined,
  [step, ...rest]: ReadonlyArray<Step>,
  wanted: Json | undefined,
): Json | undefined => {
  if (step === undefined) return wanted
  if (step._tag === 'Field') {
    const object = isJsonObject(before) ? before : {}
    return inObject(object, step.name, withValue(object[step.name], rest, wanted))
  }
  const items = isJsonArray(before) ? before : []
  const index = indexIn(items, step)
  return inList(items, index, withValue(items[index], rest, wanted))
}

/** Fields that we let go of stay where somebody else holds them too; those that are only held change no value. */
const changesValue = ({ why, heldBy = [] }: FieldChange): boolean =>
  why === 'differs' || why === 'in-the-way' || (why === 'no-longer-wanted' && heldBy.length === 0)

/** What becomes of an object by these changes: what a diff shows. */
export const changedObject = (before: Json, changes: ReadonlyArray<FieldChange>): Json =>
  changes
    .filter(changesValue)
    .reduce<Json>(
      (object, { path, wanted }) => withValue(object, stepsOf(path), wanted) ?? object,
      before,
    )
