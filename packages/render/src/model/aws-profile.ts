type Entry = readonly [string, string]

const HEADER = /^\[(.*)\]$/
const ASSIGNMENT = /^([^=]+)=(.*)$/
const DEFAULT_SECTION = /^(profile\s+)?["']?default["']?$/

/** What stands on a line before a comment. */
const uncommented = (line: string): string => (line.split(/(?:^|\s)[;#]/, 1)[0] ?? '').trim()

const sectionOf = (line: string): string | undefined => HEADER.exec(line)?.[1]?.trim()

const entryOf = (line: string): ReadonlyArray<Entry> => {
  const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? []
  return name === '' ? [] : [[name.trim().toLowerCase(), value.trim()]]
}

/**
 * The profile `default` of a file that all tools of AWS share, its names in small letters. What stands several times counts as it
 * stands last; what stands above all sections is in none of them.
 */
export const awsProfile = (text: string): ReadonlyMap<string, string> => {
  const lines = text.split(/\r?\n/).map(uncommented)
  const headers = lines.flatMap((line, index) => (sectionOf(line) === undefined ? [] : [index]))
  const own = headers.flatMap((start, place) =>
    DEFAULT_SECTION.test(sectionOf(lines[start] ?? '') ?? '')
      ? lines.slice(start + 1, headers[place + 1])
      : [],
  )
  return new Map(own.flatMap(entryOf))
}
