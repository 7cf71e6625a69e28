import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import * as RA from 'fp-ts/ReadonlyArray'

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
import { secretValues, type SecretValues } from './secret-values'

/** How far one collection is. */
type Progress =
  | { readonly _tag: 'Unsynced'; readonly problem: O.Option<string> }
  | { readonly _tag: 'Synced' }
  /** The cluster does not serve the kind: there are none, and that is known. */
  | { readonly _tag: 'Absent' }

/** What a reflector writes to. */
export type CachedCollection = {
  /** What has to be held of an object until the list that it belongs to is complete. */
  readonly arrived: (object: KubeObject) => KubeObject
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
  /** The secret values of an object that is watched; they are in none of the `objects`. */
  readonly valuesOf: (ref: ObjectRef) => O.Option<KubeObject>
  /** Collections that are waited for and not known yet; once known, a collection stays known, if perhaps late. */
  readonly unsynced: IO<ReadonlyArray<Unsynced>>
  /** Writes the answer of a write of ours through, so that the next pass does not act on what was before. */
  readonly remember: (written: Written) => IO<void>
}

/** The part of an object that is worth keeping, given whether only metadata is looked at. */
export type Keep = (object: KubeObject, metadataOnly: boolean) => KubeObject

export type WatchCacheDeps = {
  readonly redact: Redact
  readonly keep: Keep
  /** Called after every change that facts could be read from; not for what is optional. */
  readonly onChange: IO<void>
}

type Slot = {
  readonly collection: Collection
  readonly store: CollectionStore
  readonly cached: CachedCollection
  readonly values: SecretValues
  readonly progress: IO<Progress>
  readonly kept: (object: KubeObject) => KubeObject
  /** Whether a change is worth a pass. */
  readonly matters: boolean
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
  const values = secretValues()
  const matters = collection.optional !== true
  let progress: Progress = { _tag: 'Unsynced', problem: O.none }
  const kept = (object: KubeObject): KubeObject =>
    keep(redact(object), collection.metadataOnly === true)
  const read = (object: KubeObject): KubeObject => {
    const redacted = redact(object)
    values.put(object, redacted)
    return keep(redacted, collection.metadataOnly === true)
  }
  const tell = (changed: boolean): void => (changed && matters ? onChange() : undefined)
  const reach = (next: Progress): boolean => {
    const changed = progress._tag !== next._tag
    progress = next
    return changed
  }
  return {
    collection,
    store,
    values,
    kept,
    matters,
    progress: () => progress,
    cached: {
      // There may be tens of thousands of what is only counted.
      arrived: matters ? (object) => object : kept,
      put: (object) => tell(store.put(read(object))),
      remove: (object) => {
        values.remove(refOf(object))
        tell(store.remove(object))
      },
      replace: (objects, resourceVersion) => {
        values.clear()
        const changed = store.replace(objects.map(read), resourceVersion)
        tell(reach({ _tag: 'Synced' }) || changed)
      },
      absent: () => {
        values.clear()
        const changed = store.replace([], '')
        tell(reach({ _tag: 'Absent' }) || changed)
      },
      problem: (message) => {
        if (progress._tag === 'Unsynced') progress = { _tag: 'Unsynced', problem: O.some(message) }
      },
    },
  }
}

const unsyncedOf = ({ collection, progress, matters }: Slot): ReadonlyArray<Unsynced> => {
  const now = progress()
  if (now._tag !== 'Unsynced' || !matters) return []
  return [O.isSome(now.problem) ? { collection, problem: now.problem.value } : { collection }]
}

const rememberIn = (slots: ReadonlyArray<Slot>, written: Written): boolean => {
  const ref = written._tag === 'Put' ? refOf(written.object) : written.ref
  return slots
    .filter(({ collection }) => covers(collection)(ref))
    .map((one) => rememberInOne(one, written))
    .some((changed) => changed)
}

/** What was written comes without its values: those that are known stay, until the watch shows others. */
const rememberInOne = ({ store, values, kept }: Slot, written: Written): boolean => {
  if (written._tag === 'Put') return store.putWritten(kept(written.object))
  values.remove(written.ref)
  return store.removeWritten(written.ref, written.uid)
}

/**
 * What is known of the cluster.
 *
 * Guarantees: the objects hold no secret values (they are replaced by digests on the way in) and only what `keep`
 * returns. An older state never replaces a newer one. Values that may have to be copied are held apart, and go with
 * their object.
 */
export const watchCache = (
  deps: WatchCacheDeps,
  collections: ReadonlyArray<Collection>,
): WatchCache => {
  const slots = collections.map((collection) => slot(deps, collection))
  return {
    collections: slots.map(({ collection, cached }) => [collection, cached] as const),
    objects: () => slots.flatMap(({ store }) => store.objects()),
    valuesOf: (ref) =>
      pipe(
        slots,
        RA.findFirstMap(({ values }) => values.of(ref)),
      ),
    unsynced: () => slots.flatMap(unsyncedOf),
    remember: (written) => () => (rememberIn(slots, written) ? deps.onChange() : undefined),
  }
}
