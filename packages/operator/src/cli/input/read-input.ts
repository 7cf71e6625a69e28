import { keyOf, refOf, type KubeObject, type Snapshot } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'
import * as T from 'fp-ts/Task'
import type * as TE from 'fp-ts/TaskEither'

import { redacted } from '../../redacted'
import type { CliIo } from '../cli-io'
import { inputProblem, type InputProblem } from './input-problem'
import { parseManifests, type Manifest, type Parsed } from './parse-manifests'
import { decodeText, readFiles, type InputFile } from './read-files'

/** Manifests that were read, with digests for secret values, and where each of them stands. */
export type Input = {
  readonly snapshot: Snapshot
  /** `file:document` of an object, by its `keyOf`. */
  readonly whereIs: ReadonlyMap<string, string>
  /** What is strange but does no harm. */
  readonly warnings: ReadonlyArray<InputProblem>
}

type ReadFile = E.Either<InputProblem, InputFile>

const STDIN = '-'

const readStdin = (io: CliIo): T.Task<ReadonlyArray<ReadFile>> =>
  pipe(
    io.stdin,
    T.map((bytes) => [decodeText('stdin', bytes)]),
  )

const readPath =
  (io: CliIo) =>
  (path: string): T.Task<ReadonlyArray<ReadFile>> =>
    path === STDIN ? readStdin(io) : readFiles(path)

const parsed = (file: ReadFile): ReadonlyArray<Parsed> =>
  pipe(
    file,
    E.match((problem): ReadonlyArray<Parsed> => [E.left(problem)], parseManifests),
  )

// `parseManifests` has looked for apiVersion, kind and metadata.name; the discovery list, which has no name, is all else.
const isKubeObject = (value: Manifest['value']): value is KubeObject =>
  typeof value['metadata'] === 'object' && value['kind'] !== 'APIGroupDiscoveryList'

const hidden = ({ value }: Manifest): unknown => (isKubeObject(value) ? redacted(value) : value)

/** Two copies of an object are one object, the newer one; but whoever wrote both meant something. */
const duplicates = (manifests: ReadonlyArray<Manifest>): ReadonlyArray<InputProblem> => {
  const seen = new Map<string, string>()
  return manifests.flatMap(({ value, where }) => {
    if (!isKubeObject(value)) return []
    const key = keyOf(refOf(value))
    const first = seen.get(key)
    if (first === undefined) seen.set(key, where)
    return first === undefined
      ? []
      : [inputProblem(where, `the same object as in ${first}; the newer one counts`, 'remove one')]
  })
}

const toInput = (manifests: ReadonlyArray<Manifest>): Input => ({
  snapshot: manifests.map(hidden),
  whereIs: new Map(
    manifests.flatMap(({ value, where }) =>
      isKubeObject(value) ? [[keyOf(refOf(value)), where] as const] : [],
    ),
  ),
  warnings: duplicates(manifests),
})

const collected = (all: ReadonlyArray<Parsed>): E.Either<ReadonlyArray<InputProblem>, Input> => {
  const { left, right } = RA.separate(all)
  return left.length === 0 ? E.right(toInput(right)) : E.left(left)
}

/** Reads files, folders and `-` for standard input; all problems of all of them are told together. */
export const readInput =
  (io: CliIo) =>
  (paths: ReadonlyArray<string>): TE.TaskEither<ReadonlyArray<InputProblem>, Input> =>
    pipe(
      paths,
      T.traverseSeqArray(readPath(io)),
      T.map((files) => collected(files.flat().flatMap(parsed))),
    )
