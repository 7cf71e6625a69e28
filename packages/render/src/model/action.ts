import type { DesiredObject } from './desired-state'
import type { Json, JsonArray } from './json'
import type { KubeObject } from './kube-object'
import type { ObjectRef } from './object-ref'
import type { StorageContents } from './storage-sight'
import type { Marks, PartKind, StorageSetting, StorageTarget } from './storage-target'

/** One owned field that is not as it should be. Values of secrets are digests. */
export type FieldChange = {
  /** Dotted path with list keys, e.g. `spec.template.spec.containers[name=registry].image`. */
  readonly path: string
  readonly why:
    /** The live value is another one, or there is none. */
    | 'differs'
    /** The value is right, but somebody else holds the field. */
    | 'not-owned'
    /** We hold the field, and no longer want it. */
    | 'no-longer-wanted'
    /** Somebody else put it where only ours may stand: a further container, a second source of a volume. */
    | 'in-the-way'
  /** What is there now; absent when nothing is. */
  readonly live?: Json
  /** What should be there; absent when nothing should. */
  readonly wanted?: Json
  /** The field managers besides us that hold it now. */
  readonly heldBy?: ReadonlyArray<string>
}

/** Why we may delete an object: what on it shows that we made it. */
export type OwnershipProof =
  | { readonly _tag: 'FieldManager'; readonly manager: string }
  | { readonly _tag: 'Annotation'; readonly key: string }

export type ApplyObject = {
  readonly _tag: 'ApplyObject'
  readonly ref: ObjectRef
  readonly change: 'create' | 'update'
  readonly desired: DesiredObject
  /** What is live, for a diff; absent when nothing is. */
  readonly before?: KubeObject
  readonly changes: ReadonlyArray<FieldChange>
  /**
   * A JSON patch to be sent first; absent when there is nothing in the way. It makes our manager the holder of
   * what is, so that applying the object removes it; without it the API server would keep, or even refuse, the
   * mixture. It tests what it replaces: a failed test (422) means that the object has changed meanwhile.
   */
  readonly reclaim?: JsonArray
}

export type DeleteObject = {
  readonly _tag: 'DeleteObject'
  readonly ref: ObjectRef
  /** Preconditions: the very object that was looked at, unchanged since. */
  readonly uid: string
  readonly resourceVersion: string
  readonly proof: OwnershipProof
  readonly before: KubeObject
  /** Why it has to go, e.g. `spec.routes no longer names it`. */
  readonly because: string
}

/** Takes our finalizer off an object that is being deleted: everything that it waited for has gone. */
export type ReleaseObject = {
  readonly _tag: 'ReleaseObject'
  readonly ref: ObjectRef
  readonly before: KubeObject
  /** A JSON patch. It tests what it takes away: a failed test (422) means that the object has changed meanwhile. */
  readonly operations: JsonArray
}

/** Takes one thing out of an object of ours that cannot be said as a whole just now. The rest of it stays as it is. */
export type PatchObject = {
  readonly _tag: 'PatchObject'
  readonly ref: ObjectRef
  readonly before: KubeObject
  /** A JSON patch. It tests what it takes away: a failed test (422) means that the object has changed meanwhile. */
  readonly operations: JsonArray
  readonly changes: ReadonlyArray<FieldChange>
  readonly because: string
}

/** One step towards a storage as it should be. */
export type StorageStep =
  | { readonly _tag: 'Create'; readonly part: PartKind }
  /** Puts our marks on what we made before something kept us from it. Only while nothing is in it. */
  | { readonly _tag: 'Mark'; readonly part: PartKind }
  | { readonly _tag: 'Set'; readonly part: PartKind; readonly setting: StorageSetting }

/** Has a storage outside of the cluster made, or put right. It goes on in the background; what comes of it is seen later. */
export type EnsureStorage = {
  readonly _tag: 'EnsureStorage'
  /** Of what has been seen of the storage; its name is the place. */
  readonly ref: ObjectRef
  readonly target: StorageTarget
  readonly steps: ReadonlyArray<StorageStep>
}

/** A part of a storage that goes, and what on it shows that it is ours. The driver looks for these marks once more. */
export type PartRemoval = { readonly part: PartKind; readonly marks: Marks }

/** Has what we made outside of the cluster removed, with everything that is in it. It goes on in the background. */
export type RemoveStorage = {
  readonly _tag: 'RemoveStorage'
  readonly ref: ObjectRef
  readonly target: StorageTarget
  /** In the order of removal. */
  readonly parts: ReadonlyArray<PartRemoval>
  /** Absent while it has not been counted. */
  readonly contents?: StorageContents
  readonly because: string
}

/** One thing to do to the cluster, or to its storage. */
export type Action =
  ApplyObject | DeleteObject | ReleaseObject | PatchObject | EnsureStorage | RemoveStorage

/** What to do, in order. Empty when everything is right. */
export type Plan = ReadonlyArray<Action>
