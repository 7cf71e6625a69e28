import { lstat, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from './input-problem'

/** The text of one file of input. */
export type InputFile = { readonly name: string; readonly text: string }

type Found = { readonly name: string; readonly bytes: number }

/** A snapshot of a cluster takes a few MiB; what is larger is not one. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024

const MANIFEST = /\.(ya?ml|json)$/i

const isErrno = (cause: unknown): cause is { readonly code: string } =>
  typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'reading it is not permitted',
  EISDIR: 'it is a folder',
}

const unreadable =
  (where: string) =>
  (cause: unknown): InputProblem => {
    const code = isErrno(cause) ? cause.code : String(cause)
    return inputProblem(
      where,
      REASONS[code] ?? `it cannot be read (${code})`,
      'check the path given to -f',
    )
  }

const tooLarge = (where: string, bytes: number): InputProblem =>
  inputProblem(
    where,
    `it has ${bytes} bytes, and input files may have ${MAX_FILE_BYTES}`,
    'split it, or leave out what the registry does not need',
  )

/** The manifests below a folder, in the order of their paths; hidden files and folders are left out. */
const findIn = async (folder: string): Promise<ReadonlyArray<Found>> => {
  const entries = await readdir(folder, { withFileTypes: true })
  const visible = entries.filter(({ name }) => !name.startsWith('.'))
  const found = await Promise.all(
    visible.map(async (entry): Promise<ReadonlyArray<Found>> => {
      const name = join(folder, entry.name)
      if (entry.isDirectory()) return findIn(name)
      if (!MANIFEST.test(entry.name)) return []
      // Links are followed to files, not to folders: these may lead in circles.
      const { size } = await (entry.isSymbolicLink() ? stat(name) : lstat(name))
      return entry.isFile() || (await stat(name)).isFile() ? [{ name, bytes: size }] : []
    }),
  )
  return found.flat().sort((a, b) => (a.name < b.name ? -1 : 1))
}

const find = (path: string): TE.TaskEither<InputProblem, ReadonlyArray<Found>> =>
  TE.tryCatch(async () => {
    const info = await stat(path)
    return info.isDirectory() ? findIn(path) : [{ name: path, bytes: info.size }]
  }, unreadable(path))

/** Text of bytes that came from `where`, unless these are something else than text. */
export const decodeText = (where: string, bytes: Uint8Array): E.Either<InputProblem, InputFile> =>
  bytes.length > MAX_FILE_BYTES
    ? E.left(tooLarge(where, bytes.length))
    : pipe(
        E.tryCatch(
          () => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
          () => undefined,
        ),
        E.filterOrElseW(
          (text) => !text.includes('\0'),
          () => undefined,
        ),
        E.bimap(
          () =>
            inputProblem(where, 'it is binary, not UTF-8 text', 'give manifests in YAML or JSON'),
          (text) => ({ name: where, text }),
        ),
      )

const readOne = ({ name, bytes }: Found): TE.TaskEither<InputProblem, InputFile> =>
  bytes > MAX_FILE_BYTES
    ? TE.left(tooLarge(name, bytes))
    : pipe(
        TE.tryCatch(() => readFile(name), unreadable(name)),
        TE.flatMapEither((content) => decodeText(name, content)),
      )

const readFound = (
  found: ReadonlyArray<Found>,
): T.Task<ReadonlyArray<E.Either<InputProblem, InputFile>>> => T.traverseSeqArray(readOne)(found)

/** Reads a file, or the manifests in a folder and its subfolders. Problems are values, one by one. */
export const readFiles = (path: string): T.Task<ReadonlyArray<E.Either<InputProblem, InputFile>>> =>
  pipe(
    find(path),
    TE.filterOrElseW(RA.isNonEmpty, () =>
      inputProblem(
        path,
        'there are no manifests in it',
        'give files that end in .yaml, .yml or .json',
      ),
    ),
    TE.matchE((problem) => T.of([E.left(problem)]), readFound),
  )
