import {
  type Action,
  type ApplyObject,
  type DeleteObject,
  type EnsureStorage,
  type FieldChange,
  type Json,
  names,
  type RemoveStorage,
  showRef,
  type StorageStep,
} from '../model'

const MOST_CHANGES = 4
const LONGEST_VALUE = 40

/** One line for a person: what is done to which object, and why. */
export const describeAction = (action: Action): string => {
  switch (action._tag) {
    case 'ApplyObject':
      return `${action.change} ${showRef(action.ref)}${reasons(action)}`
    case 'DeleteObject':
      return `delete ${showRef(action.ref)}: ${action.because} (${proof(action)})`
    case 'ReleaseObject':
      return `release ${showRef(action.ref)}: it is being deleted, and nothing is left that it has to wait for`
    case 'EnsureStorage':
      return action.steps.map((step) => describeStep(action, step)).join(', ')
    case 'RemoveStorage':
      return `remove ${removedParts(action)}${contents(action)}: ${action.because} (ours: it carries our marks)`
  }
}

const partName = ({ target }: EnsureStorage | RemoveStorage, kind: string): string => {
  const name = target.parts.find((part) => part.kind === kind)?.name ?? ''
  return `${target.backend} ${kind}${name === '' ? '' : ` ${name}`}`
}

const describeStep = (action: EnsureStorage, step: StorageStep): string => {
  const part = partName(action, step.part)
  switch (step._tag) {
    case 'Create':
      return `create ${part}`
    case 'Mark':
      return `mark ${part} as ours, which we began to make`
    case 'Set':
      return `set ${step.setting.name} of ${part}`
  }
}

const removedParts = (action: RemoveStorage): string =>
  action.parts.map(({ part }) => partName(action, part)).join(' and ')

const contents = ({ contents: counted }: RemoveStorage): string =>
  counted === undefined
    ? ' with everything in it'
    : ` with ${counted.isWhole ? '' : 'at least '}${counted.objects} objects, ${counted.bytes} bytes`

const proof = (action: DeleteObject): string =>
  action.proof._tag === 'FieldManager'
    ? `ours: applied by ${action.proof.manager}`
    : `ours: annotation ${action.proof.key}`

const reasons = ({ changes }: ApplyObject): string => {
  const telling = tellingChanges(changes)
  if (telling.length === 0) return ''
  const shown = telling.slice(0, MOST_CHANGES).map(changeText)
  const more = telling.length - shown.length
  return `: ${[...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')}`
}

/** The checksum changes with everything: it tells something only when nothing else does. */
const tellingChanges = (changes: ReadonlyArray<FieldChange>): ReadonlyArray<FieldChange> => {
  const others = changes.filter(({ path }) => !path.includes(names.CHECKSUM_ANNOTATION))
  return others.length === 0 ? changes : others
}

const changeText = (change: FieldChange): string => {
  const { path, why, live, wanted, heldBy = [] } = change
  switch (why) {
    case 'differs':
      return `${path} ${valueText(live)} → ${valueText(wanted)}${editors(heldBy)}`
    case 'not-owned':
      return `${path} is ${heldBy.length === 0 ? 'nobody’s' : `held by ${heldBy.join(', ')}`}, not ours`
    case 'no-longer-wanted':
      return `${path} is no longer wanted`
    case 'in-the-way':
      return `${path} is in the way${editors(heldBy)}`
  }
}

const editors = (heldBy: ReadonlyArray<string>): string =>
  heldBy.length === 0 ? '' : ` (edited by ${heldBy.join(', ')})`

const valueText = (value: Json | undefined): string => {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
  const line = text.replace(/\s+/g, ' ')
  return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE - 1)}…` : line
}
