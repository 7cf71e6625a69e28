import type { Condition } from '../model'
import { MINIMUM } from './available'
import type { Degradation } from './degraded'

type Known = {
  readonly available: Condition
  readonly progressing: Condition
  readonly degradation: Degradation
  /** What the pods are still to do; absent when that is nothing. */
  readonly pods: Pick<Condition, 'reason' | 'message'> | undefined
}

/**
 * The conditions that kstatus reads (kubectl wait, Flux, Argo CD): Ready is the one to wait for;
 * Reconciling and Stalled are True only while something is under way, or stuck, and never both.
 */
export const kstatusConditions = (known: Known): ReadonlyArray<Condition> => [
  ready(known),
  reconciling(known),
  stalled(known),
]

const ready = ({ available, progressing, degradation, pods }: Known): Condition => {
  const obstacle = [
    ...(degradation.condition.status === 'True' ? [degradation.condition] : []),
    ...(available.status === 'True' ? [] : [available]),
    ...(progressing.status === 'False' ? [] : [progressing]),
    ...(pods === undefined ? [] : [pods]),
    ...(available.reason === MINIMUM.reason ? [available] : []),
  ][0]
  const { reason, message } = obstacle ?? available
  return { type: 'Ready', status: obstacle === undefined ? 'True' : 'False', reason, message }
}

const reconciling = ({ progressing, degradation, pods }: Known): Condition => {
  const cause = progressing.status === 'True' ? progressing : pods
  return degradation.stalled || cause === undefined
    ? { type: 'Reconciling', status: 'False', reason: 'NothingUnderWay', message: '' }
    : { type: 'Reconciling', status: 'True', reason: cause.reason, message: cause.message }
}

const stalled = ({ degradation: { stalled: is, condition } }: Known): Condition =>
  is
    ? { type: 'Stalled', status: 'True', reason: condition.reason, message: condition.message }
    : { type: 'Stalled', status: 'False', reason: 'NotStalled', message: '' }
