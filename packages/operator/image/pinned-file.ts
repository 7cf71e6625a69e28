import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'

/** A file from elsewhere, of which is known beforehand what is in it. */
export type PinnedFile = {
  readonly name: string
  /** As npm writes it: an algorithm, a dash, and a digest in base 64. */
  readonly integrity: string
}

/** Puts a file of that name into a folder. */
export type FetchFile = (folder: string) => TE.TaskEither<InputProblem, unknown>

const integrityOf = (content: Uint8Array, algorithm: string): string =>
  `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`

const isAsPinned = ({ integrity }: PinnedFile, content: Uint8Array): boolean =>
  integrityOf(content, integrity.split('-')[0] ?? '') === integrity

const somethingElse = ({ name, integrity }: PinnedFile): InputProblem =>
  inputProblem(
    name,
    `what has come is not what ${integrity} stands for`,
    'look at where it comes from; nothing of it has been used',
  )

const cannotKeep =
  ({ name }: PinnedFile) =>
  (cause: unknown): InputProblem =>
    inputProblem(
      name,
      `it cannot be kept (${cause instanceof Error ? cause.message : String(cause)})`,
      'check the folder given to --cache',
    )

const kept = (pinned: PinnedFile, cache: string): TE.TaskEither<InputProblem, Uint8Array> =>
  pipe(
    TE.tryCatch(() => readFile(join(cache, pinned.name)), cannotKeep(pinned)),
    TE.filterOrElse(
      (content: Uint8Array) => isAsPinned(pinned, content),
      () => somethingElse(pinned),
    ),
  )

const emptyFolder = (pinned: PinnedFile, cache: string): TE.TaskEither<InputProblem, string> =>
  TE.tryCatch(async () => {
    await mkdir(cache, { recursive: true })
    return mkdtemp(join(cache, 'fetched-'))
  }, cannotKeep(pinned))

const takenOver =
  (pinned: PinnedFile, cache: string) =>
  (folder: string): TE.TaskEither<InputProblem, Uint8Array> =>
    pipe(
      kept(pinned, folder),
      TE.tap(() =>
        TE.tryCatch(
          () => rename(join(folder, pinned.name), join(cache, pinned.name)),
          cannotKeep(pinned),
        ),
      ),
    )

/**
 * The content of a file, which is fetched if the cache does not have it as it should be.
 *
 * Guarantees: what it gives has the digest that was asked for, wherever it came from; so has what the cache keeps.
 */
export const pinnedFile =
  (cache: string, fetch: FetchFile) =>
  (pinned: PinnedFile): TE.TaskEither<InputProblem, Uint8Array> =>
    pipe(
      kept(pinned, cache),
      TE.orElse(() =>
        TE.bracket(
          emptyFolder(pinned, cache),
          (folder) =>
            pipe(
              fetch(folder),
              TE.flatMap(() => takenOver(pinned, cache)(folder)),
            ),
          (folder) =>
            TE.tryCatch(() => rm(folder, { recursive: true, force: true }), cannotKeep(pinned)),
        ),
      ),
    )
