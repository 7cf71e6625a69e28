import type { ObjectDatabase } from '@image-registry-operator/apply/testing'
import { isJsonObject, type Json, type JsonArray } from '@image-registry-operator/render/model'

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
])

/** Lists whose order says nothing: what is written first stays first. */
const UNORDERED: ReadonlySet<string> = new Set(['generations', 'conditions'])

const keyOf = (item: Json): string =>
  isJsonObject(item) ? JSON.stringify([item['type'], item['resource'], item['name']]) : ''

const sorted = (list: JsonArray): JsonArray =>
  [...list].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

const essence = (key: string, value: Json): Json => {
  if (Array.isArray(value)) return UNORDERED.has(key) ? sorted(value) : value
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => !BY_CHANCE.has(name))
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      )
    : value
}

/** Everything that there is, one line each. */
export const settledWorld = (database: ObjectDatabase, things: Things): string =>
  [
    ...database
      .everything()
      .filter(([{ kind }]) => kind !== 'Lease' && kind !== 'Event')
      .map(
        ([{ kind }, object]) =>
          `${kind} ${object.metadata.namespace ?? ''}/${object.metadata.name} ${JSON.stringify(object, essence)}`,
      ),
    ...[...things].map(
      ([key, { madeBy, ...thing }]) =>
        `storage ${key} ${madeBy === 'somebody' ? 'somebody’s' : 'ours'} ${JSON.stringify(thing, essence)}`,
    ),
  ]
    .sort()
    .join('\n')
