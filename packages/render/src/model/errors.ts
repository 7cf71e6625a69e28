import type { ExposureKind } from './exposure-kind'
import type { ObjectRef } from './object-ref'
import type { RegistryBuild } from './registry-build'

/** One thing that is wrong with a configuration. */
export type Problem = {
  /** The field, e.g. `spec.storage.s3.region`. */
  readonly path: string
  /** What is wrong with it, e.g. `must be a string, got 42`. */
  readonly message: string
  /** What to do about it, e.g. `remove one of them`. */
  readonly remedy: string
}

export type DecodeError =
  /** There is no Config resource. Cured by creating one. */
  | { readonly _tag: 'NoConfig' }
  /** The Config cannot be used. Cured by editing it; until then everything stays as it is. */
  | { readonly _tag: 'InvalidConfig'; readonly problems: readonly [Problem, ...Problem[]] }
  /** The Config names no storage. Cured by setting `spec.storage`. */
  | { readonly _tag: 'StorageNotConfigured' }

/** A foreign object that did not decode. Cured by whoever owns it. */
export type UnreadableObject = {
  readonly ref?: ObjectRef
  readonly problems: readonly [Problem, ...Problem[]]
}

/** A fact that render needs and does not have. */
export type FactProblem =
  /** Our namespace does not exist. Cured by `install`. */
  | { readonly _tag: 'NamespaceMissing'; readonly namespace: string }
  /** OpenShift has not annotated the namespace yet. Cures itself when it does. */
  | {
      readonly _tag: 'AnnotationMissing'
      readonly namespace: string
      readonly annotation: string
    }
  /** The annotation is not `<start>/<length>`. Cured by whoever wrote it. */
  | {
      readonly _tag: 'AnnotationMalformed'
      readonly namespace: string
      readonly annotation: string
      readonly value: string
    }
  /** The cluster has not said what it is. Cures itself when it does. */
  | { readonly _tag: 'InfrastructureMissing' }
  /** The cluster's Infrastructure does not say yet on which platform it is. Cures itself when it does. */
  | { readonly _tag: 'PlatformStatusMissing' }
  /** The cluster has not said its version and architecture. Cures itself when it does. */
  | { readonly _tag: 'ClusterVersionMissing' }
  /** The cluster does not say which features this version has. Cures itself when it does. */
  | { readonly _tag: 'FeatureGatesMissing'; readonly version: string }
  /**
   * It is not known whether OpenStack has an object store. Cured by credentials, by whatever the problem of the last try
   * says, or by a Config that names a storage.
   */
  | { readonly _tag: 'ObjectStoreUnknown'; readonly problem?: string }
  /**
   * No node has been read, so it is not known on which platform a plain Kubernetes runs. Cures itself, or by whatever the
   * problem of the last try says, or by a Config that names a storage.
   */
  | { readonly _tag: 'MachineUnread'; readonly problem?: string }
  /**
   * A plain Kubernetes has nowhere to keep images that would survive their pod. Cured by a Config that names a storage, by a
   * default StorageClass, or by credentials for its cloud.
   */
  | { readonly _tag: 'NoStorageOffered' }

/** Who makes the registry's certificate on plain Kubernetes. */
export type CertificateMaker = 'cert-manager' | 'the operator'

/**
 * Why an object is withheld. Each one is cured by a change in the cluster or the Config that we watch for; all but
 * an API that begins to be served, which is only asked for now and then, less often with time.
 */
