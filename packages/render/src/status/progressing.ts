import type { AwaitedReason, Condition, ProgressingReason } from '../model'
import type { DeploymentView } from './deployment-view'
import { type Failure, failureTexts } from './failure'
import { leavingClaim } from './leaving-claim'
import { leavingStorage } from './storage/leaving-storage'
import { hasNewPods } from './new-pods'
import type { Situation } from './situation'
import { previousCondition } from './timed-condition'

type Status = Condition['status']

const condition = (
  status: Status,
  reason: ProgressingReason | AwaitedReason,
  message: string,
): Condition => ({
  type: 'Progressing',
  status,
  reason,
  message,
})

/** Everything is as the Config says. */
export const AT_REST = condition('False', 'Ready', 'The registry is ready')
/** Pods are being replaced by those of a new template. */
export const ROLLING_OUT = condition(
  'True',
  'DeploymentNotCompleted',
  'The deployment has not completed',
)

/** Whether the registry is on its way to what the Config says. Pods that move about are no progress. */
export const progressing = (given: Situation): Condition => {
  const { state, refusal, failures, deployment } = given
  if (state === 'Unmanaged') {
    return condition('False', 'Unmanaged', 'The registry configuration is set to unmanaged mode')
  }
  if (refusal !== undefined) {
    return condition('False', 'Error', `Unable to apply resources: ${refusal.text}`)
  }
  const [first] = failures
  if (first !== undefined) return failing(given, first)
  if (state === 'Removed') return removing(given)
  return deployment === undefined
    ? condition(
        'True',
        'WaitingForDeployment',
        'All resources are successfully applied, but the deployment does not exist',
      )
    : rollingOut(given, deployment)
}

const failing = ({ state, failures }: Situation, first: Failure): Condition => {
  const awaited = failures.every(isAwaited) ? awaitedReason(first) : undefined
  if (awaited !== undefined) return condition('True', awaited, failureTexts(failures))
  const what = state === 'Removed' ? 'remove' : 'apply'
  return condition('True', 'Error', `Unable to ${what} resources: ${failureTexts(failures)}`)
}

/** What is on its way is no error. */
const isAwaited = (failure: Failure): boolean => awaitedReason(failure) !== undefined

const awaitedReason = ({ reason }: Failure): AwaitedReason | undefined =>
  AWAITED.find((one) => one === reason)

const AWAITED: ReadonlyArray<AwaitedReason> = [
  'CertificateAwaited',
  'FirstUserAwaited',
  'MachineUnread',
  'StorageAwaited',
  'StoragePending',
]

const removing = (given: Situation): Condition => {
  if (given.deployment !== undefined) {
    return condition('True', 'DeletingDeployment', 'The deployment is being removed')
  }
  const leaving = leavingClaim(given) ?? leavingStorage(given)
  return leaving === undefined
    ? condition('False', 'Removed', 'All registry resources are removed')
    : condition('True', 'DeletingStorage', leaving)
}

const rollingOut = (given: Situation, deployment: DeploymentView): Condition => {
  const { deleting, rollout } = deployment
  if (deleting) {
    return condition('True', 'FinalizingDeployment', 'The deployment is being deleted')
  }
  switch (rollout) {
    case 'complete':
      return isBetweenPods(deployment) && !wasAtRest(given) ? ROLLING_OUT : AT_REST
    case 'underway':
    case 'timed-out':
      return ROLLING_OUT
    case 'unobserved':
      return hasNewPods(given.outcome) || !wasAtRest(given) ? ROLLING_OUT : AT_REST
  }
}

/**
 * With the strategy Recreate there comes a moment without any pod, when the Deployment's controller still repeats that the
 * rollout before was successful.
 */
const isBetweenPods = ({ replicas, wantedReplicas }: DeploymentView): boolean =>
  replicas === 0 && wantedReplicas > 0

/** Scaling is no progress, a new pod template is: which one somebody else has made, the next status of the Deployment says. */
const wasAtRest = ({ subject }: Situation): boolean =>
  previousCondition(subject, 'Progressing')?.status === 'False'
