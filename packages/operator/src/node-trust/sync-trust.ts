import { join } from 'node:path'

import { pipe } from 'fp-ts/function'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { ensureRoot } from '../node-folders/ensure-root'
import { attempt, type FileProblem, type NodeFiles } from '../node-folders/node-files'
import { INDEX } from '../node-folders/own-names'
import { performActions } from '../node-folders/perform-actions'
import { type OwnFolders, settle, type Settled } from '../node-folders/settle'
import { trustPlaces } from './trust-places'
import { trustPlan } from './trust-plan'
import { CONTENTS, type TrustedFolder } from './trusted-folders'

export type TrustReport = {
  readonly written: number
  readonly upToDate: number
  readonly removed: number
  /** Of single files and folders; the others have been dealt with. */
  readonly problems: ReadonlyArray<FileProblem>
}

const IN_THE_WAY = 'somebody else made it; remove it, or keep what is there'

/**
 * Brings what the node's container runtime knows of registries up to date.
 *
 * Guarantees: what it did not make, stays. Twice is once: what is up to date is not written. When it is interrupted at any step,
 * the next time finishes it. When nothing is wanted any more, nothing of ours is left.
 *
 * Assumption: nobody else runs it on the same node at the same time; a DaemonSet replaces its pods one after the other.
 */
export const syncTrust =
  (files: NodeFiles, destination: string) =>
  (wanted: ReadonlyArray<TrustedFolder>): TE.TaskEither<FileProblem, TrustReport> => {
    const folders = { files, destination, contents: CONTENTS }
    return pipe(
      ensureRoot(files, destination),
      TE.flatMap(() => settle(folders)),
      TE.flatMapTask((settled) => syncSettled(folders, wanted, settled)),
    )
  }

const syncSettled =
  (
    folders: OwnFolders,
    wanted: ReadonlyArray<TrustedFolder>,
    { index, problems: unsettled }: Settled,
  ): Task<TrustReport> =>
  async () => {
    const { files, destination } = folders
    const named = [...wanted.map(({ folder }) => folder), ...Object.keys(index)]
    const { places, problems } = await trustPlaces(files, destination, named)
    const { actions, upToDate, blocked } = trustPlan({ wanted, places, index })
    const done = await performActions(folders)(actions, index)()
    const isEmpty = done.index !== undefined && Object.keys(done.index).length === 0
    const left = isEmpty ? await removeIndex(folders) : []
    return {
      written: done.copied,
      upToDate,
      removed: done.trimmed,
      problems: [
        ...unsettled,
        ...problems,
        ...blocked.map((path) => ({ path: join(destination, path), text: IN_THE_WAY })),
        ...done.problems,
        ...left,
      ],
    }
  }

/** An empty index says no more than none. */
const removeIndex = async ({
  files,
  destination,
}: OwnFolders): Promise<ReadonlyArray<FileProblem>> => {
  const path = join(destination, INDEX)
  const removed = await attempt(path, () => files.removeFile(path))()
  return removed._tag === 'Left' ? [removed.left] : []
}
