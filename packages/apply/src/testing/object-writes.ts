import {
  textOf,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'
import { isKubeObject } from '../client/kube-answer'
import { undecodable } from './built-in-rules'
import type { ObjectDatabase } from './object-database'
import {
  clientMetadata,
  completed,
  finalizersOf,
  generation,
  identified,
  isUnchanged,
  metadataOf,
  now,
  partOf,
  problems,
  serverMetadata,
  withCluster,
  type Target,
} from './object-preparation'
import {
  alreadyExists,
  badRequest,
  invalid,
  modified,
  notFound,
  preconditionFailed,
  type Refusal,
} from './refusal'
import { apiVersionOf, BUILT_IN_RESOURCES } from './resources'
import { managedAfterUpdate, managedOf, withManaged, type Managed } from './server-side-apply'

export type WriteResult = { readonly object: KubeObject; readonly created: boolean } | Refusal

const NAMESPACES = BUILT_IN_RESOURCES.find(({ kind }) => kind === 'Namespace')

type Draft = { readonly object: JsonObject; readonly managed: ReadonlyArray<Managed> }

export const store = (
  database: ObjectDatabase,
  target: Target,
  draft: Draft,
  before: KubeObject | undefined,
): WriteResult => {
  const { resource, name } = target
  const wrong = problems(resource, draft.object, before)
  if (wrong.length > 0) return invalid(resource, name, wrong)
  const object = withManaged(
    withCluster(
      target,
      {
        ...draft.object,
        metadata: {
          ...clientMetadata(draft.object),
          ...serverMetadata(database, before),
          ...generation(resource, draft.object, before),
        },
      },
      database,
    ),
    draft.managed,
  )
  if (!isKubeObject(object)) return badRequest('metadata.name is required')
  if (before !== undefined && isUnchanged(before, object)) return { object: before, created: false }
  const dying =
    before?.metadata.deletionTimestamp !== undefined && finalizersOf(object).length === 0
  return {
    object: dying ? database.remove(resource, object) : database.put(resource, object),
    created: before === undefined,
  }
}

export const by = (
  database: ObjectDatabase,
  { manager, subresource, resource }: Target,
): Omit<Managed, 'fields' | 'operation'> => ({
  manager,
  subresource,
  apiVersion: apiVersionOf(resource),
  time: now(database),
})

export const unreadable = ({ resource }: Target, object: JsonObject): Refusal | undefined => {
  const [key] = undecodable(resource.kind, object)
  return key === undefined
    ? undefined
    : badRequest(
        `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: illegal base64 data at input byte 0`,
      )
}

export const missingNamespace = (
  database: ObjectDatabase,
  { resource, namespace }: Target,
): Refusal | undefined =>
  resource.namespaced &&
  NAMESPACES !== undefined &&
  database.find(NAMESPACES, '', namespace) === undefined
    ? notFound(NAMESPACES, namespace)
    : undefined

export const isOther = (asked: Json | undefined, there: string | undefined): boolean =>
  asked !== undefined && asked !== '' && asked !== there

export const empty = (target: Target): JsonObject => identified(target, {})

/** POST. */
export const createObject = (
  database: ObjectDatabase,
  target: Target,
  body: JsonObject,
): WriteResult => {
  const { resource, namespace, name } = target
  const refused = missingNamespace(database, target) ?? unreadable(target, body)
  if (refused !== undefined) return refused
  if (database.find(resource, namespace, name) !== undefined) return alreadyExists(resource, name)
  if (isOther(metadataOf(body)['resourceVersion'], undefined))
    return badRequest('resourceVersion should not be set on objects to be created')
  const next = completed(
    resource,
    identified(target, partOf({ ...target, subresource: '' }, body, {})),
  )
  const managed = managedAfterUpdate({
    schema: resource.fieldSchema,
    live: empty(target),
    next,
    by: by(database, target),
  })
  return store(database, target, { object: next, managed }, undefined)
}

/** PUT, and what a patch other than apply comes to. */
export const updateObject = (
  database: ObjectDatabase,
  target: Target,
  body: JsonObject,
): WriteResult => {
  const { resource, namespace, name } = target
  const before = database.find(resource, namespace, name)
  const refused = unreadable(target, body)
  if (refused !== undefined) return refused
  if (before === undefined) return notFound(resource, name)
  const { uid, resourceVersion } = metadataOf(body)
  if (isOther(uid, before.metadata.uid))
    return preconditionFailed(
      resource,
      name,
      `UID in precondition: ${textOf(uid)}, UID in object meta: ${String(before.metadata.uid)}`,
    )
  if (isOther(resourceVersion, before.metadata.resourceVersion)) return modified(resource, name)
  if (!resource.unconditionalUpdate && resourceVersion === undefined)
    return invalid(resource, name, [
      {
        field: 'metadata.resourceVersion',
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0: must be specified for an update',
      },
    ])
  const next = completed(
    resource,
    identified(target, partOf(target, withKept(before, body), before)),
  )
  const managed = managedAfterUpdate({
    schema: resource.fieldSchema,
    live: withManagedOf(before, body),
    next,
    by: by(database, target),
  })
  return store(database, target, { object: next, managed: sameTimes(managed, before) }, before)
}

/** An update may rewrite who owns what; when it says nothing about that, it stays. */
const withManagedOf = (before: KubeObject, body: JsonObject): JsonObject => {
  const { managedFields } = metadataOf(body)
  return isJsonArray(managedFields) && managedFields.length > 0
    ? { ...before, metadata: { ...before.metadata, managedFields } }
    : before
}

/** What the server has chosen stays when an update does not mention it. */
const withKept = (before: KubeObject, body: JsonObject): JsonObject => {
  const [old, next] = [before['spec'], body['spec']]
  if (before.kind !== 'Service' || !isJsonObject(old) || !isJsonObject(next)) return body
  const { clusterIP = null, clusterIPs = null } = old
  return { ...body, spec: { clusterIP, clusterIPs, ...next } }
}

/** An entry that stays as it was keeps its time. */
export const sameTimes = (
  managed: ReadonlyArray<Managed>,
  before: KubeObject | undefined,
): ReadonlyArray<Managed> => {
  const old = before === undefined ? [] : managedOf(before)
  return managed.map((one) => {
    const same = old.find(
      (other) =>
        other.manager === one.manager &&
        other.operation === one.operation &&
        other.subresource === one.subresource &&
        other.fields.size === one.fields.size &&
        [...other.fields].every((path) => one.fields.has(path)),
    )
    return same === undefined ? one : { ...one, time: same.time }
  })
}
