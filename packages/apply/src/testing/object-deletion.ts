import {
  textOf,
  isJsonObject,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { isOwnedBy, type ObjectDatabase } from './object-database'
import { now, type Target } from './object-preparation'
import { modified, notFound, preconditionFailed, type Refusal } from './refusal'
import { customResources, type Resource } from './resources'

/** The object while it waits for its finalizers, or undefined when it is gone. */
export type Deletion =
  { readonly before: KubeObject; readonly waiting: KubeObject | undefined } | Refusal

const FOREGROUND = 'foregroundDeletion'

const finalizersOf = ({ metadata }: KubeObject): ReadonlyArray<string> => metadata.finalizers ?? []

const withFinalizers = (object: KubeObject, finalizers: ReadonlyArray<string>): KubeObject => {
  const { finalizers: _, ...metadata } = object.metadata
  return {
    ...object,
    metadata: {
      ...metadata,
      name: object.metadata.name,
      ...(finalizers.length === 0 ? {} : { finalizers }),
    },
  }
}

const doomed = (object: KubeObject, time: string): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: 0,
    ...(object.metadata.generation === undefined
      ? {}
      : { generation: object.metadata.generation + 1 }),
  },
})

/** What the garbage collector does a moment later: dependents go with their owner. */
const collect = (database: ObjectDatabase, owner: KubeObject): void => {
  const uid = owner.metadata.uid
  if (uid === undefined) return
  database
    .everything()
    .filter(([, object]) => isOwnedBy(object, uid))
    .forEach(([resource, object]) => erase(database, resource, object))
}

/** What the namespace controller does, and what happens to the objects of a kind whose definition goes. */
const collectContent = (database: ObjectDatabase, object: KubeObject): void => {
  const inside = ([resource, { metadata }]: readonly [Resource, KubeObject]): boolean =>
    object.kind === 'Namespace'
      ? metadata.namespace === object.metadata.name
      : object.kind === 'CustomResourceDefinition' &&
        customResources(object).some(
          ({ group, plural }) => group === resource.group && plural === resource.plural,
        )
  database
    .everything()
    .filter(inside)
    .forEach(([resource, content]) => erase(database, resource, content))
}

const erase = (database: ObjectDatabase, resource: Resource, object: KubeObject): void => {
  collectContent(database, object)
  database.remove(resource, object)
  database.soon(() => collect(database, object))
}

const finishForeground = (
  database: ObjectDatabase,
  { resource, namespace, name }: Target,
): void => {
  const object = database.find(resource, namespace, name)
  if (object === undefined) return
  collect(database, object)
  const left = finalizersOf(object).filter((finalizer) => finalizer !== FOREGROUND)
  if (left.length === 0) erase(database, resource, withFinalizers(object, []))
  else database.put(resource, withFinalizers(object, left))
}

const preconditions = (options: JsonObject): JsonObject =>
  isJsonObject(options['preconditions']) ? options['preconditions'] : {}

const refusal = (
  { resource, name }: Target,
  object: KubeObject,
  options: JsonObject,
): Refusal | undefined => {
  const { uid, resourceVersion } = preconditions(options)
  if (uid !== undefined && uid !== object.metadata.uid)
    return preconditionFailed(
      resource,
      name,
      `UID in precondition: ${textOf(uid)}, UID in object meta: ${String(object.metadata.uid)}`,
    )
  return resourceVersion !== undefined && resourceVersion !== object.metadata.resourceVersion
    ? modified(resource, name)
    : undefined
}

/** DELETE. */
export const deleteObject = (
  database: ObjectDatabase,
  target: Target,
  options: JsonObject,
): Deletion => {
  const { resource, namespace, name } = target
  const before = database.find(resource, namespace, name)
  if (before === undefined) return notFound(resource, name)
  const refused = refusal(target, before, options)
  if (refused !== undefined) return refused
  const foreground = options['propagationPolicy'] === 'Foreground'
  const finalizers = finalizersOf(before)
  const wanted =
    foreground && !finalizers.includes(FOREGROUND) ? [...finalizers, FOREGROUND] : finalizers
  if (wanted.length === 0) {
    erase(database, resource, before)
    return { before, waiting: undefined }
  }
  const waiting =
    before.metadata.deletionTimestamp === undefined
      ? database.put(resource, doomed(withFinalizers(before, wanted), now(database)))
      : before
  if (foreground) database.soon(() => finishForeground(database, target))
  return { before, waiting }
}
