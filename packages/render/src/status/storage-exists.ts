import * as E from 'fp-ts/Either'

import { describe } from '../errors-text/describe'
import {
  type Condition,
  type Json,
  isJsonObject,
  keyOf,
  names,
  objectRef,
  type ObjectRef,
  type RenderProblem,
  type Storage,
  storageFields,
} from '../model'
import type { Situation } from './situation'
import { outsideExists } from './storage/outside-exists'
import type { OutsideStorage } from './storage/outside-storage'
import { previousCondition } from './timed-condition'

/**
 * Whether the place for images is there. The reasons are the original's without their spaces:
 *
 * | original             | here                 |
 * |----------------------|----------------------|
 * | `PVC Exists`, `PVC Created` | `PVCExists`   |
 * | `PVC does not exist` | `PVCDoesNotExist`    |
 * | `PVC Already Exists` | `PVCAlreadyExists`   |
 * | `PVC Issues Found`   | `PVCIssuesFound`     |
 * | `Creation Failed`    | `CreationFailed`     |
 * | `Creation Successful` (emptyDir) | `CreationSuccessful` |
 *
 * Of storage outside of Kubernetes see `outsideExists`; `NotVerified` where nobody looks there.
 * `PVC Configuration Changed` and `EmptyDir Configuration Changed` lasted for a moment only, and do not occur.
 */
export const storageExists = (given: Situation): Condition => {
  const { state, config, deployment } = given
  if (state === 'Managed' && config !== undefined) return ofStorage(given, config.storage)
  return deployment?.storage === undefined ? unused(given) : inUse(given, deployment.storage)
}

/** What no pod uses may be there all the same. */
const unused = (given: Situation): Condition => {
  const { state, config, outside } = given
  if (outside?.isLeft === true) return ofLeaving(given, outside)
  const isLeft =
    state === 'Removed' && config?.storage._tag === 'Pvc' && isLive(given, config.storage.claim)
  return isLeft ? EXISTS : unknown(given)
}

const condition = (status: Condition['status'], reason: string, message: string): Condition => ({
  type: 'StorageExists',
  status,
  reason,
  message,
})

const EXISTS = condition('True', 'PVCExists', '')
const EMPTY_DIR = condition('True', 'CreationSuccessful', 'EmptyDir storage successfully created')

const claimRef = (claim: string): ObjectRef =>
  objectRef('v1', 'PersistentVolumeClaim', claim, names.REGISTRY_NAMESPACE)

const isLive = ({ live }: Situation, claim: string): boolean => live.has(keyOf(claimRef(claim)))

const missing = (claim: string): Condition =>
  condition('False', 'PVCDoesNotExist', describe({ _tag: 'ClaimMissing', claim }))

const ofStorage = (given: Situation, storage: Storage): Condition => {
  if (storage._tag === 'EmptyDir') return EMPTY_DIR
  return storage._tag === 'Pvc'
    ? (fromProblems(given) ?? ofClaim(given, storage.claim))
    : ofOutside(given, storage)
}

/** What has been seen counts. */
const ofOutside = (given: Situation, storage: Storage): Condition => {
  const { outside } = given
  const seen = outside === undefined ? undefined : outsideExists(outside)
  return seen ?? fromProblems(given) ?? notSeen(given, storage)
}

/** A storage that has not been seen yet is as it was when the operator last said so. */
const notSeen = (given: Situation, storage: Storage): Condition => {
  const { outside } = given
  if (outside === undefined || outside.looked === 'nobody') return notVerified(storage)
  return (outside.wasThere ? saidBefore(given) : undefined) ?? NOT_SEEN
}

/** What is to go is there until it has gone, as far as anybody knows. */
const ofLeaving = (given: Situation, outside: OutsideStorage): Condition =>
  outsideExists(outside) ?? saidBefore(given) ?? NOT_SEEN

const saidBefore = ({ subject }: Situation): Condition | undefined => {
  const previous = previousCondition(subject, 'StorageExists')
  return previous === undefined
    ? undefined
    : condition(previous.status, previous.reason, previous.message)
}

const NOT_SEEN = condition('Unknown', 'NotSeenYet', 'The storage has not been looked at yet')

const ofClaim = (given: Situation, claim: string): Condition =>
  fromCreation(given, claim) ?? (isLive(given, claim) ? EXISTS : missing(claim))

/** Nobody looks into storage outside of Kubernetes from a file: whether it works, the registry's pods say. */
const notVerified = (storage: Storage): Condition =>
  condition(
    'Unknown',
    'NotVerified',
    `Nobody has looked into storage of the kind ${Object.keys(storageFields(storage)).join()}; the operator in the cluster does`,
  )

const fromProblems = ({ withheld }: Situation): Condition | undefined =>
  withheld.flatMap(({ problem }) => fromProblem(problem))[0]

const fromProblem = (problem: RenderProblem): ReadonlyArray<Condition> => {
  switch (problem._tag) {
    case 'ClaimMissing':
      return [condition('False', 'PVCDoesNotExist', describe(problem))]
    case 'StorageClassMissing':
      return [condition('False', problem._tag, describe(problem))]
    case 'ClaimNotOurs':
      return [condition('False', 'PVCAlreadyExists', describe(problem))]
    case 'ClaimNeedsSingleWriter':
    case 'ClaimUnusable':
      return [condition('False', 'PVCIssuesFound', describe(problem))]
    case 'StorageNotProvisioned':
    case 'StorageNotInRegistry':
    case 'StorageLayoutDiffers':
    case 'StorageAwaited':
    case 'CredentialsMissing':
    case 'CredentialsUnreadable':
      return [condition('Unknown', problem._tag, describe(problem))]
    case 'StoragePending':
    case 'NamespaceMissing':
    case 'AnnotationMissing':
    case 'AnnotationMalformed':
    case 'InfrastructureMissing':
    case 'PlatformStatusMissing':
    case 'ClusterVersionMissing':
    case 'FeatureGatesMissing':
    case 'ObjectStoreUnknown':
    case 'MachineUnread':
    case 'NoStorageOffered':
    case 'SecretMissing':
    case 'CertificateAwaited':
    case 'FirstUserAwaited':
    case 'RouteNotOurs':
    case 'HostnameMissing':
    case 'ConfigMapMissing':
    case 'ConfigMapEntryMissing':
    case 'PrunerUnusable':
    case 'GarbageNotCollectable':
    case 'ApiNotServed':
      return []
  }
}

const fromCreation = ({ outcome }: Situation, claim: string): Condition | undefined => {
  const failed = outcome.find(
    ({ action, result }) => keyOf(action.ref) === keyOf(claimRef(claim)) && E.isLeft(result),
  )
  return failed !== undefined && E.isLeft(failed.result)
    ? condition('False', 'CreationFailed', describe(failed.result.left))
    : undefined
}

/** What the pods mount, whatever the Config says. */
const inUse = (given: Situation, storage: { readonly [field: string]: Json }): Condition => {
  const claim = isJsonObject(storage['pvc']) ? storage['pvc']['claim'] : undefined
  if (typeof claim !== 'string') return EMPTY_DIR
  return isLive(given, claim) ? EXISTS : missing(claim)
}

/** Nothing can be said that has not been said before. */
const unknown = (given: Situation): Condition =>
  given.state === 'Removed'
    ? condition('False', 'Removed', 'The registry is removed')
    : (saidBefore(given) ??
      condition(
        'Unknown',
        given.refusal?.reason ?? (given.state === 'Unmanaged' ? 'Unmanaged' : 'MachineUnread'),
        'The registry has not been deployed, so no storage is in use',
      ))
