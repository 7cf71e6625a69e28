import type { ProxySettings } from './config'
import type { Json } from './json'
import type { CopiedValue } from './value-source'

/** The clouds that a driver is needed for. */
export type StorageBackend = 'S3' | 'Gcs' | 'Azure' | 'Swift' | 'IbmCos'

/** Where S3, or what speaks its language, is found. What is empty is the SDK's own. */
export type S3Connection = {
  readonly _tag: 'S3'
  readonly region: string
  /** URL with its scheme. */
  readonly endpoint: string
  /** The bucket is in the path instead of the host name. */
  readonly pathStyle: boolean
  readonly dualStack: boolean
  /** Where a role is assumed. */
  readonly stsEndpoint: string
}

export type GcsConnection = {
  readonly _tag: 'Gcs'
  readonly projectId: string
  readonly location: string
  /** Name of the KMS key that a new bucket encrypts with; empty: Google's own keys. */
  readonly kmsKey: string
}

/** How a storage account is reached by private addresses only. Names that are empty are discovered. */
export type AzureNetwork = {
  readonly resourceGroup: string
  readonly vnet: string
  readonly subnet: string
}

export type AzureConnection = {
  readonly _tag: 'Azure'
  /** What the hosts of its storage end in, e.g. `core.windows.net`. */
  readonly realm: string
  /** Who lets one in, with its trailing slash. */
  readonly authority: string
  /** Azure Resource Manager, and the audience of its tokens. */
  readonly resourceManager: string
  readonly audience: string
  readonly isStack: boolean
  /** Empty: that of the credentials. */
  readonly resourceGroup: string
  readonly region: string
  readonly infrastructureName: string
  readonly accountName: string
  readonly container: string
  /** Name of the private endpoint; absent where the account is reached from everywhere. */
  readonly network?: AzureNetwork
}

export type SwiftConnection = {
  readonly _tag: 'Swift'
  /** What is empty here is taken from a clouds.yaml where that is what the credentials are. */
  readonly authUrl: string
  /** 1, 2 or 3; 0: not said. */
  readonly authVersion: number
  readonly domain: string
  readonly domainId: string
  readonly tenant: string
  readonly tenantId: string
  readonly region: string
  /** Which cloud of a clouds.yaml. */
  readonly cloud: string
}

export type IbmCosConnection = {
  readonly _tag: 'IbmCos'
  readonly location: string
  /** URL with its scheme. */
  readonly cosEndpoint: string
  readonly iamEndpoint: string
  readonly resourceControllerEndpoint: string
  readonly resourceManagerEndpoint: string
  readonly resourceGroup: string
  /** Empty until it is known. */
  readonly serviceInstanceCrn: string
  readonly resourceKeyCrn: string
}

export type StorageConnection =
  S3Connection | GcsConnection | AzureConnection | SwiftConnection | IbmCosConnection

/** Who asks: the form of the credentials, and where their values are. Nobody but a driver gets to see these. */
export type StorageCredentials = {
  readonly form:
    /** `id` and `secret` (S3, IBM). */
    | 'keys'
    /** `file`: the form that tools of AWS share, or a JSON document of Google. */
    | 'file'
    /** `key` of a storage account (Azure). */
    | 'account-key'
    /** `tenantId`, `clientId`, `subscriptionId`, `resourceGroup`, `region`, and `clientSecret` or `tokenFile` (Azure). */
    | 'service-principal'
    /** `apiKey` (IBM). */
    | 'api-key'
    /** `username`, `password` (Swift). */
    | 'password'
    /** `id`, `name`, `secret` (Swift). */
    | 'application-credential'
    /** `token` (Swift). */
    | 'token'
    /** `clouds`, a clouds.yaml, and perhaps `cacert` (Swift). */
    | 'clouds'
  readonly values: { readonly [name: string]: CopiedValue }
}

/** What a part of a storage consists of when it is ours; each has its own condition, or none. */
export type SettingName =
  | 'PublicAccessBlocked'
  | 'Tagged'
  | 'Labeled'
  | 'Encrypted'
  | 'IncompleteUploadCleanupEnabled'
  | 'UniformAccess'
  | 'TransportSecured'
  | 'SharedKeyAccess'
  | 'NetworkAccess'

/**
 * A setting as it should be. It is right when what is found contains it: every member of an object, and an equal or
 * greater element for each element of a list. What somebody has added stays.
 */
export type StorageSetting = { readonly name: SettingName; readonly wanted: Json }

export type PartKind =
  | 'bucket'
  | 'container'
  | 'account'
  | 'private-endpoint'
  | 'private-dns'
  | 'service-instance'
  | 'resource-key'

/** Names and values that show on a thing itself who made it: tags, labels or metadata. */
export type Marks = { readonly [name: string]: string }

/** One thing that a storage consists of, as it should be. */
export type StoragePart = {
  readonly kind: PartKind
  /** What people call it: the bucket, the account, a CRN; empty where its maker gives the name. */
  readonly name: string
  /** What it carries when this Config has had it made. */
  readonly marks: Marks
  /** What the original operator gave to what it made, if that could be this one; it counts together with a generated name. */
  readonly formerMarks: Marks
  /** The name is one that only we, or the original, give. */
  readonly isGeneratedName: boolean
  readonly settings: ReadonlyArray<StorageSetting>
  /** Images are in it: it is never made anew by surprise, and emptied before it is removed. */
  readonly holdsImages: boolean
}

/** A storage outside of Kubernetes: where it is, who asks, and what it should consist of, in the order of making. */
export type StorageTarget = {
  readonly backend: StorageBackend
  /** Names the place: the same text, the same images. E.g. `s3/my-bucket`. */
  readonly place: string
  readonly connection: StorageConnection
  readonly credentials: StorageCredentials
  /** PEM of whom to trust; empty: everybody's authorities. `isOnly`: these, and nobody else. */
  readonly authorities: { readonly pem: string; readonly isOnly: boolean }
  readonly proxy: ProxySettings
  readonly parts: ReadonlyArray<StoragePart>
}
