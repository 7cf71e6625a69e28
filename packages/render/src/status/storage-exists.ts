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
 * Of storage outside of Kubernetes it is `StorageNotProvisioned`, `CredentialsMissing` or `NotVerified`, until somebody looks there.
 * `PVC Configuration Changed` and `EmptyDir Configuration Changed` lasted for a moment only, and do not occur.
 */
export const storageExists = (given: Situation): Condition => {
  const { state, config, deployment } = given
  if (state === 'Managed' && config !== undefined) return ofStorage(given, config.storage)
  if (deployment?.storage !== undefined) return inUse(given, deployment.storage)
  return state === 'Removed' &&
    config?.storage._tag === 'Pvc' &&
    isLive(given, config.storage.claim)
    ? EXISTS
    : unknown(given)
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

const ofStorage = (given: Situation, storage: Storage): Condition =>
  storage._tag === 'EmptyDir'
    ? EMPTY_DIR
    : (fromProblems(given) ??
      (storage._tag === 'Pvc' ? ofClaim(given, storage.claim) : notVerified(storage)))

const ofClaim = (given: Situation, claim: string): Condition =>
  fromCreation(given, claim) ?? (isLive(given, claim) ? EXISTS : missing(claim))

/** Nobody looks into storage outside of Kubernetes yet: whether it works, the registry's pods say. */
const notVerified = (storage: Storage): Condition =>
  condition(
    'Unknown',
    'NotVerified',
    `This version of the operator does not look into storage of the kind ${Object.keys(storageFields(storage)).join()}; whether it works, the pods of the registry say`,
  )

const fromProblems = ({ withheld }: Situation): Condition | undefined =>
  withheld.flatMap(({ problem }) => fromProblem(problem))[0]

const fromProblem = (problem: RenderProblem): ReadonlyArray<Condition> => {
  switch (problem._tag) {
    case 'ClaimMissing':
      return [condition('False', 'PVCDoesNotExist', describe(problem))]
    case 'ClaimNotOurs':
      return [condition('False', 'PVCAlreadyExists', describe(problem))]
    case 'ClaimNeedsSingleWriter':
    case 'ClaimUnusable':
      return [condition('False', 'PVCIssuesFound', describe(problem))]
    case 'StorageNotProvisioned':
    case 'CredentialsMissing':
      return [condition('Unknown', problem._tag, describe(problem))]
    case 'NamespaceMissing':
    case 'AnnotationMissing':
    case 'AnnotationMalformed':
    case 'InfrastructureMissing':
    case 'PlatformStatusMissing':
    case 'ClusterVersionMissing':
    case 'FeatureGatesMissing':
    case 'ObjectStoreUnknown':
    case 'SecretMissing':
    case 'CertificateAwaited':
    case 'RouteNotOurs':
    case 'ConfigMapMissing':
    case 'ConfigMapEntryMissing':
    case 'PrunerUnusable':
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
const unknown = ({ state, subject, refusal }: Situation): Condition => {
  if (state === 'Removed') return condition('False', 'Removed', 'The registry is removed')
  const previous = previousCondition(subject, 'StorageExists')
  return previous === undefined
    ? condition(
        'Unknown',
        refusal?.reason ?? 'Unmanaged',
        'The registry has not been deployed, so no storage is in use',
      )
    : condition(previous.status, previous.reason, previous.message)
}
