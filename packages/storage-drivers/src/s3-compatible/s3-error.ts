import type {
  StorageBackend,
  StorageCall,
  StorageError,
} from '@image-registry-operator/render/model'

import type { ToStorageError } from '../storage-call'
import { failedAnswer, type FailedAnswer } from './answer'
import { isUnsupported } from './is-unsupported'
import { stableMessage } from './stable-message'

/** What a code of S3 or STS means, where its status does not say it. */
const TAGS: { readonly [code: string]: PlainTag | undefined } = {
  AccessDenied: 'AccessDenied',
  AllAccessDisabled: 'AccessDenied',
  InvalidAccessKeyId: 'CredentialsRefused',
  SignatureDoesNotMatch: 'CredentialsRefused',
  ExpiredToken: 'CredentialsRefused',
  ExpiredTokenException: 'CredentialsRefused',
  InvalidToken: 'CredentialsRefused',
  TokenRefreshRequired: 'CredentialsRefused',
  InvalidClientTokenId: 'CredentialsRefused',
  UnrecognizedClientException: 'CredentialsRefused',
  InvalidIdentityToken: 'CredentialsRefused',
  InvalidIdentityTokenException: 'CredentialsRefused',
  IDPRejectedClaim: 'CredentialsRefused',
  IDPRejectedClaimException: 'CredentialsRefused',
  InvalidSecurity: 'CredentialsRefused',
  NotSignedUp: 'CredentialsRefused',
  // What Versity's gateway says of a key that it does not know.
  XAdminUserNotFound: 'CredentialsRefused',
  CredentialsUnusable: 'CredentialsRefused',
  BucketAlreadyExists: 'NameTaken',
  TooManyBuckets: 'QuotaExceeded',
  QuotaExceeded: 'QuotaExceeded',
  XMinioStorageFull: 'QuotaExceeded',
  // The SDK has learnt the service's time from this answer, and signs the next request with it.
  RequestTimeTooSkewed: 'StorageFailed',
  RequestTimeout: 'StorageFailed',
  IDPCommunicationError: 'StorageFailed',
  IDPCommunicationErrorException: 'StorageFailed',
  InternalError: 'StorageFailed',
}

type PlainTag = Exclude<StorageError['_tag'], 'StorageThrottled'>

const THROTTLED = /^(SlowDown|Throttl|TooManyRequests|RequestLimitExceeded|EC2ThrottledException)/

const STATUS_TAGS: { readonly [status: number]: PlainTag | undefined } = {
  401: 'CredentialsRefused',
  403: 'AccessDenied',
  404: 'StorageNotFound',
  409: 'StorageConflict',
  412: 'StorageConflict',
  507: 'QuotaExceeded',
}

/** An answer that is no answer of S3 (a page of a proxy, half a document) is a failure, whatever its status. */
const tagOf = ({ code, status }: FailedAnswer, operation: string): PlainTag => {
  const said = TAGS[code] ?? STATUS_TAGS[status]
  if (said !== undefined) return said
  // Half of a refusal; to HEAD there is no other half.
  if (status === 400 && code === '' && !operation.startsWith('Head')) return 'StorageFailed'
  return status >= 300 && status < 500 ? 'StorageRefused' : 'StorageFailed'
}

const isThrottled = ({ code, status, header }: FailedAnswer): boolean =>
  THROTTLED.test(code) || status === 429 || (status === 503 && header('retry-after') !== '')

/** Seconds; a date would need a clock, and no S3 sends one. */
const retryAfterMs = ({ header }: FailedAnswer): number => {
  const seconds = Number(header('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : 0
}

const messageOf = (answer: FailedAnswer): string => {
  const region = answer.header('x-amz-bucket-region')
  if (answer.status === 301 || answer.status === 307)
    return region === '' ? 'the bucket is in another region' : `the bucket is in region ${region}`
  if (answer.code === '' && (answer.status < 300 || answer.status >= 500))
    return `an answer with status ${answer.status} that cannot be read`
  const text = stableMessage(answer.message)
  return answer.code === '' || text === '' ? `status ${answer.status}` : text
}

// What we ourselves say, and no service, has no code.
const codeOf = ({ code, status }: FailedAnswer): string =>
  status === 0 ? 'none' : code || String(status)

// The texts of Node name ports, addresses and proxies; its codes do not.
const unreachable = (
  call: Pick<StorageCall, 'backend' | 'operation'>,
  cause: string,
): StorageError => ({
  ...call,
  _tag: 'StorageUnreachable',
  code: 'none',
  message: `no answer (${cause})`,
})

/** What a failed request of the SDK means. */
export const s3Error =
  (backend: StorageBackend): ToStorageError =>
  (thrown, operation) => {
    const answer = failedAnswer(thrown)
    if (answer.status === 0 && TAGS[answer.code] === undefined && !THROTTLED.test(answer.code))
      return unreachable({ backend, operation }, answer.cause || answer.code || 'unknown')
    const call: StorageCall = {
      backend,
      operation,
      code: codeOf(answer),
      message: messageOf(answer),
    }
    if (isThrottled(answer))
      return { ...call, _tag: 'StorageThrottled', retryAfterMs: retryAfterMs(answer) }
    return {
      ...call,
      _tag: isUnsupported(operation, answer) ? 'Unsupported' : tagOf(answer, operation),
    }
  }
