import * as O from 'fp-ts/Option'

import type { KubeList, WatchEvent } from '../client/kube-client'
import { failed, failuresAfter, positionOf, retried, stopped } from './reflector-failure'
import type {
  Active,
  Position,
  ReflectorEnvironment,
  ReflectorInput,
  ReflectorState,
  ReflectorStep,
} from './reflector-model'
import { versionOf } from './resource-version'

/** One that ended sooner than that has to wait, even if it ended well. */
const SHORT_MS = 1000
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
