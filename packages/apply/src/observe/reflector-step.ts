import * as O from 'fp-ts/Option'

import type { KubeObject } from '@image-registry-operator/render/model'

import type { KubeList, RequestFailure, WatchEvent, WatchRequest } from '../client/kube-client'
import { showFailure } from '../client/kube-error'
import { backoffMs } from './backoff'
import { versionOf } from './resource-version'

/** Where the next request goes on. */
type Position =
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

/** A watch that lived that long did well. */
const HEALTHY_MS = 30_000
/** One that ended sooner than that has to wait, even if it ended well. */
const SHORT_MS = 1000
/** So many failures in a row: what we resume from may be what is wrong (an event that nobody can read, an etcd that was restored). */
const FAILURES_BEFORE_RELIST = 5

const stay = (state: ReflectorState): ReflectorStep => ({ state, commands: [] })

const began = (
  { nowMs, streamingLists }: ReflectorEnvironment,
  next: Position,
  failures: number,
): ReflectorStep => {
  if (next._tag === 'Resume')
    return {
      state: {
        _tag: 'Watching',
        opened: false,
        sinceMs: nowMs,
        resourceVersion: next.resourceVersion,
        failures,
      },
      commands: [
        {
          _tag: 'StartWatch',
          from: { _tag: 'ResourceVersion', resourceVersion: next.resourceVersion },
        },
      ],
    }
  return streamingLists
    ? {
        state: { _tag: 'Streaming', opened: false, sinceMs: nowMs, failures },
        commands: [{ _tag: 'StartWatch', from: { _tag: 'InitialEvents' } }],
      }
    : { state: { _tag: 'Listing', failures }, commands: [{ _tag: 'StartList' }] }
}

type Retry = {
  readonly next: Position
  readonly failures: number
  readonly message: string
  readonly atLeastMs?: number
}

const retried = (
  { random }: ReflectorEnvironment,
  { next, failures, message, atLeastMs = 0 }: Retry,
): ReflectorStep => ({
  state: {
    _tag: 'Waiting',
    next: failures >= FAILURES_BEFORE_RELIST ? { _tag: 'Start' } : next,
    failures,
  },
  commands: [
    { _tag: 'ReportProblem', message },
    { _tag: 'Wait', ms: Math.max(backoffMs(failures, random), atLeastMs * (1 + random / 5)) },
  ],
})

const absent: ReflectorStep = { state: { _tag: 'Absent' }, commands: [{ _tag: 'ReportAbsent' }] }

type Active = Extract<ReflectorState, { readonly _tag: 'Listing' | 'Streaming' | 'Watching' }>

const positionOf = (state: Active): Position =>
  state._tag === 'Watching'
    ? { _tag: 'Resume', resourceVersion: state.resourceVersion }
    : { _tag: 'Start' }

const failuresAfter = ({ nowMs }: ReflectorEnvironment, state: Active): number => {
  const healthy = state._tag !== 'Listing' && state.opened && nowMs - state.sinceMs >= HEALTHY_MS
  return healthy ? 1 : state.failures + 1
}

const isExpired = (failure: RequestFailure): boolean =>
  failure._tag === 'Refused' && (failure.code === 410 || failure.reason === 'Expired')

const isRefusedStreaming = (state: Active, failure: RequestFailure): boolean =>
  state._tag === 'Streaming' &&
  !state.opened &&
  failure._tag === 'Refused' &&
  (failure.code === 400 || failure.code === 422)

const failed = (
  environment: ReflectorEnvironment,
  state: Active,
  failure: RequestFailure,
): ReflectorStep => {
  if (failure._tag === 'Refused' && failure.code === 404) return absent
  const step = retried(environment, {
    next: isExpired(failure) ? { _tag: 'Start' } : positionOf(state),
    failures: failuresAfter(environment, state),
    message: showFailure(failure),
    ...(failure._tag === 'Refused' && failure.retryAfterMs !== undefined
      ? { atLeastMs: failure.retryAfterMs }
      : {}),
  })
  return isRefusedStreaming(state, failure)
    ? { ...step, commands: [{ _tag: 'RefuseStreaming' }, ...step.commands] }
    : step
}

const stopped = (step: ReflectorStep): ReflectorStep => ({
  ...step,
  commands: [{ _tag: 'StopWatch' }, ...step.commands],
})

