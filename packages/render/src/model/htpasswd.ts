import type { WrongUserLine } from './credential-reading'

/** The longest name that a user may have: a registry reads lines up to a length, and refuses the whole file beyond it. */
const LONGEST_NAME = 255

/** As golang.org/x/crypto/bcrypt reads them: the letter of the version does not count, the cost has limits. */
const BCRYPT = /^\$2[abxy]?\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/

type Line = { readonly number: number; readonly text: string }

/** Empty lines and comments are passed over. */
const linesOf = (file: string): ReadonlyArray<Line> =>
  file
    .split('\n')
    .map((text, index) => ({ number: index + 1, text: text.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'))

const lacking = ({ text }: Line): WrongUserLine['lacks'] | undefined => {
  const colon = text.indexOf(':')
  if (colon < 1 || colon > LONGEST_NAME) return 'name'
  return BCRYPT.test(text.slice(colon + 1)) ? undefined : 'hash'
}

const rightLines = (file: string): ReadonlyArray<Line> =>
  linesOf(file).filter((line) => lacking(line) === undefined)

/**
 * The lines of an htpasswd file that a registry of the distribution project can use, each with its end. One line without a
 * colon makes it refuse everybody, and it writes that line into its log.
 */
export const userLines = (file: string): string =>
  rightLines(file)
    .map(({ text }) => `${text}\n`)
    .join('')

/** How many users it lets in. */
export const userCount = (file: string): number => rightLines(file).length

/** The other lines, by their numbers from 1. */
export const wrongUserLines = (file: string): ReadonlyArray<WrongUserLine> =>
  linesOf(file).flatMap((line) => {
    const lacks = lacking(line)
    return lacks === undefined ? [] : [{ line: line.number, lacks }]
  })
