/** Columns are as wide as their contents, which nobody promises. */
const tidied = (line: string): string => line.trim().replace(/\s+/g, ' ')

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const patternOf = (line: string): RegExp =>
  new RegExp(`^${tidied(line).split('…').map(escaped).join('.*')}$`)

/**
 * The first of some lines that an output does not have after those before it; undefined if all are there, in order. `…` stands
 * for anything within a line, and blanks for any number of blanks.
 */
export const missingLine = (lines: ReadonlyArray<string>, output: string): string | undefined => {
  const seen = output.split('\n').map(tidied)
  let from = 0
  for (const line of lines) {
    const pattern = patternOf(line)
    const at = seen.findIndex((each, index) => index >= from && pattern.test(each))
    if (at < 0) return line
    from = at + 1
  }
  return undefined
}
