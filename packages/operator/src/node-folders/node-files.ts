import { chmod, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'

import * as TE from 'fp-ts/TaskEither'

/** A file with all that a copy of it has. */
export type NodeFile = {
  readonly bytes: Uint8Array
  readonly mtimeMs: number
  /** Permissions only. */
  readonly mode: number
}

/** What programs that look after a node do with its disk. All of it rejects with what Node says; links are followed. */
export type NodeFiles = {
  readonly list: (folder: string) => Promise<ReadonlyArray<string>>
  readonly kind: (path: string) => Promise<'absent' | 'folder' | 'file' | 'other'>
  readonly read: (file: string) => Promise<NodeFile>
  /** Returns when the content is on the disk. */
  readonly write: (file: string, content: Pick<NodeFile, 'bytes' | 'mode'>) => Promise<void>
  readonly makeFolder: (folder: string) => Promise<void>
  /** Returns when the names in the folder are on the disk. */
  readonly flushFolder: (folder: string) => Promise<void>
  readonly rename: (from: string, to: string) => Promise<void>
  /** A file that is not there is as good as removed. */
  readonly removeFile: (file: string) => Promise<void>
  /** Rejects when something is in it. */
  readonly removeEmptyFolder: (folder: string) => Promise<void>
  readonly removeTree: (folder: string) => Promise<void>
}

/** Why something could not be done to a file or folder. */
export type FileProblem = { readonly path: string; readonly text: string }

/** The failure of something that was tried on a file or folder. */
const problemWith =
  (path: string) =>
  (cause: unknown): FileProblem => ({
    path,
    text: cause instanceof Error ? cause.message : String(cause),
  })

/** Something done to a file or folder, with its rejection as a value. */
export const attempt = <A>(path: string, act: () => Promise<A>): TE.TaskEither<FileProblem, A> =>
  TE.tryCatch(act, problemWith(path))

const PERMISSIONS = 0o7777
const FOLDER_MODE = 0o755

const isAbsent = (cause: Error): boolean => 'code' in cause && cause.code === 'ENOENT'

const kind: NodeFiles['kind'] = async (path) => {
  const found = await stat(path).catch((cause: Error) =>
    isAbsent(cause) ? undefined : Promise.reject(cause),
  )
  if (found === undefined) return 'absent'
  return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other'
}

/** One handle for both: the times are those of the content. */
const read: NodeFiles['read'] = async (file) => {
  const handle = await open(file, 'r')
  try {
    const { mtimeMs, mode } = await handle.stat()
    return { bytes: await handle.readFile(), mtimeMs, mode: mode & PERMISSIONS }
  } finally {
    await handle.close()
  }
}

const write: NodeFiles['write'] = async (file, { bytes, mode }) => {
  await rm(file, { force: true })
  const handle = await open(file, 'wx', mode)
  try {
    await handle.writeFile(bytes)
    // What the process may not give to new files counts for these all the same.
    // By its name: Node has no other way under its permission model, in which the image's Node runs.
    await chmod(file, mode)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const flushFolder: NodeFiles['flushFolder'] = async (folder) => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The disk of this machine. */
export const systemNodeFiles: NodeFiles = {
  list: (folder) => readdir(folder),
  kind,
  read,
  write,
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE })
    await chmod(folder, FOLDER_MODE)
  },
  flushFolder,
  rename,
  removeFile: (file) => rm(file, { force: true }),
  removeEmptyFolder: (folder) => rmdir(folder),
  removeTree: (folder) => rm(folder, { recursive: true, force: true }),
}
