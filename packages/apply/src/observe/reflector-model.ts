import type * as O from 'fp-ts/Option'

import type { KubeObject } from '@image-registry-operator/render/model'

import type { KubeList, RequestFailure, WatchEvent, WatchRequest } from '../client/kube-client'

/** Where the next request goes on. */
export type Position =
  { readonly _tag: 'Start' } | { readonly _tag: 'Resume'; readonly resourceVersion: string }

/** Failed attempts in a row; a request that did well sets it to 0. */
type Attempts = { readonly failures: number }

export type ReflectorState =
  /** The kind is not served. Waits to be told otherwise. */
  | { readonly _tag: 'Absent' }
  /** A timer runs. */
  | ({ readonly _tag: 'Waiting'; readonly next: Position } & Attempts)
  /** A list is under way, on servers that do not stream lists. */
  | ({ readonly _tag: 'Listing' } & Attempts)
  /** A watch is under way that begins with all objects, and these have not all come yet. */
  | ({ readonly _tag: 'Streaming'; readonly opened: boolean; readonly sinceMs: number } & Attempts)
  /** A watch is under way, and everything up to that resource version is known. */
  | ({
      readonly _tag: 'Watching'
      readonly opened: boolean
      readonly sinceMs: number
      readonly resourceVersion: string
    } & Attempts)

export type ReflectorInput =
  /** Start, or: the kind is served after all. */
  | { readonly _tag: 'Served' }
  | { readonly _tag: 'TimerFired' }
  | { readonly _tag: 'Opened' }
  | { readonly _tag: 'Event'; readonly event: WatchEvent }
  | { readonly _tag: 'Ended'; readonly failure: O.Option<RequestFailure> }
  | { readonly _tag: 'Listed'; readonly list: KubeList }
  /** The connection has been silent for longer than bookmarks allow. */
  | { readonly _tag: 'Silent' }
  /** The initial events have not ended in time. */
  | { readonly _tag: 'NeverComplete' }

export type ReflectorCommand =
  | { readonly _tag: 'StartWatch'; readonly from: WatchRequest['from'] }
  | { readonly _tag: 'StartList' }
  /** Stop the watch under way; it will not be heard of again. */
  | { readonly _tag: 'StopWatch' }
  | { readonly _tag: 'Wait'; readonly ms: number }
  /** Hold back, or forget, an object until the initial events have ended. */
  | { readonly _tag: 'Collect'; readonly object: KubeObject }
  | { readonly _tag: 'Uncollect'; readonly object: KubeObject }
  /** What was collected is all there is. */
  | { readonly _tag: 'ReplaceByCollected'; readonly resourceVersion: string }
  | { readonly _tag: 'Replace'; readonly list: KubeList }
  | { readonly _tag: 'Put'; readonly object: KubeObject }
  | { readonly _tag: 'Remove'; readonly object: KubeObject }
  | { readonly _tag: 'ReportAbsent' }
  | { readonly _tag: 'ReportProblem'; readonly message: string }
  /** The server does not stream lists: never ask again. */
  | { readonly _tag: 'RefuseStreaming' }

export type ReflectorEnvironment = {
  readonly nowMs: number
  /** From 0 to 1. */
  readonly random: number
  readonly streamingLists: boolean
}

export type ReflectorStep = {
  readonly state: ReflectorState
  readonly commands: ReadonlyArray<ReflectorCommand>
}

/** A request is under way. */
export type Active = Extract<
  ReflectorState,
  { readonly _tag: 'Listing' | 'Streaming' | 'Watching' }
>
