import { isJsonObject, type Json, type JsonObject } from '../model'

const NEVER_OWNED = ['name', 'namespace']

const isEmpty = (value: Json): boolean => isJsonObject(value) && Object.keys(value).length === 0

/**
 * The part of an object that a field manager can own: everything but what it is and what it is called,
 * which `managedFields` leaves out.
 */
export const ownedContent = ({
  apiVersion: _version,
  kind: _kind,
  metadata,
  ...rest
}: JsonObject): JsonObject => {
  const named = isJsonObject(metadata) ? metadata : {}
  const owned = Object.fromEntries(
    Object.entries(named).filter(([name]) => !NEVER_OWNED.includes(name)),
  )
  return isEmpty(owned) ? rest : { metadata: owned, ...rest }
}