const endedWell = (environment: ReflectorEnvironment, state: Active): ReflectorStep =>
  state._tag === 'Watching' && environment.nowMs - state.sinceMs >= SHORT_MS
    ? began(environment, positionOf(state), 0)
    : retried(environment, {
        next: positionOf(state),
        failures: failuresAfter(environment, state),
        message: 'the watch ended at once',
      })

const whileStreaming = (
  environment: ReflectorEnvironment,
  state: Extract<ReflectorState, { readonly _tag: 'Streaming' }>,
  event: WatchEvent,
): ReflectorStep => {
  switch (event._tag) {
    case 'Put':
      return { state, commands: [{ _tag: 'Collect', object: event.object }] }
    case 'Delete':
      return { state, commands: [{ _tag: 'Uncollect', object: event.object }] }
    case 'Bookmark':
      return event.initialEventsEnd
        ? {
            state: { ...state, _tag: 'Watching', resourceVersion: event.resourceVersion },
            commands: [{ _tag: 'ReplaceByCollected', resourceVersion: event.resourceVersion }],
          }
        : stay(state)
    case 'Error':
      return stopped(failed(environment, state, event.failure))
  }
}

const whileWatching = (
  environment: ReflectorEnvironment,
  state: Extract<ReflectorState, { readonly _tag: 'Watching' }>,
  event: WatchEvent,
): ReflectorStep => {
  switch (event._tag) {
    case 'Put':
    case 'Delete':
      return {
        state: { ...state, resourceVersion: versionOf(event.object) },
        commands: [{ _tag: event._tag === 'Put' ? 'Put' : 'Remove', object: event.object }],
      }
    case 'Bookmark':
      return stay({ ...state, resourceVersion: event.resourceVersion })
    case 'Error':
      return stopped(failed(environment, state, event.failure))
  }
}

const listed = (
  environment: ReflectorEnvironment,
  list: KubeList,
  failures: number,
): ReflectorStep => {
  const watch = began(
    environment,
    { _tag: 'Resume', resourceVersion: list.resourceVersion },
    failures,
  )
  return { ...watch, commands: [{ _tag: 'Replace', list }, ...watch.commands] }
}

const whileActive = (
  environment: ReflectorEnvironment,
  state: Active,
  input: ReflectorInput,
): ReflectorStep => {
  switch (input._tag) {
    case 'Opened':
      return stay(state._tag === 'Listing' ? state : { ...state, opened: true })
    case 'Event':
      if (state._tag === 'Streaming') return whileStreaming(environment, state, input.event)
      return state._tag === 'Watching'
        ? whileWatching(environment, state, input.event)
        : stay(state)
    case 'Listed':
      return state._tag === 'Listing'
        ? listed(environment, input.list, state.failures)
        : stay(state)
    case 'Ended':
      return O.isSome(input.failure)
        ? failed(environment, state, input.failure.value)
        : endedWell(environment, state)
    case 'Silent':
      return stopped(
        retried(environment, {
          next: positionOf(state),
          failures: failuresAfter(environment, state),
          message: 'the connection went silent',
        }),
      )
    case 'NeverComplete':
      return state._tag !== 'Streaming'
        ? stay(state)
        : stopped({
            ...began({ ...environment, streamingLists: false }, { _tag: 'Start' }, state.failures),
            commands: [{ _tag: 'RefuseStreaming' }, { _tag: 'StartList' }],
          })
    case 'Served':
    case 'TimerFired':
      return stay(state)
  }
}

/**
 * The life of one list-watch, without any input or output.
 *
 * Expected flow: Absent → (Served) → Streaming → (initial events end) → Watching → (clean end) → Watching …;
 * on servers that do not stream lists Listing takes the place of Streaming. Every failure goes through
 * Waiting; 410 goes back to the start, 404 to Absent.
 * Guarantees: after a failure at least a second passes before the next request; objects reach the store
 * by `Replace` and `ReplaceByCollected` only when they are complete.
 */
export const reflectorStep = (
  environment: ReflectorEnvironment,
  state: ReflectorState,
  input: ReflectorInput,
): ReflectorStep => {
  switch (state._tag) {
    case 'Absent':
      return input._tag === 'Served' ? began(environment, { _tag: 'Start' }, 0) : stay(state)
    case 'Waiting':
      return input._tag === 'TimerFired'
        ? began(environment, state.next, state.failures)
        : stay(state)
    case 'Listing':
    case 'Streaming':
    case 'Watching':
      return whileActive(environment, state, input)
  }
}
