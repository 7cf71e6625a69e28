import { join } from 'node:path'

import { pipe } from 'fp-ts/function'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { ensureRoot, NO_FOLDER } from '../node-folders/ensure-root'
import { attempt, type FileProblem, type NodeFiles } from '../node-folders/node-files'
import { performActions } from '../node-folders/perform-actions'
import { settle, type Settled } from '../node-folders/settle'
import { CERTIFICATE } from './certificate-folders'
import { readPlaces, readSources, type SeenSources } from './seen-folders'
import { syncPlan } from './sync-plan'

/** From where to where. */
export type SyncFolders = { readonly source: string; readonly destination: string }

export type SyncReport = {
  readonly copied: number
  readonly skipped: number
  readonly trimmed: number
  /** Of single files and folders; the others have been dealt with. */
  readonly problems: ReadonlyArray<FileProblem>
}

/**
 * Brings the node's certificates up to date.
 *
 * Guarantees: what it did not make, stays. Twice is once: what is up to date is not written. When it is interrupted
 * at any step, the next time finishes it.
 *
 * Assumption: nobody else runs it on the same node at the same time; a DaemonSet replaces its pods one after the other.
 */
export const syncNode =
  (files: NodeFiles) =>
  ({ source, destination }: SyncFolders): TE.TaskEither<FileProblem, SyncReport> =>
    pipe(
      TE.Do,
      TE.bindW('sources', () => attempt(source, () => readSources(files, source))),
      TE.tap(() => ensureRoot(files, destination)),
      TE.bindW('settled', () => settle({ files, destination, contents: CONTENTS })),
      TE.flatMap(({ sources, settled }) =>
        TE.fromTask(syncFrom(files, destination)(sources, settled)),
      ),
    )

const CONTENTS = [CERTIFICATE]

const syncFrom =
  (files: NodeFiles, destination: string) =>
  (seen: SeenSources, settled: Settled): Task<SyncReport> =>
  async () => {
    const { sources } = seen
    const { index } = settled
    const { places, problems } = await readPlaces(files, destination, sources, index)
    const { actions, skipped, blocked } = syncPlan({ sources, places, index })
    const done = await performActions({ files, destination, contents: CONTENTS })(actions, index)()
    return {
      copied: done.copied,
      skipped,
      trimmed: done.trimmed,
      problems: [
        ...seen.problems,
        ...settled.problems,
        ...problems,
        ...blocked.map((name) => ({ path: join(destination, name), text: NO_FOLDER })),
        ...done.problems,
      ],
    }
  }
