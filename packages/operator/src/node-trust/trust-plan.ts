import type { FolderAction } from '../node-folders/folder-action'
import { entryOf, type FolderIndex, type IndexEntry } from '../node-folders/folder-index'
import type { TrustedFolder } from './trusted-folders'

/** What is at the destination under the name of a folder. */
export type TrustPlace =
  | { readonly _tag: 'Absent' }
  | {
      readonly _tag: 'Folder'
      /** Of the files in it that are called like ours, by their names. */
      readonly digests: ReadonlyMap<string, string>
      /** Nothing but those is in it. */
      readonly holdsNoMore: boolean
    }
  /** Something else of that name. */
  | { readonly _tag: 'NoFolder' }
  /** It cannot be read; whoever tried has told why. */
  | { readonly _tag: 'Unreadable' }

export type TrustInput = {
  readonly wanted: ReadonlyArray<TrustedFolder>
  /** Of every folder that is wanted or in the index. */
  readonly places: ReadonlyMap<string, TrustPlace>
  readonly index: FolderIndex
}

export type TrustPlan = {
  readonly actions: ReadonlyArray<FolderAction>
  /** How many folders are as they should be. */
  readonly upToDate: number
  /** Paths below the destination that are in the way, because somebody else made them. */
  readonly blocked: ReadonlyArray<string>
}

type Step = {
  readonly actions: ReadonlyArray<FolderAction>
  readonly isThere: boolean
  readonly blocked: ReadonlyArray<string>
}

const NOTHING: Step = { actions: [], isThere: false, blocked: [] }

/** What has to be done so that the node has the folders that are wanted, and nothing of ours beyond them. */
export const trustPlan = (input: TrustInput): TrustPlan => {
  const names = new Set(input.wanted.map(({ folder }) => folder))
  const steps = input.wanted.map((wanted) => stepTo(input, wanted))
  const gone = Object.keys(input.index).filter((folder) => !names.has(folder))
  return {
    actions: [
      ...steps.flatMap(({ actions }) => actions),
      ...gone.flatMap((folder) => trimOf(input, folder)),
    ],
    upToDate: steps.filter(({ isThere }) => isThere).length,
    blocked: steps.flatMap(({ blocked }) => blocked),
  }
}

const placeOf = ({ places }: TrustInput, folder: string): TrustPlace =>
  places.get(folder) ?? { _tag: 'Absent' }

const stepTo = (input: TrustInput, { folder, files }: TrustedFolder): Step => {
  const place = placeOf(input, folder)
  switch (place._tag) {
    case 'Unreadable':
      return NOTHING
    case 'NoFolder':
      return { ...NOTHING, blocked: [folder] }
    case 'Absent':
      return { ...NOTHING, actions: [{ _tag: 'MakeFolder', folder, files }] }
    case 'Folder':
      return intoFolder({ folder, files }, place.digests, entryOf(input.index, folder))
  }
}

const isOurs = (entry: IndexEntry | undefined, digest: string | undefined): boolean =>
  digest !== undefined && entry?.digests.includes(digest) === true

const intoFolder = (
  { folder, files }: TrustedFolder,
  there: ReadonlyMap<string, string>,
  entry: IndexEntry | undefined,
): Step => {
  const lacking = files.filter(({ name, digest }) => there.get(name) !== digest)
  const theirs = lacking.filter(({ name }) => there.has(name) && !isOurs(entry, there.get(name)))
  // Half of what we say and half of what somebody else says leads nowhere.
  if (theirs.length > 0)
    return { ...NOTHING, blocked: theirs.map(({ name }) => `${folder}/${name}`) }
  const ours = [...there.values()].filter((digest) => isOurs(entry, digest))
  const wanted = files.map(({ digest }) => digest)
  const next: IndexEntry = {
    // Without a file of ours in it, a folder that we made has been made anew, or is used by somebody else.
    folder: ours.length === 0 ? 'found' : (entry?.folder ?? 'found'),
    digests: [...new Set([...wanted, ...ours])],
  }
  if (lacking.length > 0)
    return { ...NOTHING, actions: [{ _tag: 'Copy', folder, files: lacking, entry: next }] }
  return wanted.every((digest) => isOurs(entry, digest))
    ? { ...NOTHING, isThere: true }
    : { ...NOTHING, isThere: true, actions: [{ _tag: 'Adopt', folder, entry: next }] }
}

/** Of a folder that is not wanted any more, only what is provably ours goes. */
const trimOf = (input: TrustInput, folder: string): ReadonlyArray<FolderAction> => {
  const place = placeOf(input, folder)
  if (place._tag === 'Unreadable') return []
  if (place._tag !== 'Folder') return [{ _tag: 'Forget', folder }]
  const entry = entryOf(input.index, folder)
  const ours = [...place.digests].filter(([, digest]) => isOurs(entry, digest))
  if (ours.length === 0) return [{ _tag: 'Forget', folder }]
  return entry?.folder === 'made' && place.holdsNoMore && ours.length === place.digests.size
    ? [{ _tag: 'RemoveFolder', folder }]
    : // What names the authorities goes before them.
      [{ _tag: 'RemoveFile', folder, names: ours.map(([name]) => name).reverse() }]
}
