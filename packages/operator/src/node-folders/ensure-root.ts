import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { attempt, type FileProblem, type NodeFiles } from './node-files'

/** What is said of a name that has to be a folder's. */
export const NO_FOLDER = 'is not a directory'

/** Makes the destination where nothing is. */
export const ensureRoot = (
  files: NodeFiles,
  destination: string,
): TE.TaskEither<FileProblem, void> =>
  pipe(
    attempt(destination, () => files.kind(destination)),
    TE.flatMap((kind) => {
      if (kind === 'folder') return TE.right(undefined)
      return kind === 'absent'
        ? attempt(destination, () => files.makeFolder(destination))
        : TE.left({ path: destination, text: NO_FOLDER })
    }),
  )
