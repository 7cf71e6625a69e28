import * as O from 'fp-ts/Option'

import { LIMITS, type Limits } from './limits'

/** What is wrong with a text, and how many characters stand before it. */
export type Fault = { readonly message: string; readonly remedy: string; readonly offset: number }

/** `line 3, column 5` of an offset, counted from 1. */
export const showPlace = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

export const tooDeep = (offset: number, limits: Limits): Fault => ({
  message: `it is nested more than ${limits.depth} deep`,
  remedy: 'no Kubernetes object is: check what wrote the file',
  offset,
})

const tooManyValues = (offset: number, limits: Limits): Fault => ({
  message: `it has more than ${limits.jsonValues} values`,
  remedy: 'split it, or leave out what the registry does not need',
  offset,
})

/** Two values of one name: which of them counts depends on who reads it. */
export const twice = (key: string, offset: number): Fault => ({
  message: `there are two values for the field ${JSON.stringify(key)}`,
  remedy: 'remove one of them',
  offset,
})

/** Where the text in quotes ends that begins at `start`. */
const endOfText = (text: string, start: number): number => {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at)
    if (at === -1) return text.length
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return at
  }
}

const COLON = /\s*:/y

const isKey = (text: string, end: number): boolean => {
  COLON.lastIndex = end + 1
  return COLON.test(text)
}

const keyOf = (text: string): string => {
  if (!text.includes('\\')) return text.slice(1, -1)
  try {
    return String(JSON.parse(text))
  } catch {
    // Whoever parses it next says so.
    return text
  }
}

/** What is open at a place of a text: the names that an object has so far; nothing of a list. */
type Open = Array<Set<string> | undefined>

const isRepeated = (text: string, end: number, start: number, open: Open): boolean => {
  const keys = open.at(-1)
  if (keys === undefined || !isKey(text, end)) return false
  const key = keyOf(text.slice(start, end + 1))
  const before = keys.size
  return keys.add(key).size === before
}

const opened = (open: Open, sign: string): void => {
  if (sign === '{') open.push(new Set())
  if (sign === '[') open.push(undefined)
  if (sign === '}' || sign === ']') open.pop()
}

/**
 * Why a text in JSON is refused before it is parsed: a parser takes as much memory as the text asks for, and of two fields of one name the last.
 * The work is in proportion to the length. Of a text that is no JSON it says nothing of use, but that it is too much.
 */
export const jsonFault = (text: string, limits: Limits = LIMITS): O.Option<Fault> => {
  const open: Open = []
  let values = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (sign === '"') {
      const end = endOfText(text, at)
      if (isRepeated(text, end, at, open)) return O.some(twice(keyOf(text.slice(at, end + 1)), at))
      at = end
    } else {
      opened(open, sign)
      if (sign === ',' || sign === '{' || sign === '[') values += 1
      if (open.length > limits.depth) return O.some(tooDeep(at, limits))
      if (values > limits.jsonValues) return O.some(tooManyValues(at, limits))
    }
  }
  return O.none
}
