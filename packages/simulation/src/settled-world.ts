import type { ObjectDatabase } from '@image-registry-operator/apply/testing'
import {
  isJsonObject,
  type Json,
  type JsonArray,
  type KubeObject,
} from '@image-registry-operator/render/model'

import type { Things } from './storages'

/** What says when, by which request or under which address; two histories differ in it, and two worlds do not. */
const BY_CHANCE: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'observedGeneration',
  'lastGeneration',
  'creationTimestamp',
  'managedFields',
  'lastTransitionTime',
  'lastUpdateTime',
  'clusterIP',
  'clusterIPs',
  'completionTime',
])

/** A message says when something has come to its end. */
const MOMENT = /\d{4}-\d\d-\d\dT[\d:]+Z/g

/** Lists whose order says nothing: what is written first stays first. */
const UNORDERED: ReadonlySet<string> = new Set([
  'generations',
  'conditions',
  'env',
  'volumes',
  'volumeMounts',
])

const keyOf = (item: Json): string =>
  isJsonObject(item) ? JSON.stringify([item['type'], item['resource'], item['name']]) : ''

const sorted = (list: JsonArray): JsonArray =>
  [...list].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

const essence = (key: string, value: Json): Json => {
  if (Array.isArray(value)) return UNORDERED.has(key) ? sorted(value) : value
  if (key === 'message' && typeof value === 'string') return value.replace(MOMENT, 'then')
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => !BY_CHANCE.has(name))
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      )
    : value
}

/** Most objects are the same ones in every history. */
const lines = new WeakMap<KubeObject, string>()

const lineOf = (object: KubeObject): string => {
  const { kind, metadata } = object
  const line =
    lines.get(object) ??
    `${kind} ${metadata.namespace ?? ''}/${metadata.name} ${JSON.stringify(object, essence)}`
  lines.set(object, line)
  return line
}

/** Everything that there is, one line each. */
export const settledWorld = (database: ObjectDatabase, things: Things): string =>
  [
    ...database
      .everything()
      .filter(([{ kind }]) => kind !== 'Lease' && kind !== 'Event')
      .map(([, object]) => lineOf(object)),
    ...[...things].map(
      ([key, { madeBy, ...thing }]) =>
        `storage ${key} ${madeBy === 'somebody' ? 'somebody’s' : 'ours'} ${JSON.stringify(thing, essence)}`,
    ),
  ]
    .sort()
    .join('\n')
