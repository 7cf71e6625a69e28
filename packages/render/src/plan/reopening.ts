import * as E from 'fp-ts/Either'

import { ownershipProof } from '../fields/ownership'
import { readOnlyVariable } from '../fields/read-only-variable'
import {
  type ClusterFacts,
  type Config,
  type DesiredState,
  isCollectionUnderWay,
  isJsonObject,
  keyOf,
  type KubeObject,
  names,
  objectRef,
  type Observation,
  type PatchObject,
  refOf,
  type RenderProblem,
} from '../model'
import { factsOfTarget } from '../storage/known-target'
import { hasMountedSources } from './mounted-sources'

const DEPLOYMENT = keyOf(
  objectRef('apps/v1', 'Deployment', names.REGISTRY_NAME, names.REGISTRY_NAMESPACE),
)

/** New pods of the same kind would not start: a registry that takes no pushes is better than none. */
const keepsPodsFromStarting = ({ _tag }: RenderProblem): boolean =>
  _tag === 'ClaimMissing' ||
  _tag === 'StorageClassMissing' ||
  _tag === 'CertificateAwaited' ||
  _tag === 'FirstUserAwaited' ||
  _tag === 'NamespaceMissing' ||
  _tag === 'ConfigMapEntryMissing' ||
  _tag === 'CredentialsMissing'

/** After a start nobody has looked at the storage yet, and the next pass says the Deployment as a whole. */
const isUnseen = ({ storage }: DesiredState, facts: ClusterFacts): boolean =>
  storage !== undefined && factsOfTarget(facts.storage, storage) === undefined

const isStuckAsItWas = ({ withheld }: DesiredState): boolean =>
  withheld.some(({ ref, problem }) => keyOf(ref) === DEPLOYMENT && !keepsPodsFromStarting(problem))

const mayTakePushes = ({ managementState, readOnly }: Config): boolean =>
  managementState === 'Managed' && !readOnly

/** A Config that cannot be used changes nothing; but it says whose the registry is, and what is asked of it. */
const saysSo = (subject: KubeObject | undefined): boolean => {
  const spec = subject?.['spec']
  return isJsonObject(spec) && spec['managementState'] === 'Managed' && spec['readOnly'] !== true
}

const isOpenAsWished = (
  desired: DesiredState,
  { config, subject }: Pick<Observation, 'config' | 'subject'>,
): boolean =>
  E.isRight(config)
    ? mayTakePushes(config.right) && isStuckAsItWas(desired)
    : config.left._tag !== 'NoConfig' && saysSo(subject)

const isOver = (facts: ClusterFacts): boolean =>
  facts.pruning !== undefined && !isCollectionUnderWay(facts)

const isOursToOpen = (deployment: KubeObject, { subject }: Pick<Observation, 'subject'>): boolean =>
  ownershipProof(deployment) !== undefined &&
  deployment.metadata.deletionTimestamp === undefined &&
  subject?.metadata.deletionTimestamp === undefined

/** New pods of it would start, and not be replaced in a moment. */
const isWholeFor = (deployment: KubeObject, desired: DesiredState, facts: ClusterFacts): boolean =>
  !isUnseen(desired, facts) && hasMountedSources(deployment, facts)

/**
 * Lets a registry take pushes again whose window for deleting garbage is over, while its Deployment cannot be said as a whole:
 * what it was told before stays, but for that. Nobody may have to mend a Config for a window to end.
 */
export const reopening = (
  desired: DesiredState,
  observation: Observation,
): ReadonlyArray<PatchObject> => {
  const deployment = observation.live.get(DEPLOYMENT)
  if (
    deployment === undefined ||
    !isOursToOpen(deployment, observation) ||
    !isOver(observation.facts) ||
    !isOpenAsWished(desired, observation) ||
    !isWholeFor(deployment, desired, observation.facts)
  )
    return []
  const variable = readOnlyVariable(deployment)
  if (variable === undefined) return []
  const { path, pointer } = variable
  return [
    {
      _tag: 'PatchObject',
      ref: refOf(deployment),
      before: deployment,
      operations: [
        { op: 'test', path: `${pointer}/name`, value: names.READ_ONLY_VARIABLE },
        { op: 'remove', path: pointer },
      ],
      changes: [{ path, why: 'no-longer-wanted' }],
      because: 'no garbage is being deleted any more, and the registry takes pushes again',
    },
  ]
}
