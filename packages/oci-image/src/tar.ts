import { Readable } from 'node:stream'

import { type Header, pack } from 'tar-stream'

import type { Entry } from './tree-entry'

/** Files have no age: that of the machine that made the archive would make each archive another. */
const MTIME = new Date(0)

const header = (entry: Entry): Partial<Header> & Pick<Header, 'name'> => {
  const { path, uid, gid } = entry
  const common = { uid, gid, uname: '', gname: '', mtime: MTIME }
  switch (entry._tag) {
    case 'File':
      return { ...common, name: path, type: 'file', mode: entry.mode, size: entry.content.length }
    case 'Folder':
      return { ...common, name: `${path}/`, type: 'directory', mode: entry.mode }
    case 'Link':
      return { ...common, name: path, type: 'symlink', mode: 0o777, linkname: entry.target }
  }
}

/** The entries as a tar archive, in the order given. */
export const tar = (entries: ReadonlyArray<Entry>): Readable => {
  const archive = pack()
  entries.forEach((entry) => {
    if (entry._tag === 'File') archive.entry(header(entry), entry.content)
    else archive.entry(header(entry))
  })
  archive.finalize()
  return Readable.from(archive)
}
