const LONGEST = 400

/**
 * What a server said, fit for a condition: one line, not endless, and without what changes from one answer to
 * the next (times, versions, ids) or could be a secret (the values that validation quotes).
 */
export const stableText = (text: string): string => {
  const line = text
    .replace(/Invalid value: ("(?:[^"\\]|\\.)*"|\S+): /g, '')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)/g, '(time)')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '(id)')
    .replace(/(resource ?version\D{0,40}?)\d+/gi, '$1(version)')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '')
  return shortText(line, LONGEST)
}

/** As much of a text as fits into so many characters; it shows where something is missing. */
export const shortText = (text: string, longest = LONGEST): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text
