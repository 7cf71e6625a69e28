import type { KubeObject } from '../../cluster/cluster-client'
import type { FaultyRequest } from '../../storage-servers/faults/faults'
import type { Network } from '../../storage-servers/front/request-through'
import type { RegistryProgram } from '../../storage-servers/registry/registry-program'

/** What an Infrastructure says of its platform: the type, and what is said of that one. */
export type PlatformStatus = Readonly<{ type: string; [cloud: string]: unknown }>

/** The entries of a Secret of credentials. */
export type Credentials = Readonly<Record<string, string>>

/** A storage that somebody has made for the registry, with things of their own in it. */
export type OwnStorage = Readonly<{
  /** What a Config says of it: one field of `spec.storage`. */
  spec: object
  /** What its owner says of it besides, on the Config. */
  annotations?: Readonly<Record<string, string>>
  /** All of its settings, and all of its objects with what is in them. */
  look: () => Promise<OwnLook>
}>

/** A storage to the last byte: objects by name, each with a digest of its content. */
export type OwnLook = Readonly<{ settings: unknown; objects: Readonly<Record<string, string>> }>

/** Requests of creation that are taken and never answered, until they are let go. */
export type Gate = Readonly<{
  close: () => void
  open: () => void
  /** How many requests have come to it while it was closed. */
  held: () => number
}>

/** A place for images, as somebody runs it and looks at it who has nothing of the operator's. */
export type LifeCycleBackend = Readonly<{
  /** `status.platformStatus` of the Infrastructure. */
  platform: PlatformStatus
  /** Which registry is deployed, by its name and as the program that runs. */
  registry: Readonly<{ build: string; program: RegistryProgram }>
  /** The network that leads to it; absent where it is on a port of loopback. */
  network?: Network
  /** Whom a client has to trust that the registry sends to the storage; the registry sends nobody there if absent. */
  redirectAuthorities?: string
  /** What a user's Config says; absent: there is none, and the operator makes it. */
  spec?: object
  /** What the cluster has besides: authorities, say. */
  objects?: ReadonlyArray<KubeObject>
  /** The Secret that the credentials are in. */
  secret: string
  credentials: Credentials
  /** Others that are good as well; absent where there are none. From then on the first ones may be bad. */
  rotated?: () => Promise<Credentials>
  wrong: Credentials
  /** Everything that there is and that the registry could have made, without the images. */
  look: () => Promise<unknown>
  /** What is seen before anything was made, and after everything has gone. */
  nothing: unknown
  /** What is seen when it is made for a Config: a subset. */
  made: (config: KubeObject) => unknown
  /** Somebody changes what the operator has set; absent where it sets nothing. */
  drift?: () => Promise<void>
  /** Absent where requests cannot be held. */
  gate?: Gate
  /** All that was asked of it; absent where nobody counts. */
  requests?: () => ReadonlyArray<Pick<FaultyRequest, 'method' | 'path'>>
  own: () => Promise<OwnStorage>
  /** Only for what reaches an emulator. */
  podEnvironment?: Readonly<Record<string, string>>
  stop: () => Promise<void>
}>
