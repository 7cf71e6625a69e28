import {
  type Action,
  type ApplyObject,
  type DeleteObject,
  type FieldChange,
  type Json,
  names,
  showRef,
} from '../model'
import { storageSteps } from './storage/storage-steps'

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
    case 'PatchObject':
      return `update ${showRef(action.ref)}: ${action.because}`
    case 'EnsureStorage':
      return storageSteps(action).join(', ')
    case 'RemoveStorage':
      return `${storageSteps(action).join(', ')}: ${action.because} (ours: it carries our marks)`
  }
}

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
