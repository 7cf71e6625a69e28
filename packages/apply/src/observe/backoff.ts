const BASE_MS = 1000
const CAP_MS = 30_000

/**
 * How long to wait after so many failures in a row: a second and more, doubling, up to a minute. The
 * random part (0 to 1) only ever adds, so that there is never more than one request per second, and so that clients that
 * failed together do not come back together.
 */
export const backoffMs = (failures: number, random: number): number =>
  Math.min(BASE_MS * 2 ** Math.max(0, failures - 1), CAP_MS) * (1 + random)
