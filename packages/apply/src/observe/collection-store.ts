import {
  keyOf,
  refOf,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import { isOlder, versionOf } from './resource-version'
import { sameSubstance } from './same-substance'

type Entry = {
  readonly object: KubeObject
  /** The answer to a write of ours that the watch has not shown yet. */
  readonly ahead: boolean
}

/** The objects of one collection. Its functions say whether anything but a resource version changed. */
export type CollectionStore = {
  /** What a watch shows. Ignored when a newer one is known. */
  readonly put: (object: KubeObject) => boolean
  readonly remove: (object: KubeObject) => boolean
  /** A complete list. What is not in it is gone, but for what we wrote after it was made. */
  readonly replace: (objects: ReadonlyArray<KubeObject>, resourceVersion: string) => boolean
  /** The answer to a write of ours: known at once, before the watch shows it. */
  readonly putWritten: (object: KubeObject) => boolean
  /** The object of that uid is gone for good, whatever a late event says. */
  readonly removeWritten: (ref: ObjectRef, uid: string) => boolean
  readonly objects: () => ReadonlyArray<KubeObject>
}

const differs = (before: Entry | undefined, after: KubeObject): boolean =>
  before === undefined || !sameSubstance(before.object, after)

/** An empty store. Mutable: this and the reflectors are all there is of long-lived state. */
export const collectionStore = (): CollectionStore => {
  const entries = new Map<string, Entry>()
  const gone = new Map<string, string>()
  // Events come in order: whatever is not newer than this has been shown, even if it is no longer there.
  let shown = ''
  const key = (object: KubeObject): string => keyOf(refOf(object))
  const isGone = (object: KubeObject): boolean =>
    object.metadata.uid !== undefined && gone.get(key(object)) === object.metadata.uid

  const putIfNewer = (object: KubeObject, ahead: boolean): boolean => {
    const before = entries.get(key(object))
    const known = before !== undefined && isOlder(versionOf(object), versionOf(before.object))
    if (known || isGone(object)) return false
    entries.set(key(object), { object, ahead })
    return differs(before, object)
  }

  const newerOf = (object: KubeObject): Entry => {
    const before = entries.get(key(object))
    return before?.ahead === true && isOlder(versionOf(object), versionOf(before.object))
      ? before
      : { object, ahead: false }
  }

  const replace = (objects: ReadonlyArray<KubeObject>, resourceVersion: string): boolean => {
    const next = new Map<string, Entry>()
    objects
      .filter((object) => !isGone(object))
      .forEach((object) => next.set(key(object), newerOf(object)))
    entries.forEach((entry, at) => {
      const writtenSince = entry.ahead && isOlder(resourceVersion, versionOf(entry.object))
      if (writtenSince && !next.has(at)) next.set(at, entry)
    })
    shown = resourceVersion
    const changed =
      next.size !== entries.size ||
      [...next].some(([at, { object }]) => differs(entries.get(at), object))
    const listed = new Set(objects.map(key))
    gone.forEach((_, at) => listed.has(at) || gone.delete(at))
    entries.clear()
    next.forEach((entry, at) => entries.set(at, entry))
    return changed
  }

  return {
    put: (object) => {
      shown = versionOf(object)
      return putIfNewer(object, false)
    },
    remove: (object) => {
      shown = versionOf(object)
      const at = key(object)
      if (gone.get(at) === object.metadata.uid) gone.delete(at)
      const before = entries.get(at)
      if (before === undefined || isOlder(versionOf(object), versionOf(before.object))) return false
      return entries.delete(at)
    },
    replace,
    putWritten: (object) =>
      (shown === '' || isOlder(shown, versionOf(object))) && putIfNewer(object, true),
    removeWritten: (ref, uid) => {
      const at = keyOf(ref)
      gone.set(at, uid)
      return entries.get(at)?.object.metadata.uid === uid && entries.delete(at)
    },
    objects: () => [...entries.values()].map(({ object }) => object),
  }
}
