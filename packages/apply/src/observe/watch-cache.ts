import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'

import {
  groupOf,
  refOf,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import type { Collection } from '../client/kube-client'
import type { Redact, Written } from '../ports'
import { collectionStore, type CollectionStore } from './collection-store'
import type { Unsynced } from './observe-error'

/** How far one collection is. */
type Progress =
  | { readonly _tag: 'Unsynced'; readonly problem: O.Option<string> }
  | { readonly _tag: 'Synced' }
  /** The cluster does not serve the kind: there are none, and that is known. */
  | { readonly _tag: 'Absent' }

/** What a reflector writes to. */
export type CachedCollection = {
  readonly put: (object: KubeObject) => void
  readonly remove: (object: KubeObject) => void
  readonly replace: (objects: ReadonlyArray<KubeObject>, resourceVersion: string) => void
  readonly absent: () => void
  /** Why it is not synced. Of no interest once it has been. */
  readonly problem: (message: string) => void
}

export type WatchCache = {
  readonly collections: ReadonlyArray<readonly [Collection, CachedCollection]>
  readonly objects: IO<ReadonlyArray<KubeObject>>
  /** Collections that are not known yet; once known, a collection stays known, if perhaps late. */
  readonly unsynced: IO<ReadonlyArray<Unsynced>>
  /** Writes the answer of a write of ours through, so that the next pass does not act on what was before. */
  readonly remember: (written: Written) => IO<void>
}

/** The part of an object that is worth keeping, given whether only metadata is looked at. */
export type Keep = (object: KubeObject, metadataOnly: boolean) => KubeObject

export type WatchCacheDeps = {
  readonly redact: Redact
  readonly keep: Keep
  /** Called after every change that facts could be read from. */
  readonly onChange: IO<void>
}

type Slot = {
  readonly collection: Collection
  readonly store: CollectionStore
  readonly cached: CachedCollection
  readonly progress: IO<Progress>
  readonly kept: (object: KubeObject) => KubeObject
}

const covers =
  ({ apiVersion, kind, namespace, name }: Collection) =>
  (ref: ObjectRef): boolean =>
    kind === ref.kind &&
    groupOf(apiVersion) === groupOf(ref.apiVersion) &&
    (namespace === undefined || namespace === ref.namespace) &&
    (name === undefined || name === ref.name)

const slot = ({ redact, keep, onChange }: WatchCacheDeps, collection: Collection): Slot => {
  const store = collectionStore()
  let progress: Progress = { _tag: 'Unsynced', problem: O.none }
  const kept = (object: KubeObject): KubeObject =>
    keep(redact(object), collection.metadataOnly === true)
  const tell = (changed: boolean): void => (changed ? onChange() : undefined)
  const reach = (next: Progress): boolean => {
    const changed = progress._tag !== next._tag
    progress = next
    return changed
  }
  return {
    collection,
    store,
    kept,
    progress: () => progress,
    cached: {
      put: (object) => tell(store.put(kept(object))),
      remove: (object) => tell(store.remove(object)),
      replace: (objects, resourceVersion) => {
        const changed = store.replace(objects.map(kept), resourceVersion)
        tell(reach({ _tag: 'Synced' }) || changed)
      },
      absent: () => {
        const changed = store.replace([], '')
        tell(reach({ _tag: 'Absent' }) || changed)
      },
      problem: (message) => {
        if (progress._tag === 'Unsynced') progress = { _tag: 'Unsynced', problem: O.some(message) }
      },
    },
  }
}

const unsyncedOf = ({ collection, progress }: Slot): ReadonlyArray<Unsynced> => {
  const now = progress()
  if (now._tag !== 'Unsynced') return []
  return [O.isSome(now.problem) ? { collection, problem: now.problem.value } : { collection }]
}

const rememberIn = (slots: ReadonlyArray<Slot>, written: Written): boolean => {
  const ref = written._tag === 'Put' ? refOf(written.object) : written.ref
  return slots
    .filter(({ collection }) => covers(collection)(ref))
    .map(({ store, kept }) =>
      written._tag === 'Put'
        ? store.putWritten(kept(written.object))
        : store.removeWritten(written.ref, written.uid),
    )
    .some((changed) => changed)
}

/**
 * What is known of the cluster.
 *
 * Guarantees: holds no secret values (they are replaced by digests on the way in) and only what `keep`
 * returns. An older state never replaces a newer one.
 */
export const watchCache = (
  deps: WatchCacheDeps,
  collections: ReadonlyArray<Collection>,
): WatchCache => {
  const slots = collections.map((collection) => slot(deps, collection))
  return {
    collections: slots.map(({ collection, cached }) => [collection, cached] as const),
    objects: () => slots.flatMap(({ store }) => store.objects()),
    unsynced: () => slots.flatMap(unsyncedOf),
    remember: (written) => () => (rememberIn(slots, written) ? deps.onChange() : undefined),
  }
}
