import type { Condition } from '../model'
import type { Degradation } from './degraded'
import type { DeploymentView } from './deployment-view'

type Known = {
  readonly available: Condition
  readonly progressing: Condition
  readonly degradation: Degradation
  readonly deployment: DeploymentView | undefined
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

/** The Deployment's controller has not seen the newest spec: nothing that it says is about that. */
const isUnobserved = ({ deployment }: Known): boolean => deployment?.rollout === 'unobserved'

const UNOBSERVED = {
  reason: 'DeploymentNotObserved',
  message: 'The deployment has been changed, and its controller has not looked at it yet',
}

const SCALING = {
  reason: 'Scaling',
  message: 'The deployment does not have as many replicas yet as it should have',
}

/** Pods are still to come or to go. The original calls that neither Progressing nor unavailable. */
const isScaling = ({ available, deployment }: Known): boolean =>
  deployment !== undefined &&
  available.reason !== 'Unmanaged' &&
  deployment.replicas !== deployment.wantedReplicas

const ready = (known: Known): Condition => {
  const { available, progressing, degradation } = known
  const obstacle = [
    ...(degradation.condition.status === 'True' ? [degradation.condition] : []),
    ...(available.status === 'True' ? [] : [available]),
    ...(progressing.status === 'False' ? [] : [progressing]),
    ...(isUnobserved(known) ? [UNOBSERVED] : []),
    ...(isScaling(known) ? [SCALING] : []),
    ...(available.reason === 'MinimumAvailability' ? [available] : []),
  ][0]
  const { reason, message } = obstacle ?? available
  return { type: 'Ready', status: obstacle === undefined ? 'True' : 'False', reason, message }
}

const reconciling = (known: Known): Condition => {
  const { progressing, degradation } = known
  const moves = progressing.status === 'True' || isUnobserved(known)
  if (degradation.stalled || !moves) {
    return { type: 'Reconciling', status: 'False', reason: 'NothingUnderWay', message: '' }
  }
  const { reason, message } = progressing.status === 'True' ? progressing : UNOBSERVED
  return { type: 'Reconciling', status: 'True', reason, message }
}

const stalled = ({ degradation: { stalled: is, condition } }: Known): Condition =>
  is
    ? { type: 'Stalled', status: 'True', reason: condition.reason, message: condition.message }
    : { type: 'Stalled', status: 'False', reason: 'NotStalled', message: '' }
