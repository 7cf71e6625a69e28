import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import type { TaskEither } from 'fp-ts/TaskEither'

import {
  groupOf,
  type JsonObject,
  type KubeObject,
  type ObjectRef,
  type Snapshot,
} from '@image-registry-operator/render/model'

import type { Collection, KubeClient } from '../client/kube-client'
import { showFailure } from '../client/kube-error'
import type { Clock } from '../clock'
import type { Redact, Written } from '../ports'
import { startDiscoveryLoop } from './discovery-loop'
import type { ObserveError } from './observe-error'
import { reflector, streamingSupport, type Reflector, type StreamingSupport } from './reflector'
import { isExcluded, isServed } from './served'
import { snapshot } from './snapshot'
import { watchCache, type CachedCollection, type Keep } from './watch-cache'

export type ObserverDeps = {
  readonly client: Pick<KubeClient, 'list' | 'watch' | 'discover'>
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: IO<number>
  readonly redact: Redact
  readonly keep: Keep
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
  /** The secret values of an object that is watched: for `performPlan`, and nobody else. */
  readonly valuesOf: (ref: ObjectRef) => O.Option<KubeObject>
  /** Everything that is waited for has been read at least once. */
  readonly isSynced: IO<boolean>
  readonly stop: IO<void>
}

const DISCOVERY: Collection = { apiVersion: 'v1', kind: 'APIGroupDiscoveryList', plural: 'apis' }

type Watched = {
  readonly collection: Collection
  readonly cached: CachedCollection
  readonly reflector: Reflector
}

/** Starts one, and the others once that one has been answered. */
const starter = (): {
  readonly start: (watched: ReadonlyArray<Watched>) => void
  readonly answered: IO<void>
} => {
  let probed = false
  let waiting: ReadonlyArray<Watched> = []
  const startAll = (watched: ReadonlyArray<Watched>): void =>
    watched.forEach((one) => one.reflector.served())
  return {
    start: (watched) => {
      const first = probed ? watched : watched.slice(0, waiting.length === 0 ? 1 : 0)
      waiting = [...waiting, ...watched.slice(first.length)]
      startAll(first)
    },
    answered: () => {
      probed = true
      const ready = waiting
      waiting = []
      startAll(ready)
    },
  }
}

/**
 * Starts to look at the collections.
 *
 * Expected flow: discovery; what is served is watched, what is not counts as empty until discovery finds it.
 * Guarantees: no request for what is not served. The first watch goes alone, so that a server that does not
 * stream lists says so once and not once per kind.
 */
export const startObserver =
  (deps: ObserverDeps, collections: ReadonlyArray<Collection>): IO<Observer> =>
  () => {
    let manifest: O.Option<JsonObject> = O.none
    const missing = new Set<Collection>(collections)
    const { start, answered } = starter()
    const streaming = streamingSupport()
    const cache = watchCache(deps, collections)
    const watched = cache.collections.map(([collection, cached]): Watched => ({
      collection,
      cached,
      reflector: watch({ ...deps, streaming }, collection, {
        cached: isDefinition(collection)
          ? { ...cached, put: (object) => definitionPut(cached, object) }
          : cached,
        onAnswered: answered,
        onAbsent: () => {
          missing.add(collection)
          discovery.doubt()
        },
      }),
    }))
    const lacking = (): ReadonlyArray<Watched> =>
      watched.filter((one) => missing.has(one.collection))

    const discovery = startDiscoveryLoop({
      client: deps.client,
      clock: deps.clock,
      random: deps.random,
      isLacking: () => missing.size > 0,
      onFound: (found) => {
        const before = JSON.stringify(manifest)
        manifest = O.some(found)
        // Also of what is watched already: an earlier answer may have been incomplete.
        const excluded = watched.filter((one) => isExcluded(found)(one.collection))
        excluded.forEach((one) => {
          missing.delete(one.collection)
          one.reflector.stop()
          one.cached.absent()
        })
        const served = lacking().filter((one) => isServed(found)(one.collection))
        served.forEach((one) => missing.delete(one.collection))
        lacking().forEach((one) => one.cached.absent())
        start(served)
        if (before !== JSON.stringify(manifest)) deps.onChange()
      },
      onFailed: (failure) => {
        lacking().forEach((one) => one.cached.problem(showFailure(failure)))
        deps.onProblem(DISCOVERY, showFailure(failure))
      },
    })
    const definitionPut = (cached: CachedCollection, object: KubeObject): void => {
      cached.put(object)
      discovery.hurry()
    }

    return {
      snapshot: snapshot(cache, () => manifest),
      remember: cache.remember,
      valuesOf: cache.valuesOf,
      isSynced: () => cache.unsynced().length === 0,
      stop: () => {
        discovery.stop()
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