export type RenderProblem =
  | FactProblem
  /** A route's certificate Secret is not there. Cured by creating it. */
  | { readonly _tag: 'SecretMissing'; readonly namespace: string; readonly name: string }
  /** The registry's own certificate is not there yet. Cures itself when its maker, OpenShift where none is said, has made it. */
  | {
      readonly _tag: 'CertificateAwaited'
      readonly namespace: string
      readonly name: string
      readonly maker?: CertificateMaker
    }
  /** The Secret with the first user's password is not there yet. Cures itself in a moment: the operator makes it. */
  | { readonly _tag: 'FirstUserAwaited'; readonly namespace: string; readonly name: string }
  /** The claim that the Config names is not there. Cured by creating it. */
  | { readonly _tag: 'ClaimMissing'; readonly claim: string }
  /** The claim can be mounted by one node only. Cured by one replica and the Recreate strategy, or another claim. */
  | {
      readonly _tag: 'ClaimNeedsSingleWriter'
      readonly claim: string
      readonly because: { readonly replicas: number } | { readonly strategy: string }
    }
  /** The claim has neither of the access modes that work. Cured by another claim. */
  | {
      readonly _tag: 'ClaimUnusable'
      readonly claim: string
      readonly accessModes: ReadonlyArray<string>
    }
  /** Nothing says which StorageClass the claim is to be of. Cured by naming one, or by a default one. */
  | { readonly _tag: 'StorageClassMissing'; readonly claim: string }
  /** A claim of the default name exists and is somebody else's. Cured by naming a claim in the Config. */
  | { readonly _tag: 'ClaimNotOurs'; readonly claim: string }
  /** A Route of that name exists and is somebody else's. Cured by renaming either. */
  | {
      readonly _tag: 'RouteNotOurs'
      readonly route: string
      /** What stands in for the Route; absent: it is one. */
      readonly kind?: ExposureKind
    }
  /** Nobody has said under which host name a route is reached, and nothing here makes one up. Cured by saying it. */
  | { readonly _tag: 'HostnameMissing'; readonly route: string }
  /** A ConfigMap that is referred to is not there. Cured by creating it. */
  | { readonly _tag: 'ConfigMapMissing'; readonly namespace: string; readonly name: string }
  /** A ConfigMap that is referred to lacks an entry. Cured by adding it. */
  | {
      readonly _tag: 'ConfigMapEntryMissing'
      readonly namespace: string
      readonly name: string
      readonly key: string
    }
  /** There is no ImagePruner, or it cannot be used; then `problems` says why. Cured by editing it. */
  | { readonly _tag: 'PrunerUnusable'; readonly problems: ReadonlyArray<Problem> }
  /**
   * The clean-up of plain Kubernetes cannot work there: no other pod sees the storage, the registry has no such command, or
   * would delete images that are in use, or nobody says from which image the operator itself runs. Cured by another storage or
   * registry, by asking for less, or by saying it.
   */
  | {
      readonly _tag: 'GarbageNotCollectable'
      readonly because: 'storage' | 'registry' | 'untagged' | 'operator-image'
      readonly build: RegistryBuild
    }
  /** The storage's credentials are in none of these Secrets, or not all of them. Cured by adding the keys to the first one. */
  | {
      readonly _tag: 'CredentialsMissing'
      readonly namespace: string
      readonly names: ReadonlyArray<string>
      readonly keys: ReadonlyArray<string>
    }
  /** The Config leaves open where a storage is that we cannot make. Cured by naming one that is there. */
  | {
      readonly _tag: 'StorageNotProvisioned'
      /** Its field below `spec.storage`. */
      readonly backend: string
      /** Its fields that have to be set. */
      readonly missing: ReadonlyArray<string>
    }
  /**
   * The registry that the cluster runs cannot keep images there; or not with such credentials, where it says which. Cured by
   * another registry, another storage, or other credentials.
   */
  | {
      readonly _tag: 'StorageNotInRegistry'
      /** Its field below `spec.storage`. */
      readonly backend: string
      readonly build: RegistryBuild
      readonly credentials?: string
    }
  /**
   * The images there were named by a registry that names them otherwise: the one that is to run would see none of them, and
   * mix its own in. Cured by the former registry, another storage, or by renaming them and saying so.
   */
  | {
      readonly _tag: 'StorageLayoutDiffers'
      readonly place: string
      readonly written: RegistryBuild
      readonly build: RegistryBuild
      /** Nobody knows who has written them; on such a cluster it is mostly that one. */
      readonly isAssumed?: true
    }
  /** A cloud is to give us what opens the storage, and has not yet. Cures itself when a driver has been answered. */
  | {
      readonly _tag: 'StorageAwaited'
      readonly backend: string
      readonly keys: ReadonlyArray<string>
    }
  /** A document of credentials makes no sense. Cured by correcting it. */
  | {
      readonly _tag: 'CredentialsUnreadable'
      readonly namespace: string
      readonly name: string
      readonly key: string
      /** Follows the name of the entry, e.g. `is no JSON object`. */
      readonly problem: string
    }
  /** The storage is not there yet, or its new credentials have not been tried. Cures itself, or says in another condition what keeps it. */
  | { readonly _tag: 'StoragePending'; readonly place: string }
  /** The cluster does not serve the API. Cured by not asking for it, or by installing it. */
  | {
      readonly _tag: 'ApiNotServed'
      readonly group: string
      /** The kind, and its version, where others of the group are served. */
      readonly kind?: string
    }

/** Why a write did not happen. */
export type ApplyError =
  /** The object changed between looking and writing (409). Cures itself: the next pass looks again. */
  | { readonly _tag: 'Conflict'; readonly ref: ObjectRef; readonly message: string }
  /** We are not allowed to (401, 403). Cured by RBAC. */
  | { readonly _tag: 'Forbidden'; readonly ref: ObjectRef; readonly message: string }
  /** The API server refuses the content (400, 422). Cured by other input; trying again is useless. */
  | { readonly _tag: 'Invalid'; readonly ref: ObjectRef; readonly message: string }
  /** The object, its kind or its namespace is not there (404, 410). */
  | { readonly _tag: 'NotFound'; readonly ref: ObjectRef; readonly message: string }
  /** The API server asks us to wait (429, 503 with Retry-After). */
  | { readonly _tag: 'Throttled'; readonly ref: ObjectRef; readonly retryAfterMs: number }
  /** The API server failed (5xx). */
  | {
      readonly _tag: 'ServerError'
      readonly ref: ObjectRef
      readonly code: number
      readonly message: string
    }
  /** No answer. The write may or may not have happened. */
  | { readonly _tag: 'Unreachable'; readonly ref: ObjectRef; readonly cause: unknown }
  /** A certificate could not be issued; `problem` says what of it. Cured by whoever wrote the key of the authority. */
  | { readonly _tag: 'NotIssued'; readonly ref: ObjectRef; readonly problem: string }
  /** A value to be copied is gone or no longer the one that was planned with. Cures itself: the next pass sees the new one. */
  | { readonly _tag: 'SourceChanged'; readonly ref: ObjectRef; readonly source: ObjectRef }
