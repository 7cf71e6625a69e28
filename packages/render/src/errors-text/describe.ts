import { describeApplyError } from './describe-apply-error'
import { describeDecodeError } from './describe-decode-error'
import { describeRenderProblem } from './describe-render-problem'
import type { KnownError } from './known-error'

/** One line that teaches: what is wrong, where, and what to do about it. The same error gives the same text. */
export const describe = (error: KnownError): string => {
  switch (error._tag) {
    case 'NoConfig':
    case 'InvalidConfig':
    case 'StorageNotConfigured':
      return describeDecodeError(error)
    case 'NamespaceMissing':
    case 'AnnotationMissing':
    case 'AnnotationMalformed':
    case 'SecretMissing':
    case 'CertificateAwaited':
    case 'FirstUserAwaited':
    case 'ClaimMissing':
    case 'ClaimNeedsSingleWriter':
    case 'ClaimUnusable':
    case 'ClaimNotOurs':
    case 'RouteNotOurs':
    case 'HostnameMissing':
    case 'InfrastructureMissing':
    case 'PlatformStatusMissing':
    case 'ClusterVersionMissing':
    case 'FeatureGatesMissing':
    case 'ObjectStoreUnknown':
    case 'MachineUnread':
    case 'NoStorageOffered':
    case 'StorageClassMissing':
    case 'ConfigMapMissing':
    case 'ConfigMapEntryMissing':
    case 'PrunerUnusable':
    case 'GarbageNotCollectable':
    case 'CredentialsMissing':
    case 'CredentialsUnreadable':
    case 'StorageNotProvisioned':
    case 'StoragePending':
    case 'StorageNotInRegistry':
    case 'StorageLayoutDiffers':
    case 'StorageAwaited':
    case 'ApiNotServed':
      return describeRenderProblem(error)
    case 'Conflict':
    case 'Forbidden':
    case 'Invalid':
    case 'NotFound':
    case 'Throttled':
    case 'ServerError':
    case 'Unreachable':
    case 'SourceChanged':
    case 'NotIssued':
      return describeApplyError(error)
  }
}
