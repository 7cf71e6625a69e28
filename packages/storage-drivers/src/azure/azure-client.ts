import type { NetworkManagementClient } from '@azure/arm-network'
import type { PrivateDnsManagementClient } from '@azure/arm-privatedns'
import type { StorageManagementClient } from '@azure/arm-storage'
import type { createDefaultHttpClient } from '@azure/core-rest-pipeline'
import type {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
} from '@azure/identity'
import type {
  AnonymousCredential,
  BlobServiceClient,
  newPipeline,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'

export type { PrivateEndpoint, VirtualNetwork } from '@azure/arm-network'
export type { PrivateZone, RecordSet } from '@azure/arm-privatedns'
export type {
  StorageAccount,
  StorageAccountCreateParameters,
  StorageAccountUpdateParameters,
} from '@azure/arm-storage'
export type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline'
export type { AccessToken, TokenCredential } from '@azure/identity'
export type { ContainerClient } from '@azure/storage-blob'

/** Azure Resource Manager, as far as accounts go. */
export type ArmStorage = Pick<StorageManagementClient, 'blobContainers' | 'storageAccounts'>

/** Azure Resource Manager, as far as private endpoints go. */
export type ArmNetwork = Pick<
  NetworkManagementClient,
  'privateEndpoints' | 'privateDnsZoneGroups' | 'networkInterfaces' | 'virtualNetworks'
>

/** Azure Resource Manager, as far as private names go. */
export type ArmDns = Pick<
  PrivateDnsManagementClient,
  'privateZones' | 'recordSets' | 'virtualNetworkLinks'
>

type Http = { readonly createDefaultHttpClient: typeof createDefaultHttpClient }
type Identity = {
  readonly ClientAssertionCredential: typeof ClientAssertionCredential
  readonly ClientCertificateCredential: typeof ClientCertificateCredential
  readonly ClientSecretCredential: typeof ClientSecretCredential
}
type Blob = {
  readonly AnonymousCredential: typeof AnonymousCredential
  readonly BlobServiceClient: typeof BlobServiceClient
  readonly newPipeline: typeof newPipeline
  readonly StorageSharedKeyCredential: typeof StorageSharedKeyCredential
}
type Storage = { readonly StorageManagementClient: typeof StorageManagementClient }
type Network = { readonly NetworkManagementClient: typeof NetworkManagementClient }
type Dns = { readonly PrivateDnsManagementClient: typeof PrivateDnsManagementClient }

// Each is read only where it is used: together they are many megabytes.

/** What sends requests. */
export const loadHttp = (): Promise<Http> => import('@azure/core-rest-pipeline')

/** What asks for tokens. */
export const loadIdentity = (): Promise<Identity> => import('@azure/identity')

/** What knows the storage in an account. */
export const loadBlob = (): Promise<Blob> => import('@azure/storage-blob')

/** What knows accounts. */
export const loadArmStorage = (): Promise<Storage> => import('@azure/arm-storage')

/** What knows networks. */
export const loadArmNetwork = (): Promise<Network> => import('@azure/arm-network')

/** What knows private names. */
export const loadArmDns = (): Promise<Dns> => import('@azure/arm-privatedns')
