import type {
  JsonObject,
  Marks,
  PartKind,
  SettingName,
  SettingSight,
  StorageContents,
  StorageError,
  StorageSetting,
} from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'
import type { TaskEither } from 'fp-ts/TaskEither'

import type { StorageCaller } from './storage-call'
import type { StorageAccess } from './storage-driver'

/** What one read tells of a part. What it does not tell is as it was. */
export type PartFound =
  | { readonly _tag: 'Absent' }
  | {
      readonly _tag: 'Present'
      readonly marks?: Marks
      readonly isEmpty?: boolean
      readonly settings?: { readonly [Name in SettingName]?: SettingSight }
      readonly details?: JsonObject
      /** Secret values, by name. */
      readonly keys?: { readonly [name: string]: string }
    }

/** One cheap request (or two), and the settings that nothing is known of when it fails. */
export type PartRead = {
  readonly tells: ReadonlyArray<SettingName>
  readonly read: TaskEither<StorageError, PartFound>
}

/** A part of a storage in the hands of its service. Every verb may be called again: done is done. */
export type PartDriver = {
  readonly kind: PartKind
  /** The first one tells whether it is there, and is made before the others. */
  readonly reads: readonly [PartRead, ...PartRead[]]
  /** Makes it, with its marks where the service takes them at once. It is no failure that we made it before. */
  readonly create: TaskEither<StorageError, void>
  /** Puts the marks on it, where the service does not take them at once; elsewhere nobody calls it. */
  readonly mark: TaskEither<StorageError, void>
  /** Puts one setting right, and keeps what others have added to it. */
  readonly set: (setting: StorageSetting) => TaskEither<StorageError, void>
  /** Removes some of what is in it, and says how many; 0 when nothing is left. Absent: `remove` takes everything along. */
  readonly empty?: TaskEither<StorageError, number>
  /** How much is in it, counted up to a bound. Absent: it holds nothing that counts. */
  readonly contents?: TaskEither<StorageError, StorageContents>
  /** It is no failure that it is gone. */
  readonly remove: TaskEither<StorageError, void>
}

/** A storage as its service shows it, until `close`: the parts in the order in which they are made. */
export type Backend = {
  readonly parts: ReadonlyArray<PartDriver>
  readonly close: IO<void>
}

/** Lets us in to a storage; fails where the credentials cannot even be tried. Nothing is asked yet. */
export type OpenBackend = (
  access: StorageAccess,
  call: StorageCaller,
) => TaskEither<StorageError, Backend>
