/**
 * Milliseconds from one RFC 3339 time to another; 0 where a time cannot be read or lies in the future, which
 * clocks that disagree make of it.
 */
export const elapsedMs = (from: string, to: string): number => {
  const elapsed = Date.parse(to) - Date.parse(from)
  return Number.isNaN(elapsed) ? 0 : Math.max(elapsed, 0)
}
