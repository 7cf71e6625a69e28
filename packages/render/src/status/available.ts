import { type AvailableReason, type Condition, isJsonObject } from '../model'
import type { DeploymentView } from './deployment-view'
import type { Situation } from './situation'

type Status = Condition['status']

const condition = (status: Status, reason: AvailableReason, message: string): Condition => ({
  type: 'Available',
  status,
  reason,
  message,
})

/** All of the registry can be used. */
export const READY = condition('True', 'Ready', 'The registry is ready')

/** Some of it can be used, and some is missing. */
export const MINIMUM = condition(
  'True',
  'MinimumAvailability',
  'The registry has minimum availability',
)

/** Whether the registry can be used. Reasons and messages are those of the original, but for ScaledToZero. */
export const available = (given: Situation): Condition => {
  const { state, refusal, deployment } = given
  if (state === 'Unmanaged') {
    return condition('True', 'Unmanaged', 'The registry configuration is set to unmanaged mode')
  }
  if (deployment !== undefined) return fromDeployment(given, deployment)
  if (refusal !== undefined) return refused(refusal)
  return state === 'Removed'
    ? condition('True', 'Removed', 'The registry is removed')
    : condition('False', 'DeploymentNotFound', 'The deployment does not exist')
}

const refused = ({ reason, text }: NonNullable<Situation['refusal']>): Condition => ({
  type: 'Available',
  status: 'False',
  reason,
  message: `Error: ${text}`,
})

const fromDeployment = (given: Situation, deployment: DeploymentView): Condition => {
  const { deleting, availableReplicas, wantedReplicas } = deployment
  if (deleting) return condition('False', 'DeploymentDeleted', 'The deployment is being deleted')
  if (availableReplicas === 0) {
    return wantedReplicas === 0 && isZeroWanted(given)
      ? condition('True', 'ScaledToZero', 'The registry has no replicas, as spec.replicas says')
      : condition('False', 'NoReplicasAvailable', 'The deployment does not have available replicas')
  }
  return isComplete(deployment) ? READY : MINIMUM
}

/** A pod that is going is no longer counted as a replica; that it is missed shows in what is wanted. */
const isComplete = ({ availableReplicas, replicas, wantedReplicas }: DeploymentView): boolean =>
  availableReplicas === replicas && availableReplicas >= wantedReplicas

const isZeroWanted = ({ subject: { spec } }: Situation): boolean =>
  isJsonObject(spec) && spec['replicas'] === 0
