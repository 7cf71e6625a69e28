import { buffer } from 'node:stream/consumers'

import * as TE from 'fp-ts/TaskEither'
import { extract, type Header } from 'tar-stream'

import type { OciError } from './oci-error'
import { type Entry, file, link } from './tree-entry'

/** Where a file of an archive goes; undefined leaves it out. */
type Placed = (path: string) => string | undefined

const plainPath = (name: string): string => name.replace(/^(\.?\/)+/, '')

const entryOf = (
  { type, mode, linkname }: Header,
  path: string,
  content: Uint8Array,
): ReadonlyArray<Entry> => {
  switch (type) {
    case 'file':
    case 'contiguous-file':
      return [file(path, content, { mode: mode & 0o777 })]
    case 'symlink':
      return [link(path, linkname)]
    default:
      return []
  }
}

const readFiles = async (archive: Uint8Array, placed: Placed): Promise<ReadonlyArray<Entry>> => {
  const reader = extract()
  reader.end(archive)
  const found: Array<Entry> = []
  // The next entry comes when this one has been read, or skipped.
  for await (const entry of reader) {
    const path = placed(plainPath(entry.header.name))
    if (path === undefined) entry.resume()
    else found.push(...entryOf(entry.header, path, await buffer(entry)))
  }
  return found
}

/** Files and symbolic links of a tar archive at new places, owned by root; those without a place are left out. */
export const tarFiles = (
  archive: Uint8Array,
  placed: Placed,
): TE.TaskEither<OciError, ReadonlyArray<Entry>> =>
  TE.tryCatch(
    () => readFiles(archive, placed),
    (cause): OciError => ({ _tag: 'NoTar', cause }),
  )
