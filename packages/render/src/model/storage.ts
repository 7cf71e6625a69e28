import type { JsonObject } from './json'

/** Downloads go through a content delivery network, by addresses that are signed. */
export type CloudFront = {
  /** With its scheme. */
  readonly baseUrl: string
  readonly keypairId: string
  /** The entry of a Secret of ours that holds the key that signs. */
  readonly privateKey: { readonly secret: string; readonly key: string }
  /** How long an address is good for; 0 when nothing is said of it. */
  readonly durationNs: bigint
}

/** A bucket of S3, or of what speaks its language. What is empty is not said. */
export type S3Storage = {
  readonly _tag: 'S3'
  readonly bucket: string
  readonly region: string
  readonly regionEndpoint: string
  readonly keyId: string
  /** Size of the parts of an upload; 0: the registry's own. */
  readonly chunkSizeMiB: number
  readonly encrypt: boolean
  readonly virtualHostedStyle: boolean
  /** ConfigMap in `openshift-config` with the authorities of the endpoint. */
  readonly trustedCa: string
  readonly cloudFront?: CloudFront
  readonly asSpecified: JsonObject
}

/** A bucket of Google Cloud Storage. */
export type GcsStorage = {
  readonly _tag: 'Gcs'
  readonly bucket: string
  readonly region: string
  readonly projectId: string
  readonly keyId: string
  readonly asSpecified: JsonObject
}

/** A container of an Azure storage account. What is empty is not said. */
export type AzureStorage = {
  readonly _tag: 'Azure'
  readonly accountName: string
  readonly container: string
  readonly cloudName: string
  /** How the account is reached by private addresses only; absent: from everywhere. */
  readonly privateNetwork?: {
    readonly endpointName: string
    readonly resourceGroup: string
    readonly vnet: string
    readonly subnet: string
  }
  readonly asSpecified: JsonObject
}

/** A container of OpenStack Swift. What is empty is not said. */
export type SwiftStorage = {
  readonly _tag: 'Swift'
  readonly container: string
  /** Complete, with the version of the identity service. */
  readonly authUrl: string
  readonly authVersion: number
  readonly domain: string
  readonly domainId: string
  readonly tenant: string
  readonly tenantId: string
  readonly regionName: string
  readonly asSpecified: JsonObject
}

/** A bucket of IBM Cloud Object Storage. What is empty is not said. */
export type IbmCosStorage = {
  readonly _tag: 'IbmCos'
  readonly bucket: string
  readonly location: string
  readonly resourceGroup: string
  readonly serviceInstanceCrn: string
  readonly resourceKeyCrn: string
  readonly asSpecified: JsonObject
}

/** Where images are kept. Outside of Kubernetes, `asSpecified` is what the Config says of it. */
export type Storage =
  | { readonly _tag: 'EmptyDir' }
  /** `claim` is the name of the PersistentVolumeClaim; `default` when the user named none and we make it. */
  | { readonly _tag: 'Pvc'; readonly claim: string; readonly origin: 'named' | 'default' }
  | S3Storage
  | GcsStorage
  | AzureStorage
  | SwiftStorage
  | IbmCosStorage

/** A storage as it stands in `spec.storage` and `status.storage`. */
export const storageFields = (storage: Storage): JsonObject => {
  switch (storage._tag) {
    case 'EmptyDir':
      return { emptyDir: {} }
    case 'Pvc':
      return { pvc: { claim: storage.claim } }
    case 'S3':
      return { s3: storage.asSpecified }
    case 'Gcs':
      return { gcs: storage.asSpecified }
    case 'Azure':
      return { azure: storage.asSpecified }
    case 'Swift':
      return { swift: storage.asSpecified }
    case 'IbmCos':
      return { ibmcos: storage.asSpecified }
  }
}
