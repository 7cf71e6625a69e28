import {
  isJsonArray,
  objectsOf,
  textOf,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

import { keyOfPlace, placeOf } from './place'
import { CONFIG, objectAt, type WorldEnd } from './world-end'

const LEFT_BEHIND = 'StorageLeftBehind'
const HTTP_SECRET = 'Secret openshift-image-registry/image-registry-private-configuration'

/** What is made for images, and is not made again when something else is wanted. */
const MADE = /^(storage .* ours|PersistentVolumeClaim .*\/image-registry-storage)$/

/** On plain Kubernetes: passwords that were made once count again when they are asked for again. */
const PASSWORDS = /^Secret \S+\/image-registry-(first-user|htpasswd)$/

/** On plain Kubernetes it stays as long as its Jobs are reports; it starts nothing any more. */
const CLEAN_UP = 'CronJob openshift-image-registry/image-pruner'
const ASLEEP: JsonObject = { spec: { suspend: true } }

/** Who has written into which container is remembered as long as the Config is there. */
const WRITERS = 'imageregistry.operator.openshift.io/storage-written-by'

/** What of a registry that is left alone still goes its way, or says how it is. */
const NOT_LEFT_ALONE =
  /^(Config|ClusterOperator|ImagePruner|CronJob|APIServer|Image|Secret \S+-user) ?/

const specOf = (end: WorldEnd): JsonObject => objectAt(end.get(CONFIG), 'spec')
const usedPlace = (end: WorldEnd): string => placeOf(objectAt(end.get(CONFIG), 'status', 'storage'))
const wantedPlace = (end: WorldEnd): string => placeOf(objectAt(specOf(end), 'storage'))

const isRemoved = (end: WorldEnd): boolean => specOf(end)['managementState'] === 'Removed'
const isLeftAlone = (end: WorldEnd): boolean => specOf(end)['managementState'] === 'Unmanaged'

/** Everything goes with its registry that is ours, unless the edit that removes the registry says otherwise. */
const goesWithRegistry = (before: WorldEnd, fresh: WorldEnd): boolean => {
  const { managementState = '' } = objectAt(specOf(fresh), 'storage')
  const place = usedPlace(before)
  if (!isRemoved(fresh) || !before.has(keyOfPlace(place))) return false
  return wantedPlace(fresh) === place
    ? managementState !== 'Unmanaged'
    : managementState === 'Managed' && !place.startsWith('pvc/')
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isJsonArray(value)

/** What has been set stays set; where both say something, what is wanted now counts. */
const over = (before: Json | undefined, now: Json): Json =>
  isObject(before) && isObject(now)
    ? {
        ...before,
        ...Object.fromEntries(
          Object.entries(now).map(([name, value]) => [name, over(before[name], value)]),
        ),
      }
    : now

/** A storage that was there before keeps its images and all that is set on it. */
const keptThing = (before: JsonObject | undefined, now: JsonObject): JsonObject =>
  before === undefined
    ? now
    : { ...objectAt({ all: over(before, now) }, 'all'), images: before['images'] ?? 0 }

const conditionsOf = (config: JsonObject): ReadonlyArray<JsonObject> =>
  objectsOf(objectAt(config, 'status')['conditions'])

const withConditions = (config: JsonObject, conditions: ReadonlyArray<JsonObject>): JsonObject => ({
  ...config,
  status: {
    ...objectAt(config, 'status'),
    conditions: [...conditions].sort((one, other) =>
      textOf(one['type']) < textOf(other['type']) ? -1 : 1,
    ),
  },
})

/** Which storage a Config says was in use before. */
const leftBehind = (before: WorldEnd, fresh: WorldEnd): string => {
  const place = usedPlace(before)
  return place === '' || place === wantedPlace(fresh) || goesWithRegistry(before, fresh)
    ? ''
    : place
}

const toldConfig = (before: WorldEnd, fresh: WorldEnd): JsonObject => {
  const [former, config] = [objectAt(before.get(CONFIG)), objectAt(fresh.get(CONFIG))]
  const place = leftBehind(before, fresh)
  const { finalizers } = objectAt(former, 'metadata')
  const { [WRITERS]: writers } = objectAt(former, 'metadata', 'annotations')
  const told =
    place === ''
      ? []
      : [{ type: LEFT_BEHIND, status: 'True', reason: 'ImagesNotMoved', message: place }]
  return withConditions(
    {
      ...config,
      metadata: {
        ...objectAt(config, 'metadata'),
        ...(finalizers === undefined ? {} : { finalizers }),
        ...(writers === undefined
          ? {}
          : {
              annotations: {
                [WRITERS]: writers,
                ...objectAt(config, 'metadata', 'annotations'),
              },
            }),
      },
    },
    [...conditionsOf(config), ...told],
  )
}

/** A secret that was there before still signs what was begun with it. */
const keptSecret = (before: WorldEnd, fresh: WorldEnd): ReadonlyArray<[string, JsonObject]> => {
  const [former, now] = [before.get(HTTP_SECRET), fresh.get(HTTP_SECRET)]
  const { REGISTRY_HTTP_SECRET: kept } = objectAt(former, 'data')
  return former === undefined ||
    now === undefined ||
    kept === undefined ||
    specOf(fresh)['httpSecret'] !== undefined
    ? []
    : [[HTTP_SECRET, { ...now, data: { ...objectAt(now, 'data'), REGISTRY_HTTP_SECRET: kept } }]]
}

const leftAlone = (before: WorldEnd): WorldEnd =>
  new Map([...before].filter(([key]) => !NOT_LEFT_ALONE.test(key)))

/**
 * How a world has to be in the end in which somebody wanted one thing before, and another thing since: as a fresh
 * installation of the latter. What was made for images remains, unless it goes with its registry, and what is left behind
 * is told. Where the registry is to be left alone, it is as it was.
 */
export const remaining = (before: WorldEnd, fresh: WorldEnd): WorldEnd => {
  if (isLeftAlone(fresh)) return leftAlone(before)
  const goes = goesWithRegistry(before, fresh)
  const made = [...before].filter(
    ([key]) => (MADE.test(key) && !goes) || (PASSWORDS.test(key) && !isRemoved(fresh)),
  )
  return new Map([
    ...made,
    ...(before.has(CLEAN_UP) ? [[CLEAN_UP, ASLEEP] as const] : []),
    ...[...fresh].map(([key, now]): [string, JsonObject] => [
      key,
      key.startsWith('storage ') ? keptThing(before.get(key), now) : now,
    ]),
    ...keptSecret(before, fresh),
    [CONFIG, toldConfig(before, fresh)],
  ])
}

const SAID_OF_PLACE = ' was in use before'

const shortened = (condition: JsonObject): JsonObject =>
  condition['type'] === LEFT_BEHIND
    ? { ...condition, message: textOf(condition['message']).split(SAID_OF_PLACE)[0] ?? '' }
    : condition

/** The world with no more than has to be the same: of a storage that is left behind, its place. */
export const comparable = (end: WorldEnd, expected: WorldEnd): WorldEnd => {
  const config = objectAt(end.get(CONFIG))
  const whole = new Map([
    ...end,
    [CONFIG, withConditions(config, conditionsOf(config).map(shortened))] as const,
  ])
  if (!expected.has(CONFIG)) return leftAlone(whole)
  if (expected.get(CLEAN_UP) !== ASLEEP) return whole
  const { suspend = false } = objectAt(end.get(CLEAN_UP), 'spec')
  return new Map([...whole, [CLEAN_UP, { spec: { suspend } }] as const])
}
