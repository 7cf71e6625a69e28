import { createReadStream } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as RA from 'fp-ts/ReadonlyArray'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { bytesUpTo } from './bytes-up-to'
import { inputProblem, type InputProblem } from './input-problem'
import { LIMITS } from './limits'

/** The text of one file of input. */
export type InputFile = { readonly name: string; readonly text: string }

type Found = { readonly name: string; readonly bytes: number }

const MANIFEST = /\.(ya?ml|json)$/i

const isErrno = (cause: unknown): cause is { readonly code: string; readonly path?: string } =>
  typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'reading it is not permitted',
  EISDIR: 'it is a folder',
}

/** What cannot be read is named by the failure itself, where it is in a folder. */
const unreadable =
  (where: string) =>
  (cause: unknown): InputProblem => {
    const code = isErrno(cause) ? cause.code : String(cause)
    return inputProblem(
      isErrno(cause) ? (cause.path ?? where) : where,
      REASONS[code] ?? `it cannot be read (${code})`,
      'check the path given to -f',
    )
  }

const tooLarge = (where: string): InputProblem =>
  inputProblem(
    where,
    `it has more than ${LIMITS.bytes} bytes, and input may have no more`,
    'split it, or leave out what the registry does not need',
  )

const tooManyFiles = (where: string): InputProblem =>
  inputProblem(
    where,
    `there are more than ${LIMITS.files} manifests in it`,
    'give the folder that holds those of the registry',
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

/** What PowerShell makes of `>` begins so. */
const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

const notText = (where: string, bytes: Uint8Array): InputProblem =>
  isUtf16(bytes)
    ? inputProblem(where, 'it is UTF-16, not UTF-8 text', 'save it as UTF-8')
    : inputProblem(where, 'it is binary, not UTF-8 text', 'give manifests in YAML or JSON')

/** Text of bytes that came from `where`, unless these are something else than text. */
export const decodeText = (where: string, bytes: Uint8Array): E.Either<InputProblem, InputFile> =>
  bytes.length > LIMITS.bytes
    ? E.left(tooLarge(where))
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
          () => notText(where, bytes),
          (text) => ({ name: where, text }),
        ),
      )

// Devices and pipes have no size: what is read of them is counted as it comes.
const readOne = ({ name, bytes }: Found): TE.TaskEither<InputProblem, InputFile> =>
  bytes > LIMITS.bytes
    ? TE.left(tooLarge(name))
    : pipe(
        TE.tryCatch(() => bytesUpTo(LIMITS.bytes)(createReadStream(name)), unreadable(name)),
        TE.flatMapEither((content) => decodeText(name, content)),
      )

const excess = (path: string, found: ReadonlyArray<Found>): O.Option<InputProblem> => {
  if (found.length > LIMITS.files) return O.some(tooManyFiles(path))
  const sum = found.reduce((bytes, file) => bytes + file.bytes, 0)
  return found.length > 1 && sum > LIMITS.bytes ? O.some(tooLarge(path)) : O.none
}

const readFound =
  (path: string) =>
  (found: ReadonlyArray<Found>): T.Task<ReadonlyArray<E.Either<InputProblem, InputFile>>> =>
    pipe(
      excess(path, found),
      O.match(
        () => T.traverseSeqArray(readOne)(found),
        (problem) => T.of([E.left(problem)]),
      ),
    )

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
    TE.matchE((problem) => T.of([E.left(problem)]), readFound(path)),
  )
