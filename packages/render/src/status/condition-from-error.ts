import type { KnownError } from '../errors-text/known-error'

/** What an error makes of the conditions. */
export type Verdict = {
  /** The reason of Degraded, should it come to that. */
  readonly reason: string
  readonly degrades:
    /** The Config contradicts itself or the cluster: only a person can cure it, and waiting changes nothing. */
    | 'at-once'
    /** A person is needed, unless what is missing is just on its way. */
    | 'when-it-lasts'
    /** It cures itself. Should the registry suffer, Available says so. */
    | 'never'
}

/** What the administrator sees of each error: the only place that decides it. */
export const conditionFromError = (error: KnownError): Verdict => {
  switch (error._tag) {
    case 'InvalidConfig':
      return { reason: 'VerificationFailed', degrades: 'at-once' }
    case 'NoConfig':
    case 'NoStorageOffered':
    case 'StorageNotConfigured':
    case 'ClaimNeedsSingleWriter':
    case 'ClaimUnusable':
    case 'ClaimNotOurs':
    case 'RouteNotOurs':
    case 'HostnameMissing':
    case 'StorageNotProvisioned':
    case 'StorageNotInRegistry':
    case 'AnnotationMalformed':
      return { reason: error._tag, degrades: 'at-once' }
    case 'ObjectStoreUnknown':
    case 'MachineUnread':
    case 'StorageClassMissing':
    case 'InfrastructureMissing':
    case 'PlatformStatusMissing':
    case 'ClusterVersionMissing':
    case 'FeatureGatesMissing':
    case 'ConfigMapMissing':
    case 'ConfigMapEntryMissing':
    case 'NamespaceMissing':
    case 'AnnotationMissing':
    case 'SecretMissing':
    case 'CertificateAwaited':
    case 'ClaimMissing':
    case 'CredentialsMissing':
    case 'CredentialsUnreadable':
    // Whether there is anything to lose is not known at once.
    case 'StorageLayoutDiffers':
    case 'StorageAwaited':
    case 'ApiNotServed':
    case 'GarbageNotCollectable':
      return { reason: error._tag, degrades: 'when-it-lasts' }
    // It is made in the pass before.
    case 'FirstUserAwaited':
    // What keeps it is told on its own.
    case 'StoragePending':
      return { reason: error._tag, degrades: 'never' }
    case 'PrunerUnusable':
      return {
        reason: error._tag,
        degrades: error.problems.length === 0 ? 'when-it-lasts' : 'at-once',
      }
    // While an upgrade is under way, permissions and kinds can be late by seconds.
    case 'Forbidden':
      return { reason: 'ApplyForbidden', degrades: 'when-it-lasts' }
    case 'Invalid':
      return { reason: 'ApplyRefused', degrades: 'when-it-lasts' }
    case 'NotIssued':
      return { reason: 'CertificateNotIssued', degrades: 'when-it-lasts' }
    case 'NotFound':
      return { reason: 'ApplyTargetMissing', degrades: 'when-it-lasts' }
    case 'Conflict':
    case 'Throttled':
    case 'ServerError':
    case 'Unreachable':
    case 'SourceChanged':
      return { reason: 'ApplyInterrupted', degrades: 'never' }
  }
}
