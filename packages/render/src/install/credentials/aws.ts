import type { Grant } from './credentials-request'

const ACTIONS = [
  'CreateBucket',
  'DeleteBucket',
  'PutBucketTagging',
  'GetBucketTagging',
  'PutBucketPublicAccessBlock',
  'GetBucketPublicAccessBlock',
  'PutEncryptionConfiguration',
  'GetEncryptionConfiguration',
  'PutLifecycleConfiguration',
  'GetLifecycleConfiguration',
  'GetBucketLocation',
  'ListBucket',
  'GetObject',
  'PutObject',
  'DeleteObject',
  'ListBucketMultipartUploads',
  'AbortMultipartUpload',
  'ListMultipartUploadParts',
]

/** A bucket, its settings and what is in it. Its name is not known yet, so that no narrower resource can be named. */
export const awsGrant: Grant = {
  name: 'openshift-image-registry',
  provider: 'AWSProviderSpec',
  fields: {
    statementEntries: [
      { effect: 'Allow', action: ACTIONS.map((action) => `s3:${action}`), resource: '*' },
    ],
  },
  tokens: true,
}
