import type { Json, JsonArray, JsonObject } from './json'
import type { Storage } from './storage'

/** `Force` is what the API calls a Managed that ignores errors; we treat it as Managed. */
export type ManagementState = 'Managed' | 'Unmanaged' | 'Removed'

export type RolloutStrategy = 'RollingUpdate' | 'Recreate'

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
}

/** A checked and completed configuration: what `render` works on. Nothing in it needs checking again. */
export type Config = {
  readonly managementState: ManagementState
  readonly replicas: number
  readonly rolloutStrategy: RolloutStrategy
  readonly registryLogLevel: 'debug' | 'info' | 'warn'
  readonly storage: Storage
  readonly storageManagement: StorageManagement
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
}

export type ProxySettings = {
  readonly http: string
  readonly https: string
  readonly noProxy: string
}
