import * as E from 'fp-ts/Either'
import { Composer, isScalar, Lexer, Parser, visit, type CST, type Document } from 'yaml'

import { tooDeep, twice, type Fault } from './json-fault'
import { LIMITS, type Limits } from './limits'

/** One document of a text, or why it and what follows it are not read. */
export type YamlDocument = E.Either<Fault, Document>

const tooManyTokens = (offset: number, limits: Limits): Fault => ({
  message: `it is more than is read of YAML (${limits.yamlTokens} words and signs)`,
  remedy: 'give it as JSON, which takes less memory (observe -o json), or split it',
  offset,
})

const tooManyAliases = (offset: number, limits: Limits): Fault => ({
  message: `it has more than ${limits.aliases} aliases in one document`,
  remedy: 'write repeated values out instead of using aliases',
  offset,
})

/** What a message of the library says before it repeats something of the document, which may be a Secret. */
export const withoutContent = (message: string): string =>
  message.split('\n', 1)[0]?.replace(/:\s.*$/, '') ?? ''

const notYaml = (message: string, offset: number): Fault => ({
  message: `it is not YAML (${withoutContent(message)})`,
  remedy: 'correct the file: kubectl get -o yaml prints what is expected',
  offset,
})

// What stands for the beginning of a scalar: the token behind it is the scalar's text.
const SCALAR = '\u001F'

/** What has been met of a text so far. */
type Met = { tokens: number; aliases: number; offset: number; fault: Fault | undefined }

const exceeded = (met: Met, depth: number, limits: Limits): Fault | undefined => {
  if (met.tokens > limits.yamlTokens) return tooManyTokens(met.offset, limits)
  if (met.aliases > limits.aliases) return tooManyAliases(met.offset, limits)
  return depth > limits.depth ? tooDeep(met.offset, limits) : undefined
}

/** What the text consists of, until it is too much. */
function* tokensOf(text: string, limits: Limits, met: Met): Generator<CST.Token> {
  const parser = new Parser()
  let isText = false
  for (const token of new Lexer().lex(text)) {
    met.tokens += 1
    if (token === '---' && !isText) met.aliases = 0
    else if (token.startsWith('*') && !isText) met.aliases += 1
    yield* parser.next(token)
    met.fault = exceeded(met, parser.stack.length, limits)
    if (met.fault !== undefined) return
    isText = token === SCALAR
    met.offset = parser.offset
  }
  yield* parser.end()
}

/** The second of two keys of one name; the library itself would compare each key with each other. */
const repeatedKey = (document: Document): Fault | undefined => {
  let fault: Fault | undefined
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>()
      const second = items.find(({ key }) => {
        // In JSON, which it becomes, 1 and "1" are one name.
        const name: unknown = isScalar(key) ? String(key.value) : key
        const isTwice = seen.has(name)
        seen.add(name)
        return isTwice
      })?.key
      if (!isScalar(second)) return undefined
      fault = twice(String(second.value), second.range?.[0] ?? 0)
      return visit.BREAK
    },
  })
  return fault
}

const faultOf = (document: Document): Fault | undefined => {
  const error = document.errors[0]
  return error === undefined ? repeatedKey(document) : notYaml(error.message, error.pos[0])
}

/** A document between two `---` is null, unless something is wrong with it. */
const hasContent = ({ contents, errors }: Document): boolean =>
  errors.length > 0 || !(contents === null || (isScalar(contents) && contents.value === null))

/**
 * The documents of a text, one after another, so that only one of them has to be in memory. The first that is too much is the last,
 * and so is the one with which there are as many faults as are told.
 */
export function* yamlDocuments(text: string, limits: Limits = LIMITS): Generator<YamlDocument> {
  const met: Met = { tokens: 0, aliases: 0, offset: 0, fault: undefined }
  const composer = new Composer({ uniqueKeys: false, merge: true, logLevel: 'silent' })
  let faults = 0
  for (const document of composer.compose(tokensOf(text, limits, met))) {
    if (met.fault !== undefined || faults > limits.problems) break
    const fault = faultOf(document)
    if (fault !== undefined) faults += 1
    if (hasContent(document)) yield fault === undefined ? E.right(document) : E.left(fault)
  }
  if (met.fault !== undefined) yield E.left(met.fault)
}
