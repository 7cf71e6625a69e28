import { belowField } from '../../fields/field-tree'
import { type FieldTree, hasManagedFields, managedEntries } from '../../fields/managed-fields'
import { isJsonObject, type Json, type JsonObject, type KubeObject, names } from '../../model'

/** What they hold was decided by us, or by the original operator, and may be decided anew. */
const DECIDERS: ReadonlyArray<string> = [
  names.FIELD_MANAGER,
  names.BOOTSTRAP_FIELD_MANAGER,
  names.ORIGINAL_FIELD_MANAGER,
]

/** What others than us have set, below one place of a resource: everything, where it is not known who has set what. */
export type OthersFields = ReadonlyArray<FieldTree> | 'all'

/** What others than us have set in a resource. */
export const othersFields = (subject: KubeObject): OthersFields =>
  hasManagedFields(subject)
    ? managedEntries(subject)
        .filter(({ manager }) => !DECIDERS.includes(manager))
        .map(({ fields }) => fields)
    : 'all'

const below =
  (name: string) =>
  (tree: FieldTree): ReadonlyArray<FieldTree> => {
    const found = belowField(tree, name)
    return found === undefined ? [] : [found]
  }

/** What they have set below a field. Who has set an object has not set what others put into it. */
export const othersBelow = (others: OthersFields, path: ReadonlyArray<string>): OthersFields => {
  const [name, ...rest] = path
  return name === undefined || others === 'all'
    ? others
    : othersBelow(others.flatMap(below(name)), rest)
}

/** Whether they have set something at the place that these are about. */
export const isOthers = (others: OthersFields): boolean => others === 'all' || others.length > 0

/** The part of an object that they have not set. */
export const notOthers = (content: JsonObject, others: OthersFields): JsonObject =>
  Object.fromEntries(
    Object.entries(content).flatMap(([name, value]) => {
      const ours = oursOf(value, othersBelow(others, [name]))
      return ours === undefined ? [] : [[name, ours] as const]
    }),
  )

const oursOf = (value: Json, others: OthersFields): Json | undefined => {
  if (!isOthers(others)) return value
  if (others === 'all' || !isJsonObject(value)) return undefined
  const left = notOthers(value, others)
  return Object.keys(left).length === 0 ? undefined : left
}
