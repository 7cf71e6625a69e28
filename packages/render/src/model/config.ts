import type { Json, JsonArray, JsonObject } from './json'
import type { Storage } from './storage'

/** `Force` is what the API calls a Managed that ignores errors; we treat it as Managed. */
export type ManagementState = 'Managed' | 'Unmanaged' | 'Removed'

export type RolloutStrategy = 'RollingUpdate' | 'Recreate'

/** What people have allowed or forbidden by annotations on the Config. Places are named as in `StorageTarget.place`. */
export type StorageConsents = {
  /** The storage that may be made again, and empty, after it has vanished; empty text: none. */
  readonly recreate: string
  /** The storage of which the same is said, and does not count: it was there since. Absent: none. */
  readonly spent?: string
  /** Above so many bytes nothing is deleted without a word; absent: no guard. */
  readonly guardBytes?: number
  /** The storage that may be deleted in spite of the guard; empty text: none. */
  readonly confirmed: string
  /** The storage that we have said we are about to make; empty text: none. */
  readonly making: string
}

/** What people want of the claim that we make. */
export type ClaimWishes = {
  /** A quantity, e.g. `100Gi`. */
  readonly size: string
  /** Absent: that of the platform, or the cluster's default. */
  readonly storageClass?: string
  /** Absent: what the platform has volumes for. */
  readonly accessMode?: 'ReadWriteMany' | 'ReadWriteOnce'
}

/** Who of cert-manager's issuers signs the registry's certificate. */
export type CertificateIssuer = {
  readonly kind: 'Issuer' | 'ClusterIssuer'
  readonly name: string
}

/** What people want of how clients are let in, where the registry does not ask the cluster. */
export type AccessWishes = {
  /** Everybody may come in. */
  readonly anonymous: boolean
  /** A user is to be made. */
  readonly firstUser: boolean
}

/** A Gateway that people have, and a listener of it; absent: every listener that lets us. */
export type GatewayListener = {
  readonly namespace: string
  readonly name: string
  readonly listener?: string
}

/** How people want the registry to be reached from outside where there are no Routes. */
export type ExposureWishes = {
  /** Of the default route; empty: nobody has said. */
  readonly defaultHostname: string
  /** Absent: by Ingresses. */
  readonly gateway?: GatewayListener
  /** Of the Ingresses; absent: the cluster's default class. */
  readonly ingressClass?: string
}

/** Who owns the storage: Managed is deleted with the registry, Unmanaged is the user's. */
export type StorageManagement = 'Managed' | 'Unmanaged'

export type RequestLimits = {
  readonly maxRunning: number
  readonly maxInQueue: number
  readonly maxWaitInQueueNs: bigint
}

export type AdditionalRoute = {
  readonly name: string
  /** Empty: the router chooses. */
  readonly hostname: string
  /** Secret with tls.crt, tls.key and, perhaps, tls.cacrt. Empty: the router's own certificate. */
  readonly secretName: string
}

export type TlsSettings = {
  /** Empty: the registry's default. */
  readonly minVersion: string
  readonly cipherSuites: ReadonlyArray<string>
}

/** `spec.unsupportedConfigOverrides.deployment`. */
export type DeploymentOverrides = {
  readonly annotations: { readonly [key: string]: string }
  readonly runtimeClassName?: string
}

/** Where the registry's HTTP secret comes from. */
export type HttpSecret =
  /** `spec.httpSecret` is set; only its digest is known here. */
  { readonly _tag: 'FromSpec'; readonly digest: string } | { readonly _tag: 'Generated' }

/**
 * What we decide in the Config resource itself, as it is to be written: everything there that is ours and that we go on
 * wanting. Server-side apply takes away what is left out.
 */
export type Decisions = {
  /** Whether our finalizer has to be there. */
  readonly finalizer: boolean
  /** Fields of the spec; nothing that anybody else holds. */
  readonly spec: JsonObject
  /** The place of a storage that we are about to make, so that whoever goes on after a crash knows whose it is. */
  readonly makesStorage?: string
  /** The place of a storage that has been there since somebody allowed to make it anew; so that he has to say it again. */
  readonly spentConsent?: string
}

/** A checked and completed configuration: what `render` works on. Nothing in it needs checking again. */
export type Config = {
  /** Of the resource; empty where no API server has given it one. */
  readonly uid: string
  readonly managementState: ManagementState
  readonly replicas: number
  readonly rolloutStrategy: RolloutStrategy
  readonly registryLogLevel: 'debug' | 'info' | 'warn'
  readonly storage: Storage
  readonly storageManagement: StorageManagement
  /** Where images were when the status was last written, as far as that can be read. */
  readonly recordedStorage?: Storage
  /** What people have said of their storage with annotations. */
  readonly storageConsents: StorageConsents
  readonly claim: ClaimWishes
  /** Absent: ours. */
  readonly certificateIssuer?: CertificateIssuer
  readonly access: AccessWishes
  readonly exposure: ExposureWishes
  readonly httpSecret: HttpSecret
  /** As in the spec; an empty string falls back to the cluster's proxy, each on its own. */
  readonly proxy: ProxySettings
  readonly readOnly: boolean
  readonly disableRedirect: boolean
  readonly defaultRoute: boolean
  readonly routes: ReadonlyArray<AdditionalRoute>
  readonly requests: { readonly read: RequestLimits; readonly write: RequestLimits }
  readonly resources?: JsonObject
  /** Absent and `{}` differ: every selector, even an empty one, switches the default spread constraints off. */
  readonly nodeSelector?: { readonly [label: string]: string }
  readonly tolerations?: JsonArray
  readonly affinity?: JsonObject
  readonly topologySpreadConstraints?: ReadonlyArray<Json>
  readonly tls: TlsSettings
  readonly overrides: DeploymentOverrides
  readonly operatorLogLevel: LogLevel
  readonly decisions: Decisions
}

/** As in `spec.operatorLogLevel`; empty counts as Normal. */
export type LogLevel = 'Normal' | 'Debug' | 'Trace' | 'TraceAll'

/** A checked and completed ImagePruner: when and how images are cleaned up. */
export type Pruner = {
  readonly suspend: boolean
  /** In cron format. */
  readonly schedule: string
  readonly keepTagRevisions: number
  /** Images younger than this are kept. Absent: nothing is said of it, and an hour counts. */
  readonly keepYoungerThanNs?: bigint
  readonly successfulJobsHistoryLimit: number
  readonly failedJobsHistoryLimit: number
  readonly ignoreInvalidImageReferences: boolean
  readonly logLevel: LogLevel
  readonly resources?: JsonObject
  readonly affinity?: JsonObject
  readonly nodeSelector?: { readonly [label: string]: string }
  readonly tolerations?: JsonArray
  /** How garbage is collected on plain Kubernetes; absent: as usual. */
  readonly collection?: CollectionWishes
}

/** What people want of the clean-up on plain Kubernetes, said with annotations. */
export type CollectionWishes = {
  /** Manifests that no tag names are garbage, too. */
  readonly deleteUntagged: boolean
  /** How long what deletes may run. */
  readonly windowSeconds: number
}

export type ProxySettings = {
  readonly http: string
  readonly https: string
  readonly noProxy: string
}
