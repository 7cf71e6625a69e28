import type { FolderAction, WantedFile } from '../node-folders/folder-action'
import { entryOf, type FolderIndex, type IndexEntry } from '../node-folders/folder-index'
import type { NodeFile } from '../node-folders/node-files'
import { CERTIFICATE } from './certificate-folders'

/** What decides about a file that can be read. */
export type SeenFile = { readonly mtimeMs: number; readonly digest: string }

/** A certificate with all that a copy of it has. */
export type SourceFile = SeenFile & Pick<NodeFile, 'bytes' | 'mode'>

/** A certificate that should be on the node. */
export type Source = {
  /** The folder that it belongs into. */
  readonly folder: string
  /** Absent when it cannot be read: what the node has of it stays. */
  readonly file?: SourceFile
}

/** What is at the destination under the name of a folder. */
export type Place =
  | { readonly _tag: 'Absent' }
  | {
      readonly _tag: 'Folder'
      readonly certificate?: SeenFile
      /** Nothing but the certificate is in it. */
      readonly holdsNoMore: boolean
    }
  /** Something else of that name. */
  | { readonly _tag: 'NoFolder' }
  /** It cannot be read; whoever tried has told why. */
  | { readonly _tag: 'Unreadable' }

export type SyncPlan = {
  readonly actions: ReadonlyArray<FolderAction>
  /** How many certificates are on the node already. */
  readonly skipped: number
  /** Names that cannot become folders, because something else has them. */
  readonly blocked: ReadonlyArray<string>
}

export type SyncInput = {
  readonly sources: ReadonlyArray<Source>
  /** Of every folder that a source or the index names. */
  readonly places: ReadonlyMap<string, Place>
  readonly index: FolderIndex
}

/** What has to be done so that the node has the certificates, and nothing of ours beyond them. */
export const syncPlan = (input: SyncInput): SyncPlan => {
  const { sources, index } = input
  const wanted = new Map(sources.map((source) => [source.folder, source]))
  const copies = [...wanted.values()].map((source) => copyOf(input, source))
  const gone = Object.keys(index).filter((folder) => !wanted.has(folder))
  return {
    actions: [
      ...copies.flatMap(({ action }) => (action === undefined ? [] : [action])),
      ...gone.flatMap((folder) => trimOf(input, folder)),
    ],
    skipped: copies.filter(({ isThere }) => isThere).length,
    blocked: [...wanted.keys()].filter((folder) => placeOf(input, folder)._tag === 'NoFolder'),
  }
}

type Copying = { readonly action?: FolderAction; readonly isThere: boolean }

const wanted = ({ bytes, mode, digest }: SourceFile): WantedFile => ({
  name: CERTIFICATE,
  bytes,
  mode,
  digest,
})

const NOTHING: Copying = { isThere: false }

const placeOf = ({ places }: SyncInput, folder: string): Place =>
  places.get(folder) ?? { _tag: 'Absent' }

const copyOf = (input: SyncInput, { folder, file }: Source): Copying => {
  if (file === undefined) return NOTHING
  const place = placeOf(input, folder)
  switch (place._tag) {
    case 'Unreadable':
    case 'NoFolder':
      return NOTHING
    case 'Absent':
      return { action: { _tag: 'MakeFolder', folder, files: [wanted(file)] }, isThere: false }
    case 'Folder':
      return intoFolder(folder, file, place.certificate, entryOf(input.index, folder))
  }
}

const intoFolder = (
  folder: string,
  file: SourceFile,
  there: SeenFile | undefined,
  entry: IndexEntry | undefined,
): Copying => {
  const ours = isOurs(entry, there) ? there : undefined
  // Without our certificate in it, a folder that we made has been made anew, or is used by somebody else.
  const kept = ours === undefined ? 'found' : (entry?.folder ?? 'found')
  if (there === undefined || file.mtimeMs >= there.mtimeMs) {
    const digests = [file.digest, ...(ours === undefined ? [] : [ours.digest])]
    const next: IndexEntry = { folder: kept, digests: [...new Set(digests)] }
    return { action: { _tag: 'Copy', folder, files: [wanted(file)], entry: next }, isThere: false }
  }
  return ours === undefined && there.digest === file.digest
    ? {
        action: { _tag: 'Adopt', folder, entry: { folder: kept, digests: [file.digest] } },
        isThere: true,
      }
    : { isThere: true }
}

const isOurs = (entry: IndexEntry | undefined, there: SeenFile | undefined): boolean =>
  there !== undefined && entry?.digests.includes(there.digest) === true

/** Of a folder that no certificate belongs into any more, only what is provably ours goes. */
const trimOf = (input: SyncInput, folder: string): ReadonlyArray<FolderAction> => {
  const place = placeOf(input, folder)
  if (place._tag === 'Unreadable') return []
  const entry = entryOf(input.index, folder)
  if (place._tag !== 'Folder' || !isOurs(entry, place.certificate))
    return [{ _tag: 'Forget', folder }]
  return entry?.folder === 'made' && place.holdsNoMore
    ? [{ _tag: 'RemoveFolder', folder }]
    : [{ _tag: 'RemoveFile', folder, names: [CERTIFICATE] }]
}
