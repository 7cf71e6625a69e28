import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'

import { keyOf, refOf, type KubeObject } from '@image-registry-operator/render/model'

import type { KubeClient, Collection, WatchListener, WatchRequest } from '../client/kube-client'
import type { Clock } from '../clock'
import {
  reflectorStep,
  type ReflectorCommand,
  type ReflectorInput,
  type ReflectorState,
} from './reflector-step'
import type { CachedCollection } from './watch-cache'

/** Whether the server streams lists; one answer for all reflectors. */
export type StreamingSupport = { readonly supported: IO<boolean>; readonly refuse: IO<void> }

export const streamingSupport = (): StreamingSupport => {
  let supported = true
  return {
    supported: () => supported,
    refuse: () => {
      supported = false
    },
  }
}

export type ReflectorDeps = {
  readonly client: Pick<KubeClient, 'list' | 'watch'>
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: IO<number>
  readonly streaming: StreamingSupport
  readonly cached: CachedCollection
  /** The server answered 404: perhaps it no longer serves the kind. */
  readonly onAbsent: IO<void>
  /** The first request has been answered, well or not. */
  readonly onAnswered: IO<void>
  /** For the log: what went wrong. */
  readonly onProblem: (message: string) => void
}

export type Reflector = {
  /** The kind is served: start, if not yet started. */
  readonly served: IO<void>
  readonly stop: IO<void>
}

/** Bookmarks come about every minute; four are missing. */
export const SILENCE_MS = 240_000
/** The initial events of the largest collection that we watch take a second. */
export const INITIAL_EVENTS_MS = 120_000

/** 50 to 60 minutes, so that watches do not all end at once. */
const timeoutSeconds = (random: number): number => Math.round(3000 + 600 * random)

const NOTHING: IO<void> = () => undefined

/**
 * Keeps a collection of the cache as the cluster has it.
 *
 * Expected flow: see `reflectorStep`, which decides; this does what it says.
 * Guarantees: one request at a time. A connection that has gone silent is dropped and resumed after
 * four minutes. Nothing happens after `stop`.
 */
export const reflector = (deps: ReflectorDeps, collection: Collection): Reflector => {
  let state: ReflectorState = { _tag: 'Absent' }
  let collected = new Map<string, KubeObject>()
  let stopWatch: IO<void> = NOTHING
  let cancelTimer: IO<void> = NOTHING
  let cancelSilence: IO<void> = NOTHING
  let over = false
  let answered = false

  const input = (next: ReflectorInput): void => {
    if (over) return
    const step = reflectorStep(
      {
        nowMs: deps.clock.monotonicMs(),
        random: deps.random(),
        streamingLists: deps.streaming.supported(),
      },
      state,
      next,
    )
    state = step.state
    step.commands.forEach(execute)
  }

  const firstAnswer = (): void => {
    if (answered) return
    answered = true
    deps.onAnswered()
  }

  const timer = (ms: number, then: ReflectorInput): void => {
    cancelTimer()
    cancelTimer = deps.clock.after(ms, () => input(then))
  }

  const listenForSilence = (): void => {
    cancelSilence()
    cancelSilence = deps.clock.after(SILENCE_MS, () => input({ _tag: 'Silent' }))
  }

  const listener: WatchListener = {
    opened: () => {
      firstAnswer()
      input({ _tag: 'Opened' })
    },
    received: listenForSilence,
    event: (event) => input({ _tag: 'Event', event }),
    ended: (failure) => {
      cancelSilence()
      // Before the first answer is told, so that what was learnt from it is known to whoever waits for it.
      input({ _tag: 'Ended', failure })
      firstAnswer()
    },
  }

  const startWatch = (from: WatchRequest['from']): void => {
    collected = new Map()
    listenForSilence()
    if (from._tag === 'InitialEvents') timer(INITIAL_EVENTS_MS, { _tag: 'NeverComplete' })
    stopWatch = deps.client.watch(
      { collection, from, timeoutSeconds: timeoutSeconds(deps.random()) },
      listener,
    )
  }

  const startList = (): void => {
    void deps.client
      .list(collection)()
      .then((result) => {
        input(
          pipe(
            result,
            E.match(
              (failure): ReflectorInput => ({ _tag: 'Ended', failure: O.some(failure) }),
              (list): ReflectorInput => ({ _tag: 'Listed', list }),
            ),
          ),
        )
        firstAnswer()
      })
  }

  const replaceByCollected = (resourceVersion: string): void => {
    cancelTimer()
    deps.cached.replace([...collected.values()], resourceVersion)
    collected = new Map()
  }

  const quiet = (): void => {
    cancelSilence()
    cancelTimer()
    stopWatch()
    stopWatch = NOTHING
  }

  const execute = (command: ReflectorCommand): void => {
    switch (command._tag) {
      case 'StartWatch':
        return startWatch(command.from)
      case 'StartList':
        return startList()
      case 'StopWatch':
        return quiet()
      case 'Wait':
        return timer(command.ms, { _tag: 'TimerFired' })
      case 'Collect':
        collected.set(keyOf(refOf(command.object)), command.object)
        return undefined
      case 'Uncollect':
        collected.delete(keyOf(refOf(command.object)))
        return undefined
      case 'ReplaceByCollected':
        return replaceByCollected(command.resourceVersion)
      case 'Replace':
        return deps.cached.replace(command.list.items, command.list.resourceVersion)
      case 'Put':
        return deps.cached.put(command.object)
      case 'Remove':
        return deps.cached.remove(command.object)
      case 'ReportAbsent':
        cancelTimer()
        deps.cached.absent()
        return deps.onAbsent()
      case 'ReportProblem':
        deps.cached.problem(command.message)
        return deps.onProblem(command.message)
      case 'RefuseStreaming':
        return deps.streaming.refuse()
    }
  }

  return {
    served: () => input({ _tag: 'Served' }),
    stop: () => {
      over = true
      quiet()
    },
  }
}
