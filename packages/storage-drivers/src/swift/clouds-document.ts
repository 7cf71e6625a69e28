import * as E from 'fp-ts/Either'
import { isMap, isScalar, parseDocument, visit, type Document, type YAMLMap } from 'yaml'

/** Why a clouds.yaml cannot be read, without a word of what stands in it: it may hold passwords. */
export type CloudsProblem = {
  /** From 1; absent where it is no single place. */
  readonly line?: number
  /** It has more characters than that. */
  readonly longerThan?: number
}

/** The problem, as it follows the name of the document. */
export const describeCloudsProblem = ({ line, longerThan }: CloudsProblem): string => {
  if (longerThan !== undefined) return `is longer than ${longerThan} characters`
  return line === undefined ? 'is not YAML' : `is not YAML (line ${line})`
}

/** So many references to other places a document may hold before it counts as an attack. */
const MAX_ALIASES = 100

/** Nobody has this many clouds. The parser takes seconds for a text of a megabyte in which everything is wrong. */
const LONGEST = 65_536

const lineAt = (text: string, position: number): number =>
  text.slice(0, position).split('\n').length

const keysOf = (map: YAMLMap): ReadonlyArray<unknown> =>
  map.items
    .map(({ key }) => (isScalar(key) ? key.value : key))
    .filter((key) => typeof key === 'string' && key !== '<<')

/** The first map that has a key twice. The parser's own way to look for it takes time that grows with the square of the keys. */
const mapWithTwins = (document: Document): YAMLMap | undefined => {
  let found: YAMLMap | undefined
  visit(document, (_, node) => {
    if (!isMap(node)) return undefined
    const keys = keysOf(node)
    if (new Set(keys).size === keys.length) return undefined
    found = node
    return visit.BREAK
  })
  return found
}

const problemIn = (text: string, document: Document): CloudsProblem | undefined => {
  const [error] = document.errors
  if (error !== undefined) return { line: lineAt(text, error.pos[0]) }
  const map = mapWithTwins(document)
  return map === undefined ? undefined : { line: lineAt(text, map.range?.[0] ?? 0) }
}

// Every scalar is a text: a password may look like a number.
const OPTIONS = {
  schema: 'failsafe',
  merge: true,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const

const read = (text: string): E.Either<CloudsProblem, unknown> => {
  const document = parseDocument(text, OPTIONS)
  const problem = problemIn(text, document)
  return problem === undefined
    ? E.right(document.toJS({ maxAliasCount: MAX_ALIASES }))
    : E.left(problem)
}

/** What stands in a clouds.yaml, every value as the text that is written there. */
export const cloudsDocument = (text: string): E.Either<CloudsProblem, unknown> =>
  text.length > LONGEST
    ? E.left({ longerThan: LONGEST })
    : E.flatten(
        E.tryCatch(
          () => read(text),
          (): CloudsProblem => ({}),
        ),
      )
