import { join } from 'node:path'

import * as E from 'fp-ts/Either'

import { fileDigest } from '../node-folders/file-digest'
import { attempt, type FileProblem, type NodeFiles } from '../node-folders/node-files'
import type { TrustPlace } from './trust-plan'
import { CONTENTS } from './trusted-folders'

export type SeenTrust = {
  readonly places: ReadonlyMap<string, TrustPlace>
  readonly problems: ReadonlyArray<FileProblem>
}

const digestAt = async (
  files: NodeFiles,
  folder: string,
  name: string,
): Promise<ReadonlyArray<readonly [string, string]>> => {
  const path = join(folder, name)
  // A link that leads nowhere is replaced like what is not there.
  if ((await files.kind(path)) === 'absent') return []
  return [[name, fileDigest((await files.read(path)).bytes)]]
}

const placeAt = async (files: NodeFiles, path: string): Promise<TrustPlace> => {
  const kind = await files.kind(path)
  if (kind === 'absent') return { _tag: 'Absent' }
  if (kind !== 'folder') return { _tag: 'NoFolder' }
  const names = await files.list(path)
  const digests = await Promise.all(CONTENTS.map((name) => digestAt(files, path, name)))
  return {
    _tag: 'Folder',
    digests: new Map(digests.flat()),
    holdsNoMore: names.every((name) => CONTENTS.includes(name)),
  }
}

/** Reads what the destination has under these names. */
export const trustPlaces = async (
  files: NodeFiles,
  destination: string,
  folders: ReadonlyArray<string>,
): Promise<SeenTrust> => {
  const seen = await Promise.all(
    [...new Set(folders)].map(async (folder) => {
      const path = join(destination, folder)
      const read = await attempt(path, () => placeAt(files, path))()
      const unreadable: TrustPlace = { _tag: 'Unreadable' }
      return E.isLeft(read)
        ? { folder, place: unreadable, problems: [read.left] }
        : { folder, place: read.right, problems: [] }
    }),
  )
  return {
    places: new Map(seen.map(({ folder, place }) => [folder, place])),
    problems: seen.flatMap(({ problems }) => problems),
  }
}
