import type { InfrastructureFacts } from './cluster-facts'
import type { StorageBackend } from './storage-target'

/** On which platforms a storage is that of the cluster's own cloud. */
const PLATFORMS: { readonly [Backend in StorageBackend]: ReadonlyArray<string> } = {
  S3: ['AWS'],
  Gcs: ['GCP'],
  Azure: ['Azure'],
  Swift: ['OpenStack'],
  IbmCos: ['IBMCloud', 'PowerVS'],
}

/** What the cluster says of the cloud that such a storage is in; nothing where it runs in another one, or does not say. */
export const cloudOf = (
  backend: StorageBackend,
  infrastructure: Partial<InfrastructureFacts> | undefined,
): Partial<InfrastructureFacts> =>
  infrastructure !== undefined && PLATFORMS[backend].includes(infrastructure.platformType ?? '')
    ? infrastructure
    : {}
