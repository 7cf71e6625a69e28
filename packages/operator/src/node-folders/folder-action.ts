import type { IndexEntry } from './folder-index'
import type { NodeFile } from './node-files'

/** A file as it has to be in a folder of the node. */
export type WantedFile = Pick<NodeFile, 'bytes' | 'mode'> & {
  readonly name: string
  readonly digest: string
}

/** One thing to do at the destination, to the folder of one registry. */
export type FolderAction =
  | {
      readonly _tag: 'MakeFolder'
      readonly folder: string
      readonly files: ReadonlyArray<WantedFile>
    }
  /** Into a folder that is there; the entry has to be in the index before. */
  | {
      readonly _tag: 'Copy'
      readonly folder: string
      readonly files: ReadonlyArray<WantedFile>
      readonly entry: IndexEntry
    }
  /** The very files are there already: from now on they count as ours. */
  | { readonly _tag: 'Adopt'; readonly folder: string; readonly entry: IndexEntry }
  | { readonly _tag: 'RemoveFolder'; readonly folder: string }
  /** Out of a folder that stays. */
  | {
      readonly _tag: 'RemoveFile'
      readonly folder: string
      readonly names: ReadonlyArray<string>
    }
  /** Somebody else has removed or replaced what was ours. */
  | { readonly _tag: 'Forget'; readonly folder: string }
