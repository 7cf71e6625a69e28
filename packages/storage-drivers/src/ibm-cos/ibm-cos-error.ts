import type { StorageCall, StorageError } from '@image-registry-operator/render/model'

import { s3Error } from '../s3-compatible/s3-error'
import type { ToStorageError } from '../storage-call'
import { errorBody } from './ibm-error-body'
import { type IbmAnswer, isIbmRefusal } from './ibm-request'

/** What is asked of IAM; a key that it does not take is a matter of credentials whatever the status. */
export const TOKEN_OPERATION = 'CreateIamToken'

const retryAfterMs = ({ headers }: IbmAnswer): number => {
  const seconds = Number(headers['retry-after'] ?? '0')
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0
}

const isQuota = ({ code, message }: StorageCall): boolean =>
  /quota/i.test(code) ||
  /quota|limit (is |was |has been )?(reached|exceeded)|maximum number/i.test(message)

type PlainTag = Exclude<StorageError['_tag'], 'StorageThrottled'>

const STATUS_TAGS: { readonly [status: number]: PlainTag | undefined } = {
  401: 'CredentialsRefused',
  403: 'AccessDenied',
  404: 'StorageNotFound',
  409: 'StorageConflict',
  // It was there, and has been removed.
  410: 'StorageNotFound',
  412: 'StorageConflict',
  // Locked: by somebody, or by an operation that is under way.
  423: 'StorageConflict',
  501: 'Unsupported',
}

const tagOf = (status: number, said: StorageCall): PlainTag => {
  // That there is nobody who gives tokens (404) says nothing of whether the storage is there.
  if (said.operation === TOKEN_OPERATION && (status === 400 || status === 404))
    return 'CredentialsRefused'
  if (status < 500 && isQuota(said)) return 'QuotaExceeded'
  return STATUS_TAGS[status] ?? (status >= 400 && status < 500 ? 'StorageRefused' : 'StorageFailed')
}

const isThrottled = ({ status, headers }: IbmAnswer): boolean =>
  status === 429 || (status === 503 && headers['retry-after'] !== undefined)

const ofStatus = (answer: IbmAnswer, said: StorageCall): StorageError =>
  isThrottled(answer)
    ? { ...said, _tag: 'StorageThrottled', retryAfterMs: retryAfterMs(answer) }
    : { ...said, _tag: tagOf(answer.status, said) }

const ofAnswer = (answer: IbmAnswer, operation: string): StorageError => {
  const { code, message } = errorBody(answer.body)
  return ofStatus(answer, {
    backend: 'IbmCos',
    operation,
    code: code === '' ? `${answer.status}` : code,
    message: message === '' ? `HTTP ${answer.status}` : message,
  })
}

type Carrier = Error & { readonly storageError: StorageError }

const isCarrier = (cause: unknown): cause is Carrier =>
  cause instanceof Error && 'storageError' in cause

/** For whoever can fail with an Error only: what `ibmCosError` takes out again as it was. */
export const carriedBy = (storageError: StorageError): Carrier =>
  Object.assign(new Error(storageError.message), { storageError })

/** Reads what went wrong with a request to IBM Cloud: to its management by ours, to its object storage by the SDK's. */
export const ibmCosError: ToStorageError = (cause, operation) => {
  if (isCarrier(cause)) return cause.storageError
  if (!isIbmRefusal(cause)) return s3Error('IbmCos')(cause, operation)
  const said: StorageCall = { backend: 'IbmCos', operation, code: 'none', message: '' }
  switch (cause._tag) {
    case 'Answered':
      return ofAnswer(cause, operation)
    case 'Unreadable':
      return {
        ...said,
        _tag: 'StorageFailed',
        code: `${cause.status}`,
        message: 'the answer ended too early, or cannot be read',
      }
    case 'Uncertain':
      return uncertain(cause.failure, said)
  }
}

/** What went wrong is told, and that nobody knows yet what came of it. */
const uncertain = (failure: unknown, said: StorageCall): StorageError => {
  const { code, message } = ibmCosError(failure, said.operation)
  return {
    ...said,
    _tag: 'StorageConflict',
    code,
    message: `${message}; what it may have made is looked for before another attempt`,
  }
}
