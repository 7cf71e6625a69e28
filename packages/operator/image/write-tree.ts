import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Entry } from '@image-registry-operator/oci-image'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'

const writeEntry = async (path: string, entry: Entry): Promise<void> => {
  switch (entry._tag) {
    case 'File':
      await writeFile(path, entry.content, { flag: 'wx' })
      return chmod(path, entry.mode)
    case 'Folder':
      await mkdir(path, { recursive: true })
      return chmod(path, entry.mode)
    case 'Link':
      return symlink(entry.target, path)
  }
}

const writeOne =
  (folder: string) =>
  (entry: Entry): TE.TaskEither<InputProblem, void> =>
    TE.tryCatch(
      () => writeEntry(join(folder, entry.path), entry),
      (cause) =>
        inputProblem(
          join(folder, entry.path),
          `it cannot be written (${cause instanceof Error ? cause.message : String(cause)})`,
          'give --folder one that is empty',
        ),
    )

/** Writes the files of an image into a folder, which may not have any of them; whoever calls this owns them. */
export const writeTree =
  (folder: string) =>
  (tree: ReadonlyArray<Entry>): TE.TaskEither<InputProblem, void> =>
    pipe(
      TE.tryCatch(
        () => mkdir(folder, { recursive: true }),
        (cause) => inputProblem(folder, String(cause), 'check the folder given to --folder'),
      ),
      TE.flatMap(() => TE.traverseSeqArray(writeOne(folder))(tree)),
      TE.asUnit,
    )
