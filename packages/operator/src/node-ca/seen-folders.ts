import { join } from 'node:path'

import * as E from 'fp-ts/Either'

import { CERTIFICATE, folderOf, isForNodes } from './certificate-folders'
import { fileDigest } from '../node-folders/file-digest'
import type { FolderIndex } from '../node-folders/folder-index'
import {
  attempt,
  type FileProblem,
  type NodeFile,
  type NodeFiles,
} from '../node-folders/node-files'
import type { Place, SeenFile, Source } from './sync-plan'

/** The certificates that should be on the node. */
export type SeenSources = {
  readonly sources: ReadonlyArray<Source>
  readonly problems: ReadonlyArray<FileProblem>
}

export type SeenPlaces = {
  readonly places: ReadonlyMap<string, Place>
  readonly problems: ReadonlyArray<FileProblem>
}

const seen = ({ bytes, mtimeMs }: NodeFile): SeenFile => ({ mtimeMs, digest: fileDigest(bytes) })

/** Reads the files of the source; rejects when there is no such folder. */
export const readSources = async (files: NodeFiles, source: string): Promise<SeenSources> => {
  const names = (await files.list(source)).filter(isForNodes)
  const found = await Promise.all(names.map((name) => readSource(files, source, name)))
  return {
    sources: found.flatMap((one) => one.sources),
    problems: found.flatMap((one) => one.problems),
  }
}

const readSource = async (files: NodeFiles, source: string, name: string): Promise<SeenSources> => {
  const path = join(source, name)
  const folder = folderOf(name)
  const read = await attempt(path, async () =>
    (await files.kind(path)) === 'folder' ? undefined : files.read(path),
  )()
  if (E.isLeft(read)) return { sources: [{ folder }], problems: [read.left] }
  const file = read.right
  return file === undefined
    ? { sources: [], problems: [] }
    : { sources: [{ folder, file: { ...file, ...seen(file) } }], problems: [] }
}

/** Reads what the destination has under the names of the sources and of the index. */
export const readPlaces = async (
  files: NodeFiles,
  destination: string,
  sources: ReadonlyArray<Source>,
  index: FolderIndex,
): Promise<SeenPlaces> => {
  const folders = new Set([...sources.map(({ folder }) => folder), ...Object.keys(index)])
  const found = await Promise.all(
    [...folders].map((folder) => readPlace(files, destination, folder)),
  )
  return {
    places: new Map(found.map(({ folder, place }) => [folder, place])),
    problems: found.flatMap(({ problems }) => problems),
  }
}

type SeenPlace = {
  readonly folder: string
  readonly place: Place
  readonly problems: ReadonlyArray<FileProblem>
}

const readPlace = async (
  files: NodeFiles,
  destination: string,
  folder: string,
): Promise<SeenPlace> => {
  const path = join(destination, folder)
  const read = await attempt(path, () => placeAt(files, path))()
  return E.isLeft(read)
    ? { folder, place: { _tag: 'Unreadable' }, problems: [read.left] }
    : { folder, place: read.right, problems: [] }
}

const placeAt = async (files: NodeFiles, path: string): Promise<Place> => {
  const kind = await files.kind(path)
  if (kind === 'absent') return { _tag: 'Absent' }
  if (kind !== 'folder') return { _tag: 'NoFolder' }
  const names = await files.list(path)
  const holdsNoMore = names.every((name) => name === CERTIFICATE)
  const certificate = join(path, CERTIFICATE)
  // A link that leads nowhere is replaced like an old certificate.
  return (await files.kind(certificate)) === 'absent'
    ? { _tag: 'Folder', holdsNoMore }
    : { _tag: 'Folder', holdsNoMore, certificate: seen(await files.read(certificate)) }
}
