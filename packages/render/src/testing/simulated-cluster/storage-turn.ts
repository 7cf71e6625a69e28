import * as E from 'fp-ts/Either'

import { digestOfText } from '../../digest'
import {
  type Condition,
  type CopiedValue,
  type EnsureStorage,
  isJsonObject,
  type JsonObject,
  keyOf,
  type KubeObject,
  names,
  objectRef,
  type RemoveStorage,
  type StorageFacts,
  type StorageTarget,
  textOf,
} from '../../model'
import { targetDigest } from '../../storage/target-digest'
import { withDefaults } from './api-server-defaults'
import { asked } from './asked'
import { controllers } from './controllers'
import { pass } from './simulated-cluster'
import { keyOfObject, madeBy, withObject, type World } from './world'

/** What somebody has seen of a target, with the secret values that the cloud has given. */
export type SeenOutside = Pick<StorageFacts, 'sight' | 'troubles' | 'rests'> & {
  readonly target: StorageTarget
  readonly keys: { readonly [name: string]: string }
}

/** What the operator wants of the storage outside of the cluster, and says of it, after one pass. */
export type StorageTurn = {
  readonly world: World
  /** Nothing of the cluster was written. */
  readonly isAtRest: boolean
  /** Absent where there is no such storage, or none any more. */
  readonly target?: StorageTarget
  /** It has to go. */
  readonly isGoing: boolean
  /** Absent where nothing is to be done there now. */
  readonly errand?: EnsureStorage | RemoveStorage
  readonly conditions: ReadonlyArray<Condition>
}

const seen = (kind: string, content: object): KubeObject => ({
  apiVersion: names.SEEN_API_VERSION,
  kind,
  metadata: { name: names.SINGLETON_NAME },
  ...content,
})

const factsOf = ({ target, keys, ...rest }: SeenOutside): StorageFacts => ({
  ...rest,
  target: targetDigest(target),
  place: target.place,
  keys: Object.fromEntries(
    Object.entries(keys).map(([name, value]) => [name, digestOfText(value)]),
  ),
})

const withKeys = (world: World, keys: SeenOutside['keys']): World =>
  withObject(world, seen('StorageKeys', { data: keys }))

/** One pass, and before it a step of everybody else. `outside`: what was seen; undefined while nobody has looked. */
export const storageTurn = (start: World, outside: SeenOutside | undefined): StorageTurn => {
  const before = controllers(withKeys(start, outside?.keys ?? {}))
  const status = outside === undefined ? { awaited: true } : factsOf(outside)
  const { world, writes, desired, actions, conditions, observation } = pass(before, [
    seen('Storage', { status }),
  ])
  const errand = actions.find(
    (action) => action._tag === 'EnsureStorage' || action._tag === 'RemoveStorage',
  )
  const { config } = observation
  return {
    world,
    isAtRest: writes === 0,
    ...(desired.storage === undefined ? {} : { target: desired.storage }),
    isGoing: E.isRight(config) && config.right.managementState === 'Removed',
    ...(errand === undefined ? {} : { errand }),
    conditions,
  }
}

/** Whether both are the same storage, seen by the same eyes. */
export const isSameTarget = (one: StorageTarget, other: StorageTarget): boolean =>
  targetDigest(one) === targetDigest(other)

/** The values of a target's credentials, from the Secrets of the cluster. */
export const credentialValues = (
  world: World,
  { credentials }: StorageTarget,
): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(credentials.values).map(([name, source]) => [name, copied(world, source)]),
  )

const copied = (world: World, { ref, path: [field = '', key = ''] }: CopiedValue): string => {
  const entries = world.get(keyOf(ref))?.[field]
  return Buffer.from(textOf(isJsonObject(entries) ? entries[key] : ''), 'base64').toString('utf8')
}

/** A cluster with these objects and a Config of this spec, whose uid is given: what is made outside bears it. */
export const clusterWithStorage = (
  facts: ReadonlyArray<KubeObject>,
  uid: string,
  spec: JsonObject,
): World => {
  const config = {
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: { name: names.SINGLETON_NAME },
    spec,
  }
  const objects = [...facts, config].map((fact) => madeBy('user', withDefaults(fact)))
  const world: World = new Map(objects.map((object) => [keyOfObject(object), object]))
  const made = world.get(CONFIG)
  return made === undefined
    ? world
    : withObject(world, { ...made, metadata: { ...made.metadata, uid } })
}

const CONFIG = keyOf(objectRef(names.CONFIG_API_VERSION, 'Config', names.SINGLETON_NAME))

/** The same cluster, where the registry has to go. */
export const withRegistryRemoved = (world: World): World => {
  const spec = world.get(CONFIG)?.['spec']
  return asked('replace', 'Config', {
    ...(isJsonObject(spec) ? spec : {}),
    managementState: 'Removed',
  })(world)
}
