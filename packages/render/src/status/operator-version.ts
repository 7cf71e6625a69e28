import * as E from 'fp-ts/Either'

import {
  inKeyOrder,
  isJsonObject,
  type JsonObject,
  type KubeObject,
  objectsOf,
  textOf,
} from '../model'
import { type DeploymentView, deploymentView } from './deployment-view'
import { liveAfter } from './live-after'
import { DEPLOYMENT, stateOf, type StatusInput } from './situation'

/** What the ClusterOperator says about versions. */
export type OperatorVersion = {
  /** `status.versions` as it has to be; absent where nothing was or can be said. */
  readonly versions?: ReadonlyArray<JsonObject>
  /** The cluster has not been told yet that the version has been reached which is on its way. */
  readonly isAwaited: boolean
}

/** The version that is reached once the Deployment has rolled it out; what is said before stays until then. */
export const operatorVersion = (input: StatusInput, operator: KubeObject): OperatorVersion => {
  const said = versionsOf(operator)
  const reached = reachedVersion(input)
  const versions = reached === '' ? said : [{ name: NAME, version: reached }]
  const told = textOf(versions.find(({ name }) => name === NAME)?.['version'])
  return {
    ...(versions.length === 0 ? {} : { versions }),
    isAwaited: wantedVersions(input).some((version) => version !== '' && version !== told),
  }
}

const NAME = 'operator'

const versionsOf = ({ status }: KubeObject): ReadonlyArray<JsonObject> =>
  isJsonObject(status) ? objectsOf(status['versions']).map((version) => inKeyOrder(version)) : []

const reachedVersion = (input: StatusInput): string => {
  if (!isManaged(input)) return input.observation.facts.release.version
  const deployment = deploymentOf(input)
  return deployment !== undefined && isRolledOut(deployment) ? deployment.version : ''
}

/** A registry that is to have no pods has none of an older version. */
const isRolledOut = (deployment: DeploymentView): boolean => {
  const { isObserved, availableReplicas, updatedReplicas, replicas, wantedReplicas } = deployment
  const isServed = wantedReplicas === 0 ? replicas === 0 : availableReplicas > 0
  return isObserved && isServed && updatedReplicas === replicas
}

const wantedVersions = (input: StatusInput): ReadonlyArray<string> => [
  input.observation.facts.release.version,
  ...(isManaged(input) ? [deploymentOf(input)?.version ?? ''] : []),
]

const isManaged = ({ observation: { config, subject } }: StatusInput): boolean =>
  E.isRight(config)
    ? config.right.managementState === 'Managed'
    : subject === undefined || stateOf(subject) === 'Managed'

const deploymentOf = ({ observation, outcome }: StatusInput): DeploymentView | undefined => {
  const found = liveAfter(observation.live, outcome).get(DEPLOYMENT)
  return found === undefined ? undefined : deploymentView(found)
}
