import type { AzureStorage, GcsStorage, IbmCosStorage, S3Storage, SwiftStorage } from '../model'

const asSpecified = { bucket: 'images' }

/** A bucket of S3 that is named, with what a test is about in place of the plain. */
export const anS3Bucket = (changes: Partial<S3Storage> = {}): S3Storage => ({
  _tag: 'S3',
  bucket: 'images',
  region: 'eu-central-1',
  regionEndpoint: '',
  keyId: '',
  chunkSizeMiB: 0,
  encrypt: false,
  virtualHostedStyle: false,
  trustedCa: '',
  asSpecified,
  ...changes,
})

export const aGcsBucket = (changes: Partial<GcsStorage> = {}): GcsStorage => ({
  _tag: 'Gcs',
  bucket: 'images',
  region: '',
  projectId: '',
  keyId: '',
  asSpecified,
  ...changes,
})

export const anAzureContainer = (changes: Partial<AzureStorage> = {}): AzureStorage => ({
  _tag: 'Azure',
  accountName: 'account',
  container: 'images',
  cloudName: '',
  asSpecified: { accountName: 'account', container: 'images' },
  ...changes,
})

export const aSwiftContainer = (changes: Partial<SwiftStorage> = {}): SwiftStorage => ({
  _tag: 'Swift',
  container: 'images',
  authUrl: 'https://keystone.example.com:5000/v3',
  authVersion: 3,
  domain: '',
  domainId: '',
  tenant: '',
  tenantId: '',
  regionName: '',
  asSpecified: { container: 'images' },
  ...changes,
})

export const anIbmBucket = (changes: Partial<IbmCosStorage> = {}): IbmCosStorage => ({
  _tag: 'IbmCos',
  bucket: 'images',
  location: 'us-east',
  resourceGroup: '',
  serviceInstanceCrn: '',
  resourceKeyCrn: '',
  asSpecified,
  ...changes,
})
