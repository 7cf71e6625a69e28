import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'

import { keyOf, refOf, type KubeObject } from '@image-registry-operator/render/model'

import type { Collection, KubeClient, WatchListener, WatchRequest } from '../client/kube-client'
import type { Clock } from '../clock'
import { timer } from '../timer'
import type { ReflectorCommand, ReflectorInput, ReflectorState } from './reflector-model'
import { reflectorStep } from './reflector-step'
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
  /** A request has been answered, well or not. */
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
const INITIAL_EVENTS_MS = 120_000

/** 50 to 60 minutes, so that watches do not all end at once. */
const timeoutSeconds = (random: number): number => Math.round(3000 + 600 * random)

type Tell = (input: ReflectorInput) => void

/** One watch at a time, and the ear for its silence. */
type Watching = {
  readonly start: (from: WatchRequest['from']) => void
  readonly stop: IO<void>
}

const watching = (
  { client, clock, random, onAnswered }: ReflectorDeps,
  collection: Collection,
  tell: Tell,
): Watching => {
  const silence = timer(clock)
  let stop: IO<void> = () => undefined
  const listen = (): void => silence.set(SILENCE_MS, () => tell({ _tag: 'Silent' }))
  const listener: WatchListener = {
    opened: () => {
      onAnswered()
      tell({ _tag: 'Opened' })
    },
    received: listen,
    event: (event) => tell({ _tag: 'Event', event }),
    ended: (failure) => {
      silence.cancel()
      // Before anybody hears of the answer, so that what was learnt from it is known by then.
      tell({ _tag: 'Ended', failure })
      onAnswered()
    },
  }
  return {
    start: (from) => {
      listen()
      stop = client.watch({ collection, from, timeoutSeconds: timeoutSeconds(random()) }, listener)
    },
    stop: () => {
      silence.cancel()
      stop()
    },
  }
}

const startList = (
  { client, onAnswered }: ReflectorDeps,
  collection: Collection,
  tell: Tell,
): void => {
  void client
    .list(collection)()
    .then((result) => {
      pipe(
        result,
        E.match(
          (failure): ReflectorInput => ({ _tag: 'Ended', failure: O.some(failure) }),
          (list): ReflectorInput => ({ _tag: 'Listed', list }),
        ),
        tell,
      )
      onAnswered()
    })
}

/** Does what the state machine says. */
const executor = (
  deps: ReflectorDeps,
  collection: Collection,
  tell: Tell,
): { readonly execute: (command: ReflectorCommand) => void; readonly quiet: IO<void> } => {
  const { cached } = deps
  const watch = watching(deps, collection, tell)
  const waiting = timer(deps.clock)
  const collected = new Map<string, KubeObject>()

  const startWatch = (from: WatchRequest['from']): void => {
    collected.clear()
    if (from._tag === 'InitialEvents')
      waiting.set(INITIAL_EVENTS_MS, () => tell({ _tag: 'NeverComplete' }))
    watch.start(from)
  }
  const replaceByCollected = (resourceVersion: string): void => {
    waiting.cancel()
    cached.replace([...collected.values()], resourceVersion)
    collected.clear()
  }
  const execute = (command: ReflectorCommand): void => {
    switch (command._tag) {
      case 'StartWatch':
        return startWatch(command.from)
      case 'StartList':
        return startList(deps, collection, tell)
      case 'StopWatch':
        return watch.stop()
      case 'Wait':
        return waiting.set(command.ms, () => tell({ _tag: 'TimerFired' }))
      case 'Collect':
        collected.set(keyOf(refOf(command.object)), cached.arrived(command.object))
        return undefined
      case 'Uncollect':
        collected.delete(keyOf(refOf(command.object)))
        return undefined
      case 'ReplaceByCollected':
        return replaceByCollected(command.resourceVersion)
      case 'Replace':
        return cached.replace(command.list.items, command.list.resourceVersion)
      case 'Put':
        return cached.put(command.object)
      case 'Remove':
        return cached.remove(command.object)
      case 'ReportAbsent':
        waiting.cancel()
        cached.absent()
        return deps.onAbsent()
      case 'ReportProblem':
        cached.problem(command.message)
        return deps.onProblem(command.message)
      case 'RefuseStreaming':
        return deps.streaming.refuse()
    }
  }
  return {
    execute,
    quiet: () => {
      waiting.cancel()
      watch.stop()
    },
  }
}

/**
 * Keeps a collection of the cache as the cluster has it.
 *
 * Expected flow: see `reflectorStep`, which decides; this does what it says.
 * Guarantees: one request at a time. A connection that has gone silent is dropped and resumed after
 * four minutes. Nothing happens after `stop`.
 */
export const reflector = (deps: ReflectorDeps, collection: Collection): Reflector => {
  let state: ReflectorState = { _tag: 'Absent' }
  let over = false
  const tell = (input: ReflectorInput): void => {
    if (over) return
    const environment = {
      nowMs: deps.clock.monotonicMs(),
      random: deps.random(),
      streamingLists: deps.streaming.supported(),
    }
    const step = reflectorStep(environment, state, input)
    state = step.state
    step.commands.forEach(execute)
  }
  const { execute, quiet } = executor(deps, collection, tell)
  return {
    served: () => tell({ _tag: 'Served' }),
    stop: () => {
      over = true
      quiet()
    },
  }
}
