import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import type { TaskEither } from 'fp-ts/TaskEither'

import { type FolderIndex, parsedIndex, printedIndex } from './folder-index'
import { inTurn } from './in-turn'
import { attempt, type FileProblem, type NodeFiles } from './node-files'
import { comingFolder, goingFolder, INDEX, UNFINISHED_INDEX, unfinishedFile } from './own-names'

/** A place on the node where registries have folders, some of them made by us. */
export type OwnFolders = {
  readonly files: NodeFiles
  readonly destination: string
  /** Names of the files that we put into a folder, in the order in which they come; they go the other way round. */
  readonly contents: ReadonlyArray<string>
}

const INDEX_MODE = 0o644

/** An index that we cannot have written is put aside under this name. */
const UNREADABLE_INDEX = `${INDEX}.unreadable`

/** Replaces the index; when it returns, the new one is on the disk. */
export const saveIndex =
  ({ files, destination }: OwnFolders) =>
  async (index: FolderIndex): Promise<FolderIndex> => {
    const bytes = Buffer.from(printedIndex(index))
    const unfinished = join(destination, UNFINISHED_INDEX)
    await files.write(unfinished, { bytes, mode: INDEX_MODE })
    await files.rename(unfinished, join(destination, INDEX))
    await files.flushFolder(destination)
    return index
  }

/** What we have made, as far as can be told. */
export type Settled = { readonly index: FolderIndex; readonly problems: ReadonlyArray<FileProblem> }

/**
 * Reads the index, and clears away what was interrupted.
 *
 * A folder gets and loses its name in one step, together with the files in it, while the index says that it
 * is ours. So a folder of that name without our files is somebody else's, whatever the index says.
 */
export const settle = (folders: OwnFolders): TaskEither<FileProblem, Settled> =>
  attempt(folders.destination, async () => {
    const names = await folders.files.list(folders.destination)
    const settled = names.includes(INDEX) ? await readIndex(folders) : NO_INDEX
    await clear(folders, names)
    await Promise.all(Object.keys(settled.index).map(clearFolder(folders)))
    return settled
  })

const NO_INDEX: Settled = { index: {}, problems: [] }

const readIndex = async ({ files, destination }: OwnFolders): Promise<Settled> => {
  const path = join(destination, INDEX)
  const { bytes } = await files.read(path)
  const parsed = parsedIndex(Buffer.from(bytes).toString())
  if (E.isRight(parsed)) return { ...NO_INDEX, index: parsed.right }
  // What is at the destination counts as somebody else's then, but for what is just as we would make it.
  await files.rename(path, join(destination, UNREADABLE_INDEX))
  return { ...NO_INDEX, problems: [{ path, text: `it was put aside: ${parsed.left}` }] }
}

const clear = async (folders: OwnFolders, names: ReadonlyArray<string>): Promise<void> => {
  const { files, destination } = folders
  const coming = names.filter((name) => name.startsWith(comingFolder('')))
  const going = names.filter((name) => name.startsWith(goingFolder('')))
  await Promise.all(coming.map((name) => files.removeTree(join(destination, name))))
  await Promise.all(going.map((name) => removeGoing(folders, name.slice(goingFolder('').length))))
  if (names.includes(UNFINISHED_INDEX)) await files.removeFile(join(destination, UNFINISHED_INDEX))
}

/** Removes a folder of ours that has lost its name; it gets it back when somebody was quick to put something into it. */
export const removeGoing = async (
  { files, destination, contents }: OwnFolders,
  folder: string,
): Promise<void> => {
  const going = join(destination, goingFolder(folder))
  const place = join(destination, folder)
  await inTurn([...contents].reverse(), (name) => files.removeFile(join(going, name)))
  const rest = await files.list(going)
  if (rest.length === 0) await files.removeEmptyFolder(going)
  else if ((await files.kind(place)) === 'absent') await files.rename(going, place)
}

const clearFolder =
  ({ files, destination, contents }: OwnFolders) =>
  (folder: string): Promise<void> =>
    inTurn(contents, async (name) => {
      const file = join(destination, folder, unfinishedFile(name))
      // A folder that cannot be read or changed does not keep the others from it: what is wanted of it tells.
      const found = await files.kind(file).catch(() => 'absent')
      if (found !== 'absent') await files.removeFile(file).catch(() => undefined)
    })
