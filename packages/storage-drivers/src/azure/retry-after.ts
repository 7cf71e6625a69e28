/** Who says that there is too much of it, but not how long to wait, is asked again after this. */
const DEFAULT_MS = 5_000

// In this order: the ones in milliseconds are the more exact.
const MS_HEADERS = ['x-ms-retry-after-ms', 'retry-after-ms']

const positive = (text: string | undefined): number | undefined => {
  const value = Number(text ?? 'none')
  return Number.isFinite(value) && value >= 0 ? value : undefined
}

/** How long an answer asks us to wait, in milliseconds; dates are not read, because that would need a clock. */
export const retryAfterMs = (header: (name: string) => string | undefined): number => {
  const ms = MS_HEADERS.map((name) => positive(header(name))).find((value) => value !== undefined)
  const seconds = positive(header('retry-after'))
  return ms ?? (seconds === undefined ? DEFAULT_MS : seconds * 1000)
}
