import {
  type AvailableReason,
  type AwaitedReason,
  isJsonObject,
  type JsonObject,
  type KubeObject,
  objectsOf,
  type PodsReason,
  type ProgressingReason,
  textOf,
} from '../model'

/** What is said of pods while they are made or replaced: how many of them there are, which changes with every one. */
const FOLLOWING_REASONS: ReadonlyArray<
  AvailableReason | AwaitedReason | PodsReason | ProgressingReason
> = [
  'CertificateAwaited',
  'DeploymentNotCompleted',
  'DeploymentNotFound',
  'DeploymentNotObserved',
  'FirstUserAwaited',
  'MinimumAvailability',
  'NoReplicasAvailable',
  'Ready',
  'Scaling',
]

/**
 * The same status with everything that can wait as it stands: where that is all, nothing has to be written. While work
 * is under way that is what only says how far it is; the next write, which the end of the work makes, takes it along.
 * Otherwise nothing can wait.
 */
export const quietStatus = (subject: KubeObject, status: JsonObject): JsonObject => {
  const before = isJsonObject(subject['status']) ? subject['status'] : {}
  if (!isUnderWay(before) || !isUnderWay(status)) return status
  const conditions = objectsOf(before['conditions'])
  return {
    ...status,
    ...part(before, ['readyReplicas']),
    ...('generations' in status ? { generations: generations(before, status) } : {}),
    conditions: objectsOf(status['conditions']).map(asItStands(conditions)),
  }
}

/** That of the Deployment waits; others say what their conditions are about. */
const generations = (before: JsonObject, status: JsonObject): ReadonlyArray<JsonObject> => {
  const stands = objectsOf(before['generations']).find(isOfDeployment)
  return objectsOf(status['generations']).map((entry) =>
    stands !== undefined && isOfDeployment(entry) ? stands : entry,
  )
}

const isOfDeployment = ({ resource }: JsonObject): boolean => resource === 'deployments'

const isUnderWay = (status: JsonObject): boolean =>
  objectsOf(status['conditions']).some(
    ({ type, status: is }) => (type === 'Progressing' || type === 'Reconciling') && is === 'True',
  )

const part = (object: JsonObject, fields: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([field]) => fields.includes(field)))

const asItStands =
  (before: ReadonlyArray<JsonObject>) =>
  (condition: JsonObject): JsonObject => {
    const stands = before.find(({ type }) => type === condition['type'])
    return stands !== undefined &&
      stands['status'] === condition['status'] &&
      isFollowing(stands) &&
      isFollowing(condition)
      ? { ...condition, ...part(stands, ['reason', 'message']) }
      : condition
  }

const isFollowing = ({ reason }: JsonObject): boolean =>
  FOLLOWING_REASONS.some((one) => one === textOf(reason))
