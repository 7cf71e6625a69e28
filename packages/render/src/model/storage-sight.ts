import type { Json, JsonObject } from './json'
import type { StorageError } from './storage-error'
import type { Marks, PartKind, SettingName } from './storage-target'

/** A setting as it was found. */
export type SettingSight =
  | { readonly _tag: 'Found'; readonly value: Json }
  /** The service does not have it. */
  | { readonly _tag: 'NotSupported'; readonly error: StorageError }
  | { readonly _tag: 'NotSeen'; readonly error: StorageError }

/** A part of a storage as it was found. */
export type PartSight =
  | { readonly _tag: 'Absent' }
  | {
      readonly _tag: 'Present'
      /** Absent: not read, or they could not be. */
      readonly marks?: Marks
      /** Whether there is nothing in it; absent: not read. */
      readonly isEmpty?: boolean
      readonly settings: { readonly [Name in SettingName]?: SettingSight }
      /** What its maker has given it and we have to know: a CRN, a discovered network. No secrets. */
      readonly details: JsonObject
    }
  /** It could not be seen, so it may be there. */
  | { readonly _tag: 'Unseen'; readonly error: StorageError }

/** How much is in a storage. `isWhole`: everything has been counted; otherwise there is more. */
export type StorageContents = {
  readonly objects: number
  readonly bytes: number
  readonly isWhole: boolean
}

/** A storage as it was found. */
export type StorageSight = {
  readonly parts: { readonly [Kind in PartKind]?: PartSight }
  readonly contents?: StorageContents
}

/** What is under way, and how far. */
export type StorageWork = {
  readonly verb: 'ensure' | 'remove'
  /** What is being done, for a person, e.g. `create bucket b`. */
  readonly step: string
  readonly removedObjects: number
}

/** Something that failed: of which part, and which of its settings, where it was about one. */
export type StorageTrouble = {
  readonly verb: 'observe' | 'ensure' | 'remove'
  readonly part?: PartKind
  readonly setting?: SettingName
  readonly error: StorageError
}

/** What is known of the storage outside of the cluster that was last looked at. */
export type StorageFacts = {
  /** Digest of the target that was looked at: another target is another storage. */
  readonly target: string
  readonly place: string
  /** Absent while nobody has been answered. */
  readonly sight?: StorageSight
  /** What failed of the last look and of the last work; empty when both succeeded. */
  readonly troubles: ReadonlyArray<StorageTrouble>
  readonly work?: StorageWork
  /** What failed is not tried again yet. */
  readonly rests?: true
  /** Digests by name of secret values that the cloud has given: a key of an account, a pair of HMAC keys. */
  readonly keys: { readonly [name: string]: string }
}

/** `nobody`: no driver looks (offline). `awaited`: one will. */
export type StorageKnown =
  | { readonly _tag: 'Nobody' }
  | { readonly _tag: 'Awaited' }
  | ({ readonly _tag: 'Looked' } & StorageFacts)
