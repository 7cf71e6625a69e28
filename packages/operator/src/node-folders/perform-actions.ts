import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import type { Task } from 'fp-ts/Task'
import type { TaskEither } from 'fp-ts/TaskEither'

import type { FolderAction } from './folder-action'
import { entryOf, type FolderIndex, type IndexEntry, withEntry, withoutEntry } from './folder-index'
import { inTurn } from './in-turn'
import { attempt, type FileProblem } from './node-files'
import { comingFolder, goingFolder, unfinishedFile } from './own-names'
import { type OwnFolders, removeGoing, saveIndex, settle } from './settle'

export type Performed = {
  readonly copied: number
  readonly trimmed: number
  readonly problems: ReadonlyArray<FileProblem>
  /** As it is now. Absent when not even that can be read any more: then nothing further was done. */
  readonly index?: FolderIndex
}

/** Does one thing after the other; what fails does not keep the others from being done. */
export const performActions =
  (folders: OwnFolders) =>
  (actions: ReadonlyArray<FolderAction>, index: FolderIndex): Task<Performed> =>
  async () => {
    const start: Performed = { copied: 0, trimmed: 0, problems: [], index }
    return actions.reduce(
      async (before, action) => performNext(folders, await before, action),
      Promise.resolve(start),
    )
  }

const performNext = async (
  folders: OwnFolders,
  before: Performed,
  action: FolderAction,
): Promise<Performed> => {
  if (before.index === undefined) return before
  const done = await performed(folders, before.index, action)()
  if (E.isRight(done)) {
    return {
      ...before,
      index: done.right,
      copied: before.copied + COPIED[action._tag],
      trimmed: before.trimmed + TRIMMED[action._tag],
    }
  }
  const { index: _unknown, ...known } = before
  const again = await settle(folders)()
  return E.isLeft(again)
    ? { ...known, problems: [...known.problems, done.left, again.left] }
    : { ...known, problems: [...known.problems, done.left], index: again.right.index }
}

type Counts = { readonly [Tag in FolderAction['_tag']]: 0 | 1 }

const NONE: Counts = { MakeFolder: 0, Copy: 0, Adopt: 0, RemoveFolder: 0, RemoveFile: 0, Forget: 0 }
const COPIED: Counts = { ...NONE, MakeFolder: 1, Copy: 1 }
const TRIMMED: Counts = { ...NONE, RemoveFolder: 1, RemoveFile: 1 }

/** One action, and the index after it. */
const performed = (
  folders: OwnFolders,
  index: FolderIndex,
  action: FolderAction,
): TaskEither<FileProblem, FolderIndex> => {
  const { files, destination } = folders
  const { folder } = action
  const save = saveIndex(folders)
  const place = join(destination, folder)
  return attempt(place, async () => {
    switch (action._tag) {
      case 'MakeFolder':
        return makeFolder(folders, index, action)
      case 'Copy':
        return copy(folders, index, action)
      case 'Adopt':
        return save(withEntry(index, folder, action.entry))
      case 'RemoveFolder':
        return removeFolder(folders, index, folder)
      case 'RemoveFile':
        await inTurn(action.names, (name) => files.removeFile(join(place, name)))
        return save(withoutEntry(index, folder))
      case 'Forget':
        return save(withoutEntry(index, folder))
    }
  })
}

const makeFolder = async (
  folders: OwnFolders,
  index: FolderIndex,
  { folder, files: wanted }: Extract<FolderAction, { readonly _tag: 'MakeFolder' }>,
): Promise<FolderIndex> => {
  const { files, destination } = folders
  const coming = join(destination, comingFolder(folder))
  await files.makeFolder(coming)
  await inTurn(wanted, (file) => files.write(join(coming, file.name), file))
  await files.flushFolder(coming)
  const digests = wanted.map(({ digest }) => digest)
  const next = await saveIndex(folders)(withEntry(index, folder, { folder: 'made', digests }))
  await files.rename(coming, join(destination, folder))
  return next
}

/** The index knows a new file before it is there: whichever of the two is found is ours. */
const copy = async (
  folders: OwnFolders,
  index: FolderIndex,
  { folder, files: wanted, entry }: Extract<FolderAction, { readonly _tag: 'Copy' }>,
): Promise<FolderIndex> => {
  const { files, destination } = folders
  const next = withEntry(index, folder, entry)
  // What cannot be copied is tried every minute, and the disk is not to be worn out.
  if (!isSame(entryOf(index, folder), entry)) await saveIndex(folders)(next)
  await inTurn(wanted, async (file) => {
    const unfinished = join(destination, folder, unfinishedFile(file.name))
    await files.write(unfinished, file)
    await files.rename(unfinished, join(destination, folder, file.name))
  })
  return next
}

const isSame = (before: IndexEntry | undefined, after: IndexEntry): boolean =>
  before?.folder === after.folder && before.digests.join() === after.digests.join()

const removeFolder = async (
  folders: OwnFolders,
  index: FolderIndex,
  folder: string,
): Promise<FolderIndex> => {
  const { files, destination } = folders
  await files.rename(join(destination, folder), join(destination, goingFolder(folder)))
  const rest = await saveIndex(folders)(withoutEntry(index, folder))
  await removeGoing(folders, folder)
  return rest
}
