import type { Condition } from '../model'
import type { DeploymentView } from './deployment-view'
import { failureTexts } from './failure'
import type { Situation } from './situation'
import { previousCondition } from './timed-condition'

type Status = Condition['status']

const condition = (status: Status, reason: string, message: string): Condition => ({
  type: 'Progressing',
  status,
  reason,
  message,
})

const READY = condition('False', 'Ready', 'The registry is ready')
const NOT_COMPLETED = condition(
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
  if (failures.length > 0) {
    const what = state === 'Removed' ? 'remove' : 'apply'
    return condition('True', 'Error', `Unable to ${what} resources: ${failureTexts(failures)}`)
  }
  if (state === 'Removed') return removing(deployment)
  return deployment === undefined
    ? condition(
        'True',
        'WaitingForDeployment',
        'All resources are successfully applied, but the deployment does not exist',
      )
    : rollingOut(given, deployment)
}

const removing = (deployment: DeploymentView | undefined): Condition =>
  deployment === undefined
    ? condition('False', 'Removed', 'All registry resources are removed')
    : condition('True', 'DeletingDeployment', 'The deployment is being removed')

const rollingOut = ({ subject }: Situation, { deleting, rollout }: DeploymentView): Condition => {
  if (deleting) {
    return condition('True', 'FinalizingDeployment', 'The deployment is being deleted')
  }
  switch (rollout) {
    case 'complete':
      return READY
    case 'underway':
    case 'timed-out':
      return NOT_COMPLETED
    case 'unobserved':
      // Scaling is no progress, a new pod template is: which one it is, the next status of the Deployment says.
      return previousCondition(subject, 'Progressing')?.reason === 'Ready' ? READY : NOT_COMPLETED
  }
}
