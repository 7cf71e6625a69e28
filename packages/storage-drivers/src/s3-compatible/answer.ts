/** What the SDK tells of a request that failed. What is empty, or 0, is not known. */
export type FailedAnswer = {
  /** The service's own word for it. */
  readonly code: string
  readonly status: number
  readonly message: string
  readonly header: (name: string) => string
  /** What Node says of the connection, e.g. `ECONNREFUSED`. */
  readonly cause: string
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const textAt = (value: unknown, ...names: ReadonlyArray<string>): string => {
  const found = names.reduce(member, value)
  return typeof found === 'string' ? found : ''
}

const statusOf = (cause: unknown): number => {
  const status = member(member(cause, '$metadata'), 'httpStatusCode')
  return typeof status === 'number' ? status : 0
}

// Names that the SDK, or the language, gives where the service has said nothing.
const SAYS_NOTHING = new Set(['', 'Unknown', 'UnknownError', 'Error', 'TypeError', 'SyntaxError'])

const codeOf = (cause: unknown): string =>
  [textAt(cause, 'Code'), textAt(cause, 'name')].find((name) => !SAYS_NOTHING.has(name)) ?? ''

const ENDS = new Set(['AbortError', 'TimeoutError'])

const causeOf = (cause: unknown): string => {
  const name = textAt(cause, 'name')
  const own = textAt(cause, 'code')
  if (ENDS.has(name)) return 'ETIMEDOUT'
  return own === '' ? textAt(cause, 'cause', 'code') : own
}

/** What is of interest of whatever the SDK has thrown. */
export const failedAnswer = (cause: unknown): FailedAnswer => ({
  code: codeOf(cause),
  status: statusOf(cause),
  message: textAt(cause, 'message'),
  header: (name) => textAt(cause, '$response', 'headers', name),
  cause: causeOf(cause),
})
