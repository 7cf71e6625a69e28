import * as E from 'fp-ts/Either'

/** What we have done in one folder. */
export type IndexEntry = {
  /** Whether the folder is there because of us, or was somebody else's before. It is ours as long as our certificate is in it. */
  readonly folder: 'made' | 'found'
  /** Of the certificate that we wrote, and while it is being replaced of the one before it. */
  readonly digests: ReadonlyArray<string>
}

/** What we have made at the destination, by the names of the folders. Everything else is somebody else's. */
export type FolderIndex = { readonly [folder: string]: IndexEntry }

const VERSION = 1

export const printedIndex = (folders: FolderIndex): string =>
  `${JSON.stringify({ version: VERSION, folders }, undefined, 1)}\n`

/** The index in a text; a Left for what we cannot have written. */
export const parsedIndex = (text: string): E.Either<string, FolderIndex> => {
  const read: E.Either<string, unknown> = E.tryCatch((): unknown => JSON.parse(text), String)
  if (E.isLeft(read)) return read
  const { right } = read
  return isRecord(right) && right['version'] === VERSION && isFolders(right['folders'])
    ? E.right(right['folders'])
    : E.left('it is not an index of this version')
}

export const withEntry = (index: FolderIndex, folder: string, entry: IndexEntry): FolderIndex => ({
  ...index,
  [folder]: entry,
})

export const withoutEntry = (index: FolderIndex, folder: string): FolderIndex =>
  Object.fromEntries(Object.entries(index).filter(([name]) => name !== folder))

/** The entry of a folder; undefined for what every object has by birth. */
export const entryOf = (index: FolderIndex, folder: string): IndexEntry | undefined =>
  Object.hasOwn(index, folder) ? index[folder] : undefined

type UnknownRecord = { readonly [key: string]: unknown }

const isRecord = (value: unknown): value is UnknownRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isFolders = (value: unknown): value is FolderIndex =>
  isRecord(value) && Object.values(value).every(isEntry)

const isEntry = (value: unknown): value is IndexEntry =>
  isRecord(value) &&
  ['made', 'found'].some((folder) => folder === value['folder']) &&
  Array.isArray(value['digests']) &&
  value['digests'].every((digest) => typeof digest === 'string')
