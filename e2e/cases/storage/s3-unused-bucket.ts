import { randomBytes } from 'node:crypto'

import type { StorageSetting, StorageTarget } from '@image-registry-operator/render/model'
import type { StorageAccess } from '@image-registry-operator/storage-drivers/testing'

import type { S3Access } from '../../storage-servers/s3/s3-server'

/** The tag that says whose bucket it is. */
export const UID = 'imageregistry.operator.openshift.io/config-uid'

/** Each of the settings that a bucket of ours has. */
export const TAGS: StorageSetting = {
  name: 'Tagged',
  wanted: { 'kubernetes.io/cluster/c1-x7k2p': 'owned', Name: 'c1-x7k2p-image-registry' },
}
export const BLOCKED: StorageSetting = {
  name: 'PublicAccessBlocked',
  wanted: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },
}
export const ENCRYPTED: StorageSetting = {
  name: 'Encrypted',
  wanted: { algorithm: 'AES256', bucketKey: true },
}
export const CLEANED: StorageSetting = {
  name: 'IncompleteUploadCleanupEnabled',
  wanted: [{ days: 1 }],
}
export const ALL = [TAGS, BLOCKED, ENCRYPTED, CLEANED]

/** A bucket that nobody has made, on a server, as somebody sees it. */
export const unusedBucket = (
  { endpoint, region, accessKey, secretKey, authorities }: S3Access,
  settings: ReadonlyArray<StorageSetting>,
): StorageAccess => {
  const bucket = `b-${randomBytes(6).toString('hex')}`
  const target: StorageTarget = {
    backend: 'S3',
    place: `s3/${bucket}`,
    connection: {
      _tag: 'S3',
      region,
      endpoint,
      pathStyle: true,
      dualStack: false,
      stsEndpoint: '',
    },
    credentials: { form: 'keys', values: {} },
    authorities: { pem: authorities ?? '', isOnly: true },
    proxy: { http: '', https: '', noProxy: '' },
    parts: [
      {
        kind: 'bucket',
        name: bucket,
        marks: { [UID]: 'uid-1' },
        formerMarks: {},
        isGeneratedName: true,
        settings,
        holdsImages: true,
      },
    ],
  }
  return { target, values: { id: accessKey, secret: secretKey } }
}
