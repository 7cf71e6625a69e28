import { type Config, isJsonObject, type Json, type JsonObject, type Storage } from '../model'
import type { Situation } from './situation'

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
  const config = exists ? managedConfig(given) : undefined
  return config === undefined
    ? (given.deployment?.storage ?? lastSaid(given))
    : fromConfig(config.storage)
}

const managementOf = (given: Situation): Json | undefined =>
  managedConfig(given)?.storageManagement ??
  storageBefore(given)['managementState'] ??
  given.config?.storageManagement

/**
 * The management is said even where there is nothing to manage: the API server refuses (422) an apply that takes
 * all fields of an object away, because it makes null of it.
 */
const withManagement = (storage: JsonObject, management: Json | undefined): JsonObject =>
  management === undefined ? storage : { ...storage, managementState: management }

const fromConfig = (storage: Storage): JsonObject =>
  storage._tag === 'EmptyDir' ? { emptyDir: {} } : { pvc: { claim: storage.claim } }

const statusOf = ({ subject: { status } }: Situation): JsonObject =>
  isJsonObject(status) ? status : {}

const storageBefore = (given: Situation): JsonObject => {
  const { storage } = statusOf(given)
  return isJsonObject(storage) ? storage : {}
}

const lastSaid = (given: Situation): JsonObject => {
  if (given.state === 'Removed') return {}
  const { managementState: _state, ...storage } = storageBefore(given)
  return storage
}

const managedBefore = (given: Situation): boolean => statusOf(given)['storageManaged'] === true
