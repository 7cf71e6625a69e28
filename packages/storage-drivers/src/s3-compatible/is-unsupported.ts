import type { FailedAnswer } from './answer'

// Calls that a service may lack and still keep images.
const DISPENSABLE = new Set([
  'GetBucketTagging',
  'PutBucketTagging',
  'GetPublicAccessBlock',
  'PutPublicAccessBlock',
  'GetBucketEncryption',
  'PutBucketEncryption',
  'GetBucketLifecycleConfiguration',
  'PutBucketLifecycleConfiguration',
  'ListObjectVersions',
  'ListMultipartUploads',
])

const CODES = new Set([
  'NotImplemented',
  'MethodNotAllowed',
  'NotSupported',
  'UnsupportedOperation',
])

/** MinIO takes the one for another call, and does not know that rule of the other. */
const OWN_CODES: { readonly [operation: string]: string | undefined } = {
  PutPublicAccessBlock: 'MalformedXML',
  PutBucketLifecycleConfiguration: 'InvalidArgument',
}

/** Whether a service says that it does not have this call. */
export const isUnsupported = (
  operation: string,
  { code, status }: Pick<FailedAnswer, 'code' | 'status'>,
): boolean =>
  DISPENSABLE.has(operation) &&
  (CODES.has(code) || status === 501 || status === 405 || OWN_CODES[operation] === code)
