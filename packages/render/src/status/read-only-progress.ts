import {
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  LATEST_START_SECONDS,
  names,
  objectsOf,
  textOf,
} from '../model'

/** What is looked at before garbage is deleted. */
export type ReadOnlySights = {
  /** The registry's; absent where there is none. */
  readonly deployment?: KubeObject
  /** Those of our namespace. */
  readonly pods: ReadonlyArray<KubeObject>
  /** The Job that waits; absent where it is gone. */
  readonly job?: KubeObject
  /** RFC 3339. */
  readonly now: string
}

/** Whether nobody can push any more. `why` is for people. */
export type ReadOnlyProgress =
  | { readonly _tag: 'ReadOnly' }
  | { readonly _tag: 'Waiting'; readonly why: string }
  | { readonly _tag: 'TooLate'; readonly why: string }

const waiting = (why: string): ReadOnlyProgress => ({ _tag: 'Waiting', why })

const member = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) ? value[name] : undefined

const count = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)

const takesNoPushes = (podSpec: Json | undefined): boolean =>
  objectsOf(member(podSpec, 'containers'))
    .flatMap((container) => objectsOf(container['env']))
    .some(
      ({ name, value }) =>
        name === names.READ_ONLY_VARIABLE && value === names.READ_ONLY_VARIABLE_VALUE,
    )

const isOfRegistry = ({ metadata }: KubeObject): boolean =>
  metadata.labels?.['docker-registry'] === 'default'

/** Pods that are being ended still finish uploads: only those count as gone whose containers have ended. */
const mayServe = ({ status }: KubeObject): boolean =>
  !['Succeeded', 'Failed'].includes(textOf(member(status, 'phase')))

/** As `kubectl rollout status` sees it: no pod of an older template is left, and none will be made. */
const isRolledOut = ({ metadata, spec, status }: KubeObject): boolean => {
  const replicas = count(member(spec, 'replicas') ?? 1)
  return (
    count(member(status, 'observedGeneration')) >= (metadata.generation ?? 0) &&
    ['replicas', 'updatedReplicas', 'availableReplicas'].every(
      (name) => count(member(status, name)) === replicas,
    )
  )
}

const templateOf = ({ spec }: KubeObject): JsonObject => {
  const template = member(spec, 'template')
  return isJsonObject(template) ? template : {}
}

const isTooLate = (job: KubeObject, now: string): boolean => {
  const ageMs = Date.parse(now) - Date.parse(textOf(job.metadata['creationTimestamp']))
  return !(ageMs < LATEST_START_SECONDS * 1_000)
}

const registryProgress = (
  deployment: KubeObject,
  pods: ReadonlyArray<KubeObject>,
): ReadOnlyProgress => {
  if (!takesNoPushes(templateOf(deployment)['spec']))
    return waiting('the registry is not told yet to take no pushes')
  if (!isRolledOut(deployment)) return waiting('the registry is not rolled out yet')
  const taking = pods
    .filter(isOfRegistry)
    .filter(mayServe)
    .filter(({ spec }) => !takesNoPushes(spec))
    .map(({ metadata }) => metadata.name)
  return taking.length === 0
    ? { _tag: 'ReadOnly' }
    : waiting(`pods that take pushes have not ended yet: ${taking.sort().join(', ')}`)
}

/**
 * Whether garbage can be deleted: every pod of the registry takes no pushes, and no other will be made.
 *
 * It is too late when the Job is older than five minutes, however long its own container has waited: the registry takes pushes
 * again when the Job would have ended that had started by then.
 */
export const readOnlyProgress = ({
  deployment,
  pods,
  job,
  now,
}: ReadOnlySights): ReadOnlyProgress => {
  if (job === undefined) return { _tag: 'TooLate', why: 'the Job is gone' }
  const progress =
    deployment === undefined ? waiting('there is no registry') : registryProgress(deployment, pods)
  if (!isTooLate(job, now)) return progress
  const why = progress._tag === 'ReadOnly' ? 'it was waited for too long' : progress.why
  return {
    _tag: 'TooLate',
    why: `the Job is older than ${LATEST_START_SECONDS / 60} minutes: ${why}`,
  }
}
