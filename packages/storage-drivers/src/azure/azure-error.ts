import type { StorageCall, StorageError } from '@image-registry-operator/render/model'

import { retryAfterMs } from './retry-after'
import { stableMessage } from './stable-message'
import { fieldOf, numberOf, textOf } from './unknown-fields'

type Tag = StorageError['_tag']

/** Codes that say more than the status they come with. */
const TAG_OF_CODE: { readonly [code: string]: Tag } = {
  // 403 of the Blob service for a wrong key, where others say 401.
  AuthenticationFailed: 'CredentialsRefused',
  InvalidAuthenticationInfo: 'CredentialsRefused',
  // 404: the subscription is part of the credentials.
  SubscriptionNotFound: 'CredentialsRefused',
  InvalidSubscriptionId: 'CredentialsRefused',
  // 409: names of accounts are unique in a whole cloud.
  StorageAccountAlreadyTaken: 'NameTaken',
  StorageAccountAlreadyExists: 'NameTaken',
  StorageAccountInAnotherResourceGroup: 'NameTaken',
  AlreadyExists: 'NameTaken',
  // 400, 403 and 409.
  MaxStorageAccountsCountPerSubscriptionExceeded: 'QuotaExceeded',
  SubscriptionQuotaExceeded: 'QuotaExceeded',
  QuotaExceeded: 'QuotaExceeded',
  ResourceCountExceedsLimitDueToTemplate: 'QuotaExceeded',
  PrivateEndpointCountLimitExceeded: 'QuotaExceeded',
  // 409: somebody has to do something first, and it does not cure itself.
  ScopeLocked: 'AccessDenied',
  ReadOnlyDisabledSubscription: 'AccessDenied',
  MissingSubscriptionRegistration: 'StorageRefused',
  InvalidResourceLocation: 'StorageRefused',
  // 503.
  ServerBusy: 'StorageThrottled',
  // Whatever its status, nobody can read it.
  PARSE_ERROR: 'StorageFailed',
}

const TAG_OF_STATUS: { readonly [status: number]: Tag } = {
  401: 'CredentialsRefused',
  403: 'AccessDenied',
  404: 'StorageNotFound',
  405: 'Unsupported',
  407: 'StorageUnreachable',
  408: 'StorageFailed',
  409: 'StorageConflict',
  410: 'StorageNotFound',
  412: 'StorageConflict',
  429: 'StorageThrottled',
  501: 'Unsupported',
}

const tagOfStatus = (status: number): Tag => {
  const known = TAG_OF_STATUS[status]
  if (known !== undefined) return known
  return status >= 400 && status < 500 ? 'StorageRefused' : 'StorageFailed'
}

// @azure/identity wraps whatever went wrong in one of these; the network's failures do not get that far.
const REFUSALS_OF_ENTRA = [
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
  'ClientAuthError',
  'ClientConfigurationError',
  'ServerError',
]

const AADSTS = /AADSTS\d+/

// What proves who somebody is may be in a file, and the file may not be there.
const FAILURES_OF_FILES = ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR']

const headerOf = (cause: unknown, name: string): string | undefined => {
  const headers = fieldOf(fieldOf(cause, 'response'), 'headers')
  const get = fieldOf(headers, 'get')
  const value: unknown = typeof get === 'function' ? Reflect.apply(get, headers, [name]) : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

const UNREADABLE = 'the answer ended too early, or cannot be read'

/**
 * What the service says itself. Where that cannot be made out the library quotes the whole answer, which may be a list of
 * keys, or the page of a proxy.
 */
const messageOf = (cause: unknown, status: number): string => {
  const message = textOf(cause, 'message') ?? ''
  const body = textOf(fieldOf(cause, 'response'), 'bodyAsText') ?? ''
  if (textOf(cause, 'code') === 'PARSE_ERROR') return UNREADABLE
  return body !== '' && message.includes(body) ? `HTTP ${status}` : stableMessage(message)
}

const withTag = (tag: Tag, call: StorageCall, cause: unknown): StorageError =>
  tag === 'StorageThrottled'
    ? { _tag: tag, ...call, retryAfterMs: retryAfterMs((name) => headerOf(cause, name)) }
    : { _tag: tag, ...call }

const answered = (cause: unknown, operation: string, status: number): StorageError => {
  // The answer to a HEAD has no body; its code is in a header.
  const code = headerOf(cause, 'x-ms-error-code') ?? textOf(cause, 'code') ?? String(status)
  const message = messageOf(cause, status)
  const call = { backend: 'Azure', operation, code, message } as const
  return withTag(TAG_OF_CODE[code] ?? tagOfStatus(status), call, cause)
}

/** No principal, or none that Entra knows. */
const isAboutCredentials = (name: string, code: string): boolean =>
  REFUSALS_OF_ENTRA.includes(name) || FAILURES_OF_FILES.includes(code)

/** Its own words begin with its own code; those of anybody else may be the whole answer of a proxy. */
const refusedByEntra = (cause: unknown, operation: string): StorageError => {
  const said = stableMessage(textOf(cause, 'message') ?? '')
  const own = AADSTS.exec(said)?.[0]
  return {
    _tag: 'CredentialsRefused',
    backend: 'Azure',
    operation,
    code: own ?? 'none',
    message: own === undefined && !isSaidHere(cause) ? unsaid(cause) : said,
  }
}

/** Nobody was asked. */
const isSaidHere = (cause: unknown): boolean =>
  textOf(cause, 'name') === 'CredentialUnavailableError'

const unsaid = (cause: unknown): string => {
  const code = textOf(cause, 'code') ?? ''
  return FAILURES_OF_FILES.includes(code)
    ? `the file with the token cannot be read (${code})`
    : `no token was given (${textOf(cause, 'name') ?? 'unknown'})`
}

const unanswered = (cause: unknown, operation: string): StorageError => {
  const call = { backend: 'Azure', operation, code: 'none' } as const
  const name = textOf(cause, 'name') ?? ''
  const code = textOf(cause, 'code') ?? ''
  if (isAboutCredentials(name, code)) return refusedByEntra(cause, operation)
  if (name === 'AbortError' || name === 'TimeoutError')
    return { _tag: 'StorageUnreachable', ...call, message: 'no answer in time' }
  if (code === 'PARSE_ERROR') return { _tag: 'StorageFailed', ...call, message: UNREADABLE }
  return code === ''
    ? // What it says may hold what was sent.
      {
        _tag: 'StorageFailed',
        ...call,
        message: `the request could not be made (${name === '' ? typeof cause : name})`,
      }
    : // The message would name an address, which differs.
      { _tag: 'StorageUnreachable', ...call, message: code }
}

/** What of a failed request to Azure, or for a token, is of interest. No request's own ids, no times, no addresses. */
export const azureError = (cause: unknown, operation: string): StorageError => {
  const status = numberOf(cause, 'statusCode') ?? numberOf(fieldOf(cause, 'response'), 'status')
  return status === undefined || fieldOf(cause, 'name') === 'AuthenticationError'
    ? unanswered(cause, operation)
    : answered(cause, operation, status)
}

/** What we say ourselves of a call to Azure that was not made, or whose answer does not do. */
export const azureProblem = (
  tag: Exclude<Tag, 'StorageThrottled'>,
  operation: string,
  message: string,
): StorageError => ({ _tag: tag, backend: 'Azure', operation, code: 'none', message })
