import type { Option } from 'fp-ts/Option'
import type { TaskEither } from 'fp-ts/TaskEither'

import type {
  ApplyError,
  JsonArray,
  JsonObject,
  KubeObject,
  ObjectRef,
} from '@image-registry-operator/render/model'

/** The objects of one kind: everywhere, in one namespace, or the one of that name. */
export type Collection = {
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
  readonly namespace?: string
  readonly name?: string
  /** Only the metadata travels; the objects still say what kind they are. */
  readonly metadataOnly?: true
  /** Nothing waits for it, and its changes are not told. */
  readonly optional?: true
  /** Not looked at in clusters that serve this. */
  readonly unlessServed?: Pick<Collection, 'apiVersion' | 'plural'>
}

export type ApplyRequest = {
  readonly object: KubeObject
  readonly fieldManager: string
  /** Take fields over from other managers instead of failing with a conflict. */
  readonly force: boolean
  readonly subresource?: 'status'
}

export type PatchRequest = {
  readonly ref: ObjectRef
  /** A JSON patch (RFC 6902). */
  readonly operations: JsonArray
  readonly fieldManager: string
}

export type RemoveRequest = {
  readonly ref: ObjectRef
  /** Preconditions: the very object that was looked at, unchanged since. */
  readonly uid: string
  readonly resourceVersion: string
  readonly propagation: 'Foreground' | 'Background'
}

export type LogRequest = {
  readonly pod: ObjectRef
  readonly container: string
  /** No more of it is read than that, from its beginning. */
  readonly limitBytes: number
}

export type KubeList = {
  readonly resourceVersion: string
  readonly items: ReadonlyArray<KubeObject>
}

/** Why there is no usable answer. */
export type RequestFailure =
  /** The API server said no. `reason` is its CamelCase word, e.g. `Expired`. */
  | {
      readonly _tag: 'Refused'
      readonly code: number
      readonly reason: string
      readonly message: string
      readonly retryAfterMs?: number
    }
  /** No answer, or one that is not Kubernetes. */
  | { readonly _tag: 'NoAnswer'; readonly cause: unknown }

export type WatchRequest = {
  readonly collection: Collection
  readonly timeoutSeconds: number
  readonly from:
    /** All objects first, then a bookmark that says so, then what changes. */
    | { readonly _tag: 'InitialEvents' }
    /** What changed since. */
    | { readonly _tag: 'ResourceVersion'; readonly resourceVersion: string }
}

export type WatchEvent =
  | { readonly _tag: 'Put'; readonly object: KubeObject }
  | { readonly _tag: 'Delete'; readonly object: KubeObject }
  | {
      readonly _tag: 'Bookmark'
      readonly resourceVersion: string
      /** All initial events have been sent. */
      readonly initialEventsEnd: boolean
    }
  | { readonly _tag: 'Error'; readonly failure: RequestFailure }

/** Who listens to a watch. Nothing is called after `ended`, and nothing after the watch was stopped. */
export type WatchListener = {
  /** The API server agreed. */
  readonly opened: () => void
  /** Bytes came: the connection lives. Also called for parts of an event. */
  readonly received: () => void
  readonly event: (event: WatchEvent) => void
  /** The stream is over: by itself, or with a failure. */
  readonly ended: (failure: Option<RequestFailure>) => void
}

/** One answered or failed request, for metrics. `code` is 0 when there was no answer. */
export type RequestRecord = {
  readonly verb:
    'apply' | 'patch' | 'create' | 'update' | 'delete' | 'get' | 'list' | 'watch' | 'discover'
  readonly kind: string
  readonly code: number
  /** Until the answer was there; for a watch, until it was opened. */
  readonly ms: number
}

/**
 * The API server, as far as we need it. Every function but `close` is one request; one that never arrived, because
 * the kept connection had just been closed, is sent once more.
 */
export type KubeClient = {
  /** Writes the fields of the object by server-side apply, and gives the object as it is now. */
  readonly apply: (request: ApplyRequest) => TaskEither<ApplyError, KubeObject>
  /** Changes an object by a JSON patch. When one of its tests fails, the error is `Invalid` (422). */
  readonly patch: (request: PatchRequest) => TaskEither<ApplyError, KubeObject>
  /** Deletes that very object; gives it back when it stays until its finalizers are done. */
  readonly remove: (request: RemoveRequest) => TaskEither<ApplyError, Option<KubeObject>>
  /** Reads one object with its secret values. Only for values to be filled in. */
  readonly read: (ref: ObjectRef) => TaskEither<ApplyError, Option<KubeObject>>
  /** Creates an object that must not exist yet. */
  readonly createObject: (object: KubeObject) => TaskEither<ApplyError, KubeObject>
  /** Replaces an object, unless it changed since its resourceVersion. */
  readonly replaceObject: (object: KubeObject) => TaskEither<ApplyError, KubeObject>
  /** Reads all objects of a collection. */
  readonly list: (collection: Collection) => TaskEither<RequestFailure, KubeList>
  /** Reads what a container has logged so far. */
  readonly readLog: (request: LogRequest) => TaskEither<RequestFailure, string>
  /** Opens a watch; the result stops it. */
  readonly watch: (request: WatchRequest, listener: WatchListener) => () => void
  /** Which groups, versions and resources are served: an `APIGroupDiscoveryList` with just their names, core group left out. */
  readonly discover: TaskEither<RequestFailure, JsonObject>
  /** Cuts all requests and closes all connections. */
  readonly close: () => void
}
