import type { KubeObject } from '@image-registry-operator/render/model'

import type { ObjectDatabase } from './object-database'
import { deleteObject } from './object-deletion'
import type { Target } from './object-preparation'
import { createObject, updateObject } from './object-writes'
import { isRefusal, nothingThere, type Refusal } from './refusal'
import { apiVersionOf } from './resources'

/** Where an object belongs; undefined for a kind that is not served. `manager` is who writes it. */
export const targetOf = (
  database: ObjectDatabase,
  { apiVersion, kind, metadata }: KubeObject,
  manager: string,
): Target | undefined => {
  const resource = database
    .resources()
    .find((one) => one.kind === kind && apiVersionOf(one) === apiVersion)
  const { namespace = '', name } = metadata
  return resource === undefined
    ? undefined
    : { resource, namespace, name, subresource: '', manager }
}

/** The object as it is in the database. */
export const foundIn = (database: ObjectDatabase, object: KubeObject): KubeObject | undefined => {
  const target = targetOf(database, object, '')
  return target === undefined
    ? undefined
    : database.find(target.resource, target.namespace, target.name)
}

/** Writes the whole of an object as if others had: what it does not have goes. Gives the refusal, if any. */
export const replaced = (
  database: ObjectDatabase,
  object: KubeObject,
  manager: string,
): Refusal | undefined => {
  const target = targetOf(database, object, manager)
  if (target === undefined) return nothingThere
  const before = foundIn(database, object)
  const { resourceVersion = '' } = before?.metadata ?? {}
  const result =
    before === undefined
      ? createObject(database, target, object)
      : updateObject(database, target, {
          ...object,
          metadata: { ...object.metadata, resourceVersion },
        })
  return isRefusal(result) ? result : undefined
}

/** Deletes an object as if others had; nothing happens where there is none. */
export const deleted = (database: ObjectDatabase, object: KubeObject): void => {
  const target = targetOf(database, object, '')
  if (target !== undefined) deleteObject(database, target, {})
}
