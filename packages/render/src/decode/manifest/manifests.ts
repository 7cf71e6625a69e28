import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'

import {
  isJsonObject,
  keyOf,
  refOf,
  type JsonObject,
  type KubeObject,
  type Snapshot,
  type UnreadableObject,
} from '../../model'

import { onceKnown } from '../../once-known'
import { DEEPEST_LIST, listItems } from './list-items'
import { manifest } from './manifest'
import { redactManifest } from './redact'
import { withinDepth } from './within-depth'

/** A snapshot taken apart: each object once, by key. */
type Manifests = {
  readonly objects: ReadonlyArray<KubeObject>
  readonly discoveries: ReadonlyArray<JsonObject>
  readonly unreadable: ReadonlyArray<UnreadableObject>
}

const isDiscovery = (value: unknown): value is JsonObject =>
  isJsonObject(value) && value['kind'] === 'APIGroupDiscoveryList'

const flattened =
  (depth: number) =>
  (value: unknown): ReadonlyArray<unknown> => {
    // Empty YAML documents are null.
    if (value === null || value === undefined) return []
    if (!isJsonObject(value) || isDiscovery(value)) return [value]
    const items = depth < DEEPEST_LIST ? listItems(value) : undefined
    return items === undefined ? [value] : items.flatMap(flattened(depth + 1))
  }

// Resource versions are decimal numbers that may exceed what a number holds exactly (KEP-5504).
const revision = ({ metadata }: KubeObject): bigint | undefined =>
  metadata.resourceVersion !== undefined && /^\d{1,40}$/.test(metadata.resourceVersion)
    ? BigInt(metadata.resourceVersion)
    : undefined

type Versions = readonly [KubeObject, ...KubeObject[]]

/** Of several copies the newest; where that cannot be told, the last in the snapshot. */
const newest = ([first, ...rest]: Versions): KubeObject => {
  const last = rest.at(-1) ?? first
  if (rest.length === 0 || [first, ...rest].some((copy) => revision(copy) === undefined))
    return last
  return rest.reduce(
    (best, copy) => ((revision(copy) ?? 0n) >= (revision(best) ?? 0n) ? copy : best),
    first,
  )
}

const byKey = (objects: ReadonlyArray<KubeObject>): ReadonlyMap<string, Versions> =>
  objects.reduce((copies, object) => {
    const key = keyOf(refOf(object))
    const known = copies.get(key)
    if (known === undefined) return copies.set(key, [object])
    known.push(object)
    return copies
  }, new Map<string, [KubeObject, ...KubeObject[]]>())

const sortedByKey = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<KubeObject> =>
  [...byKey(objects)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, copies]) => newest(copies))

const withoutSecrets = onceKnown((value: JsonObject) => redactManifest(withinDepth(value)))
const manifestOf = onceKnown((value: JsonObject) => manifest(value))

/** The objects of a snapshot in the order of their keys: Lists opened, secrets hidden, duplicates resolved. */
export const manifests = (snapshot: Snapshot): Manifests => {
  const values = snapshot
    .flatMap(flattened(0))
    .map((value) => (isJsonObject(value) ? withoutSecrets(value) : value))
  const { left, right } = pipe(
    values.filter((value) => !isDiscovery(value)),
    RA.partitionMap((value) => (isJsonObject(value) ? manifestOf(value) : manifest(value))),
  )
  return { objects: sortedByKey(right), discoveries: values.filter(isDiscovery), unreadable: left }
}
