import { STATUS_CODES } from 'node:http'

/** How a service words its errors. */
export type Dialect = 's3' | 'gcs' | 'azure-blob' | 'arm' | 'swift' | 'keystone' | 'ibm'

/** A status that a service fails with. */
export type FailureStatus = 403 | 404 | 409 | 429 | 500 | 503

/** An answer as it goes over the wire. */
export type ErrorAnswer = Readonly<{ headers: Readonly<Record<string, string>>; body: string }>

type Codes = Readonly<Record<FailureStatus, string>>

/** From the lists of error codes that each service publishes; of several for one status, what a bucket gets. */
const codes: Readonly<Record<'s3' | 'gcs' | 'azure-blob' | 'arm', Codes>> = {
  s3: {
    403: 'AccessDenied',
    404: 'NoSuchBucket',
    409: 'OperationAborted',
    429: 'TooManyRequests',
    500: 'InternalError',
    503: 'SlowDown',
  },
  gcs: {
    403: 'forbidden',
    404: 'notFound',
    409: 'conflict',
    429: 'rateLimitExceeded',
    500: 'internalError',
    503: 'backendError',
  },
  'azure-blob': {
    403: 'AuthorizationFailure',
    404: 'ContainerNotFound',
    409: 'ContainerBeingDeleted',
    429: 'TooManyRequests',
    500: 'InternalError',
    503: 'ServerBusy',
  },
  arm: {
    403: 'AuthorizationFailed',
    404: 'ResourceNotFound',
    409: 'Conflict',
    429: 'TooManyRequests',
    500: 'InternalServerError',
    503: 'ServerTimeout',
  },
}

const message = (status: FailureStatus): string => `Made to fail: ${STATUS_CODES[status]}`

const json = (body: unknown): ErrorAnswer => ({
  headers: { 'Content-Type': 'application/json; charset=UTF-8' },
  body: JSON.stringify(body),
})

const xml = (body: string, headers: Readonly<Record<string, string>> = {}): ErrorAnswer => ({
  headers: { 'Content-Type': 'application/xml', ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
})

const inDialect: Readonly<Record<Dialect, (status: FailureStatus) => ErrorAnswer>> = {
  s3: (status) =>
    xml(
      `<Error><Code>${codes.s3[status]}</Code><Message>${message(status)}</Message><RequestId>0</RequestId></Error>`,
    ),
  gcs: (status) => {
    const error = { domain: 'global', reason: codes.gcs[status], message: message(status) }
    return json({ error: { code: status, message: message(status), errors: [error] } })
  },
  'azure-blob': (status) =>
    xml(
      `<Error><Code>${codes['azure-blob'][status]}</Code><Message>${message(status)}</Message></Error>`,
      { 'x-ms-error-code': codes['azure-blob'][status] },
    ),
  arm: (status) => json({ error: { code: codes.arm[status], message: message(status) } }),
  swift: (status) => ({
    headers: { 'Content-Type': 'text/html; charset=UTF-8' },
    body: `<html><h1>${STATUS_CODES[status]}</h1><p>${message(status)}</p></html>`,
  }),
  // The management of IBM Cloud.
  ibm: (status) =>
    json({
      message: message(status),
      status_code: status,
      error_code: `RC-${STATUS_CODES[status]?.replaceAll(' ', '')}`,
      transaction_id: 'bss-0',
    }),
  keystone: (status) =>
    json({ error: { code: status, message: message(status), title: STATUS_CODES[status] } }),
}

/** How long a client is asked to wait, in seconds, when there are too many requests. */
const retryAfterSeconds = 1

/** An error as the service of a dialect words it. */
export const errorAnswer = (dialect: Dialect, status: FailureStatus): ErrorAnswer => {
  const { headers, body } = inDialect[dialect](status)
  const wait = status === 429 ? { 'Retry-After': `${retryAfterSeconds}` } : {}
  return { headers: { ...headers, ...wait }, body }
}
