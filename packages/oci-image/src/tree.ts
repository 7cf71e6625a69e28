import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as Ord from 'fp-ts/Ord'
import * as RA from 'fp-ts/ReadonlyArray'
import * as S from 'fp-ts/string'

import type { OciError } from './oci-error'
import { type Entry, folder } from './tree-entry'

const isInside = (path: string): boolean =>
  path !== '' &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
  !path.includes('\0')

/** `usr/bin/node` is in `usr/bin`, which is in `usr`. */
const parentsOf = (path: string): ReadonlyArray<string> =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join('/'))

const byPath = Ord.contramap(({ path }: Entry) => path)(S.Ord)

const problemOf = (entries: ReadonlyArray<Entry>): OciError | undefined => {
  const bad = entries.find(({ path }) => !isInside(path))
  if (bad !== undefined) return { _tag: 'BadPath', path: bad.path }
  const paths = entries.map(({ path }) => path)
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  return twice === undefined ? undefined : { _tag: 'PathTwice', path: twice }
}

/** The entries in the order of their paths, with the folders that they are in: the same whatever order they came in. */
export const treeOf = (entries: ReadonlyArray<Entry>): E.Either<OciError, ReadonlyArray<Entry>> => {
  const problem = problemOf(entries)
  if (problem !== undefined) return E.left(problem)
  const given = new Set(entries.map(({ path }) => path))
  const missing = new Set(
    entries.flatMap(({ path }) => parentsOf(path)).filter((path) => !given.has(path)),
  )
  return E.right(pipe([...entries, ...[...missing].map((path) => folder(path))], RA.sort(byPath)))
}
