import * as E from 'fp-ts/Either'

import {
  type Config,
  isJsonObject,
  type Json,
  type JsonObject,
  keyOf,
  storageFields,
} from '../model'
import { DEPLOYMENT, type Situation } from './situation'

/** The two fields of the status that say where images are and whose that is. */
export type StorageStatus = { readonly storage: JsonObject; readonly storageManaged: boolean }

/**
 * Where images are: what the Config says once it is there; before that, and when the Config cannot be used, what the
 * pods mount; else what was last said. Nothing is said once the registry is removed.
 */
export const storageStatus = (given: Situation, exists: boolean): StorageStatus => {
  const management = managementOf(given)
  return {
    storage: withManagement(whereImagesAre(given, exists), management),
    storageManaged: management === undefined ? managedBefore(given) : management === 'Managed',
  }
}

const managedConfig = ({ state, config }: Situation): Config | undefined =>
  state === 'Managed' ? config : undefined

const whereImagesAre = (given: Situation, exists: boolean): JsonObject => {
  const config = exists || isDeployedOutside(given) ? managedConfig(given) : undefined
  return config === undefined
    ? (given.deployment?.storage ?? lastSaid(given))
    : storageFields(config.storage)
}

/** The pods are told to use the storage outside of Kubernetes that the Config names; nothing else says whether it is there. */
const isDeployedOutside = ({ config, deployment, withheld, outcome }: Situation): boolean =>
  config !== undefined &&
  config.storage._tag !== 'EmptyDir' &&
  config.storage._tag !== 'Pvc' &&
  deployment !== undefined &&
  !withheld.some(({ ref }) => keyOf(ref) === DEPLOYMENT) &&
  !outcome.some(({ action, result }) => keyOf(action.ref) === DEPLOYMENT && E.isLeft(result))

const managementOf = (given: Situation): Json | undefined =>
  hasGone(given)
    ? 'Unmanaged'
    : (managedConfig(given)?.storageManagement ??
      storageBefore(given)['managementState'] ??
      given.config?.storageManagement)

/** Nothing is left that anybody could manage, whoever did before. */
const hasGone = ({ state, deployment, outside }: Situation): boolean =>
  state === 'Removed' && deployment === undefined && outside?.isLeft !== true

/**
 * The management is said even where there is nothing to manage: the API server refuses (422) an apply that takes
 * all fields of an object away, because it makes null of it.
 */
const withManagement = (storage: JsonObject, management: Json | undefined): JsonObject =>
  management === undefined ? storage : { ...storage, managementState: management }

const statusOf = ({ subject: { status } }: Situation): JsonObject =>
  isJsonObject(status) ? status : {}

const storageBefore = (given: Situation): JsonObject => {
  const { storage } = statusOf(given)
  return isJsonObject(storage) ? storage : {}
}

const lastSaid = (given: Situation): JsonObject => {
  if (given.state === 'Removed' && given.outside?.isLeft !== true) return {}
  const { managementState: _state, ...storage } = storageBefore(given)
  return inOrder(storage)
}

/** The fields in the order of their names: nobody knows in which order they were read. */
const inOrder = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((name) => {
        const value = object[name] ?? null
        return [name, isJsonObject(value) ? inOrder(value) : value]
      }),
  )

const managedBefore = (given: Situation): boolean => statusOf(given)['storageManaged'] === true
