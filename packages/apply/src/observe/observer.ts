import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import type { TaskEither } from 'fp-ts/TaskEither'

import {
  groupOf,
  type JsonObject,
  type KubeObject,
  type Snapshot,
} from '@image-registry-operator/render/model'

import type { Collection, KubeClient, RequestFailure } from '../client/kube-client'
import { showFailure } from '../client/kube-error'
import type { Clock } from '../clock'
import type { Redact, Written } from '../perform/perform-deps'
import { backoffMs } from './backoff'
import type { ObserveError } from './observe-error'
import { reflector, streamingSupport, type Reflector, type StreamingSupport } from './reflector'
import { isServed } from './served'
import { snapshot } from './snapshot'
import { watchCache, type CachedCollection } from './watch-cache'

export type ObserverDeps = {
  readonly client: Pick<KubeClient, 'list' | 'watch' | 'discover'>
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: IO<number>
  readonly redact: Redact
  /** Something changed that facts could be read from. May be called often; the caller coalesces. */
  readonly onChange: IO<void>
  /** For the log: a request of ours failed and will be tried again. */
  readonly onProblem: (collection: Collection, message: string) => void
}

/** Looks at the cluster until it is stopped. */
export type Observer = {
  /** What is known now, or what is not known yet. Costs no request. */
  readonly snapshot: TaskEither<ObserveError, Snapshot>
  /** Tells what a write of ours left behind. */
  readonly remember: (written: Written) => IO<void>
  /** Everything has been read at least once. */
  readonly isSynced: IO<boolean>
  readonly stop: IO<void>
}

/** Whoever has just installed our definitions should not wait; whoever never will should not be asked often. */
const REDISCOVER_SOON_MS = 60_000
const REDISCOVER_LATER_MS = 300_000

const DISCOVERY: Collection = { apiVersion: 'v1', kind: 'APIGroupDiscoveryList', plural: 'apis' }

type Watched = {
  readonly collection: Collection
  readonly cached: CachedCollection
  readonly reflector: Reflector
}

const rediscoverMs = (attempt: number, random: number): number => {
  const soon = 1000 * 2 ** attempt
  return (soon < REDISCOVER_SOON_MS ? soon : REDISCOVER_LATER_MS) * (1 + random / 10)
}

/**
 * Starts to look at the collections.
 *
 * Expected flow: one discovery; what is served is watched, what is not counts as empty, and is looked for again,
 * after 1, 2, 4 … seconds and then every five minutes.
 * Guarantees: a cluster that serves everything is discovered once. The first watch goes alone, so that a
 * server that does not stream lists says so once and not once per kind.
 */
export const startObserver =
  (deps: ObserverDeps, collections: ReadonlyArray<Collection>): IO<Observer> =>
  () => {
    let manifest: O.Option<JsonObject> = O.none
    let attempt = 0
    let hurriedMs = deps.clock.monotonicMs()
    let probed = false
    let over = false
    let cancelTimer: IO<void> = () => undefined
    const missing = new Set<Collection>(collections)
    const streaming = streamingSupport()
    let rest: ReadonlyArray<Watched> = []

    const cache = watchCache({ redact: deps.redact, onChange: deps.onChange }, collections)

    const startRest = (): void => {
      probed = true
      const waiting = rest
      rest = []
      waiting.forEach((one) => one.reflector.served())
    }
    const watched = cache.collections.map(([collection, cached]): Watched => ({
      collection,
      cached,
      reflector: watch({ ...deps, streaming }, collection, {
        cached: isDefinition(collection)
          ? { ...cached, put: (object) => defined(cached, object) }
          : cached,
        onAnswered: startRest,
        onAbsent: () => becameAbsent(collection),
      }),
    }))

    const schedule = (ms: number): void => {
      cancelTimer()
      if (!over) cancelTimer = deps.clock.after(ms, discover)
    }

    /** Starts over with short waits, unless that has just been done: a kind may come and go. */
    const rediscover = (): void => {
      const now = deps.clock.monotonicMs()
      if (now - hurriedMs > REDISCOVER_LATER_MS) {
        attempt = 0
        hurriedMs = now
      }
      schedule(rediscoverMs(attempt, deps.random()))
    }

    const becameAbsent = (collection: Collection): void => {
      missing.add(collection)
      rediscover()
    }

    const defined = (cached: CachedCollection, object: KubeObject): void => {
      cached.put(object)
      if (missing.size > 0) rediscover()
    }

    const discovered = (found: JsonObject): void => {
      const before = manifest
      manifest = O.some(found)
      const served = isServed(found)
      const start = watched.filter((one) => missing.has(one.collection) && served(one.collection))
      start.forEach((one) => missing.delete(one.collection))
      watched.filter((one) => missing.has(one.collection)).forEach((one) => one.cached.absent())
      rest = [...rest, ...(probed ? [] : start.slice(1))]
      start.slice(0, probed ? start.length : 1).forEach((one) => one.reflector.served())
      if (JSON.stringify(before) !== JSON.stringify(manifest)) deps.onChange()
      if (missing.size > 0) schedule(rediscoverMs(attempt, deps.random()))
      attempt = attempt + 1
    }

    const undiscovered = (failure: RequestFailure): void => {
      watched
        .filter((one) => missing.has(one.collection))
        .forEach((one) => one.cached.problem(showFailure(failure)))
      deps.onProblem(DISCOVERY, showFailure(failure))
      attempt = attempt + 1
      schedule(backoffMs(attempt, deps.random()))
    }

    const discover = (): void => {
      void deps.client.discover().then((found) => {
        if (!over) E.match(undiscovered, discovered)(found)
      })
    }

    discover()
    return {
      snapshot: snapshot(cache, () => manifest),
      remember: cache.remember,
      isSynced: () => cache.unsynced().length === 0,
      stop: () => {
        over = true
        cancelTimer()
        watched.forEach((one) => one.reflector.stop())
      },
    }
  }

/** The definition of a kind that we wait for may just have been installed. */
const isDefinition = ({ apiVersion, kind }: Collection): boolean =>
  kind === 'CustomResourceDefinition' && groupOf(apiVersion) === 'apiextensions.k8s.io'

const watch = (
  deps: ObserverDeps & { readonly streaming: StreamingSupport },
  collection: Collection,
  hooks: {
    readonly cached: CachedCollection
    readonly onAnswered: IO<void>
    readonly onAbsent: IO<void>
  },
): Reflector =>
  reflector(
    {
      client: deps.client,
      clock: deps.clock,
      random: deps.random,
      streaming: deps.streaming,
      onProblem: (message) => deps.onProblem(collection, message),
      ...hooks,
    },
    collection,
  )
