import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import type { TaskEither } from 'fp-ts/TaskEither'

import {
  CERTIFICATE,
  comingFolder,
  goingFolder,
  INDEX,
  UNFINISHED_CERTIFICATE,
  UNFINISHED_INDEX,
} from './certificate-folders'
import { type FolderIndex, parsedIndex, printedIndex } from './folder-index'
import { attempt, type FileProblem, type NodeFiles } from './node-files'

const INDEX_MODE = 0o644

/** An index that we cannot have written is put aside under this name. */
const UNREADABLE_INDEX = `${INDEX}.unreadable`

/** Replaces the index; when it returns, the new one is on the disk. */
export const saveIndex =
  (files: NodeFiles, destination: string) =>
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
 * A folder gets and loses its name in one step, together with the certificate in it, while the index says that it
 * is ours. So a folder of that name without our certificate is somebody else's, whatever the index says.
 */
export const settle = (files: NodeFiles, destination: string): TaskEither<FileProblem, Settled> =>
  attempt(destination, async () => {
    const names = await files.list(destination)
    const settled = names.includes(INDEX) ? await readIndex(files, destination) : NO_INDEX
    await clear(files, destination, names)
    await Promise.all(Object.keys(settled.index).map(clearFolder(files, destination)))
    return settled
  })

const NO_INDEX: Settled = { index: {}, problems: [] }

const readIndex = async (files: NodeFiles, destination: string): Promise<Settled> => {
  const path = join(destination, INDEX)
  const { bytes } = await files.read(path)
  const parsed = parsedIndex(Buffer.from(bytes).toString())
  if (E.isRight(parsed)) return { ...NO_INDEX, index: parsed.right }
  // What is at the destination counts as somebody else's then, but for what is just as we would make it.
  await files.rename(path, join(destination, UNREADABLE_INDEX))
  return { ...NO_INDEX, problems: [{ path, text: `it was put aside: ${parsed.left}` }] }
}

const clear = async (
  files: NodeFiles,
  destination: string,
  names: ReadonlyArray<string>,
): Promise<void> => {
  const coming = names.filter((name) => name.startsWith(comingFolder('')))
  const going = names.filter((name) => name.startsWith(goingFolder('')))
  await Promise.all(coming.map((name) => files.removeTree(join(destination, name))))
  await Promise.all(
    going.map((name) => removeGoing(files, destination, name.slice(goingFolder('').length))),
  )
  if (names.includes(UNFINISHED_INDEX)) await files.removeFile(join(destination, UNFINISHED_INDEX))
}

/** Removes a folder of ours that has lost its name; it gets it back when somebody was quick to put something into it. */
export const removeGoing = async (
  files: NodeFiles,
  destination: string,
  folder: string,
): Promise<void> => {
  const going = join(destination, goingFolder(folder))
  const place = join(destination, folder)
  await files.removeFile(join(going, CERTIFICATE))
  const rest = await files.list(going)
  if (rest.length === 0) await files.removeEmptyFolder(going)
  else if ((await files.kind(place)) === 'absent') await files.rename(going, place)
}

const clearFolder =
  (files: NodeFiles, destination: string) =>
  async (folder: string): Promise<void> => {
    const file = join(destination, folder, UNFINISHED_CERTIFICATE)
    // A folder that cannot be read or changed does not keep the others from it: what is wanted of it tells.
    const found = await files.kind(file).catch(() => 'absent')
    if (found !== 'absent') await files.removeFile(file).catch(() => undefined)
  }
