import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import type { Task } from 'fp-ts/Task'
import type { TaskEither } from 'fp-ts/TaskEither'

import {
  CERTIFICATE,
  comingFolder,
  goingFolder,
  UNFINISHED_CERTIFICATE,
} from './certificate-folders'
import { entryOf, type FolderIndex, type IndexEntry, withEntry, withoutEntry } from './folder-index'
import { attempt, type FileProblem, type NodeFiles } from './node-files'
import { removeGoing, saveIndex, settle } from './settle'
import type { SyncAction } from './sync-plan'

/** Where the certificates go. */
export type SyncDeps = { readonly files: NodeFiles; readonly destination: string }

export type Performed = {
  readonly copied: number
  readonly trimmed: number
  readonly problems: ReadonlyArray<FileProblem>
}

/** The index is absent when not even that can be read any more: then nothing further is done. */
type Progress = Performed & { readonly index?: FolderIndex }

/** Does one thing after the other; what fails does not keep the others from being done. */
export const performSync =
  (deps: SyncDeps) =>
  (actions: ReadonlyArray<SyncAction>, index: FolderIndex): Task<Performed> =>
  async () => {
    const start: Progress = { copied: 0, trimmed: 0, problems: [], index }
    return actions.reduce(
      async (before, action) => performNext(deps, await before, action),
      Promise.resolve(start),
    )
  }

const performNext = async (
  deps: SyncDeps,
  before: Progress,
  action: SyncAction,
): Promise<Progress> => {
  if (before.index === undefined) return before
  const done = await performed(deps, before.index, action)()
  if (E.isRight(done)) {
    return {
      ...before,
      index: done.right,
      copied: before.copied + COPIED[action._tag],
      trimmed: before.trimmed + TRIMMED[action._tag],
    }
  }
  const { index: _unknown, ...known } = before
  const again = await settle(deps.files, deps.destination)()
  return E.isLeft(again)
    ? { ...known, problems: [...known.problems, done.left, again.left] }
    : { ...known, problems: [...known.problems, done.left], index: again.right.index }
}

type Counts = { readonly [Tag in SyncAction['_tag']]: 0 | 1 }

const NONE: Counts = { MakeFolder: 0, Copy: 0, Adopt: 0, RemoveFolder: 0, RemoveFile: 0, Forget: 0 }
const COPIED: Counts = { ...NONE, MakeFolder: 1, Copy: 1 }
const TRIMMED: Counts = { ...NONE, RemoveFolder: 1, RemoveFile: 1 }

/** One action, and the index after it. */
const performed = (
  deps: SyncDeps,
  index: FolderIndex,
  action: SyncAction,
): TaskEither<FileProblem, FolderIndex> => {
  const { files, destination } = deps
  const { folder } = action
  const save = saveIndex(files, destination)
  const place = join(destination, folder)
  return attempt(place, async () => {
    switch (action._tag) {
      case 'MakeFolder':
        return makeFolder(deps, index, action)
      case 'Copy':
        return copy(deps, index, action)
      case 'Adopt':
        return save(withEntry(index, folder, action.entry))
      case 'RemoveFolder':
        return removeFolder(deps, index, folder)
      case 'RemoveFile':
        await files.removeFile(join(place, CERTIFICATE))
        return save(withoutEntry(index, folder))
      case 'Forget':
        return save(withoutEntry(index, folder))
    }
  })
}

const makeFolder = async (
  { files, destination }: SyncDeps,
  index: FolderIndex,
  { folder, file }: Extract<SyncAction, { readonly _tag: 'MakeFolder' }>,
): Promise<FolderIndex> => {
  const save = saveIndex(files, destination)
  const coming = join(destination, comingFolder(folder))
  await files.makeFolder(coming)
  await files.write(join(coming, CERTIFICATE), file)
  await files.flushFolder(coming)
  const next = await save(withEntry(index, folder, { folder: 'made', digests: [file.digest] }))
  await files.rename(coming, join(destination, folder))
  return next
}

/** The index knows the new certificate before it is there: whichever of the two is found is ours. */
const copy = async (
  { files, destination }: SyncDeps,
  index: FolderIndex,
  { folder, file, entry }: Extract<SyncAction, { readonly _tag: 'Copy' }>,
): Promise<FolderIndex> => {
  const unfinished = join(destination, folder, UNFINISHED_CERTIFICATE)
  const next = withEntry(index, folder, entry)
  // What cannot be copied is tried every minute, and the disk is not to be worn out.
  if (!isSame(entryOf(index, folder), entry)) await saveIndex(files, destination)(next)
  await files.write(unfinished, file)
  await files.rename(unfinished, join(destination, folder, CERTIFICATE))
  return next
}

const isSame = (before: IndexEntry | undefined, after: IndexEntry): boolean =>
  before?.folder === after.folder && before.digests.join() === after.digests.join()

const removeFolder = async (
  { files, destination }: SyncDeps,
  index: FolderIndex,
  folder: string,
): Promise<FolderIndex> => {
  const save = saveIndex(files, destination)
  await files.rename(join(destination, folder), join(destination, goingFolder(folder)))
  const rest = await save(withoutEntry(index, folder))
  await removeGoing(files, destination, folder)
  return rest
}
