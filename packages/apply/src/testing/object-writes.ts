import { randomUUID } from 'node:crypto'

import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { isKubeObject } from '../client/kube-answer'
import { textOf } from '../json-text'
import { builtInProblems, undecodable } from './built-in-rules'
import { misfit, problemsOf, withDefaults, withoutUnknown } from './custom-schema'
import { withBuiltInDefaults } from './defaults'
import { canonical, showPath } from './field-set'
import type { ObjectDatabase } from './object-database'
import {
  alreadyExists,
  applyConflict,
  badRequest,
  invalid,
  modified,
  notFound,
  notInSchema,
  preconditionFailed,
  type Refusal,
} from './refusal'
import { apiVersionOf, BUILT_IN_RESOURCES, type Resource } from './resources'
import {
  managedAfterUpdate,
  managedOf,
  serverSideApply,
  withManaged,
  type Managed,
} from './server-side-apply'

/** What a write is about, and who writes. */
export type Target = {
  readonly resource: Resource
  readonly namespace: string
  readonly name: string
  readonly subresource: '' | 'status'
  readonly manager: string
}

export type WriteResult = { readonly object: KubeObject; readonly created: boolean } | Refusal

const NAMESPACES = BUILT_IN_RESOURCES.find(({ kind }) => kind === 'Namespace')

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z')

const withoutNulls = (value: Json): Json => {
  if (isJsonArray(value)) return value.map(withoutNulls)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  )
}

const metadataOf = (object: JsonObject): JsonObject =>
  isJsonObject(object['metadata']) ? object['metadata'] : {}

/** Unknown fields of custom objects go, defaults of all kinds come. */
const completed = ({ openApi, kind }: Resource, object: JsonObject): JsonObject => {
  if (openApi === undefined) return withBuiltInDefaults(kind, object)
  const { apiVersion, kind: itself, metadata, ...content } = object
  const known = withDefaults(openApi, withoutUnknown(openApi, content))
  return {
    ...(isJsonObject(known) ? known : {}),
    apiVersion: apiVersion ?? '',
    kind: itself ?? '',
    metadata: metadata ?? {},
  }
}

const problems = (resource: Resource, after: JsonObject, before: JsonObject | undefined) => {
  if (resource.openApi === undefined) return builtInProblems(resource.kind, after, before)
  // What metadata is, no schema says; that it is there, some do.
  return problemsOf(resource.openApi, { ...after, metadata: {} }, '')
}

const identified = ({ resource, namespace, name }: Target, object: JsonObject): JsonObject => ({
  ...object,
  apiVersion: apiVersionOf(resource),
  kind: resource.kind,
  metadata: { ...metadataOf(object), name, ...(resource.namespaced ? { namespace } : {}) },
})

const SERVER_OWNED = [
  'uid',
  'creationTimestamp',
  'generation',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'resourceVersion',
]

const serverMetadata = (before: KubeObject | undefined): JsonObject =>
  before === undefined
    ? { uid: randomUUID(), creationTimestamp: now() }
    : Object.fromEntries(
        Object.entries(before.metadata).filter(([name]) => SERVER_OWNED.includes(name)),
      )

const clientMetadata = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(metadataOf(object)).filter(([name]) => !SERVER_OWNED.includes(name)),
  )

/** Status through the status subresource only, all else through the object itself. */
const partOf = (
  { resource, subresource }: Target,
  next: JsonObject,
  before: JsonObject,
): JsonObject => {
  if (!resource.hasStatus) return next
  const { status: nextStatus, ...nextRest } = next
  const { status: oldStatus, ...oldRest } = before
  const [rest, status] = subresource === 'status' ? [oldRest, nextStatus] : [nextRest, oldStatus]
  return status === undefined ? rest : { ...rest, status }
}

const specOf = (resource: Resource, object: JsonObject): string => {
  const { metadata: _, status: __, apiVersion: ___, kind: ____, ...content } = object
  return JSON.stringify(resource.openApi === undefined ? (object['spec'] ?? null) : content)
}

const generation = (
  resource: Resource,
  after: JsonObject,
  before: KubeObject | undefined,
): JsonObject => {
  if (!resource.hasGeneration) return {}
  const old = before?.metadata.generation ?? 0
  const changed = before === undefined || specOf(resource, after) !== specOf(resource, before)
  return { generation: changed ? old + 1 : old }
}

const timeless = (object: JsonObject): string => {
  const { resourceVersion: _, managedFields, ...metadata } = metadataOf(object)
  const entries = isJsonArray(managedFields) ? managedFields : []
  return canonical({
    ...object,
    metadata: {
      ...metadata,
      managedFields: entries.map((entry) => (isJsonObject(entry) ? { ...entry, time: '' } : entry)),
    },
  })
}

const finalizersOf = (object: JsonObject): ReadonlyArray<Json> => {
  const finalizers = metadataOf(object)['finalizers']
  return isJsonArray(finalizers) ? finalizers : []
}

type Draft = { readonly object: JsonObject; readonly managed: ReadonlyArray<Managed> }

const withCluster = (
  { resource }: Target,
  object: JsonObject,
  database: ObjectDatabase,
): JsonObject => {
  const spec = object['spec']
  if (resource.kind === 'CustomResourceDefinition') return established(object)
  if (resource.kind !== 'Service' || !isJsonObject(spec) || spec['clusterIP'] !== undefined)
    return object
  const ip = `10.0.${Math.floor(database.resourceVersion() / 250) % 250}.${(database.resourceVersion() % 250) + 1}`
  return { ...object, spec: { ...spec, clusterIP: ip, clusterIPs: [ip] } }
}

const established = (object: JsonObject): JsonObject => {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {}
  const versions = isJsonArray(spec['versions']) ? spec['versions'].filter(isJsonObject) : []
  const condition = (type: string, reason: string): Json => ({
    type,
    status: 'True',
    reason,
    message: '',
    lastTransitionTime: textOf(metadataOf(object)['creationTimestamp']) || now(),
  })
  return {
    ...object,
    status: {
      acceptedNames: spec['names'] ?? {},
      conditions: [
        condition('NamesAccepted', 'NoConflicts'),
        condition('Established', 'InitialNamesAccepted'),
      ],
      storedVersions: versions
        .filter(({ storage }) => storage === true)
        .map(({ name }) => name ?? ''),
    },
  }
}

const store = (
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
          ...serverMetadata(before),
          ...generation(resource, draft.object, before),
        },
      },
      database,
    ),
    draft.managed,
  )
  if (!isKubeObject(object)) return badRequest('metadata.name is required')
  if (before !== undefined && timeless(before) === timeless(object))
    return { object: before, created: false }
  const dying =
    before?.metadata.deletionTimestamp !== undefined && finalizersOf(object).length === 0
  return {
    object: dying ? database.remove(resource, object) : database.put(resource, object),
    created: before === undefined,
  }
}

const by = ({ manager, subresource, resource }: Target): Omit<Managed, 'fields' | 'operation'> => ({
  manager,
  subresource,
  apiVersion: apiVersionOf(resource),
  time: now(),
})

const unreadable = ({ resource }: Target, object: JsonObject): Refusal | undefined => {
  const [key] = undecodable(resource.kind, object)
  return key === undefined
    ? undefined
    : badRequest(
        `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: illegal base64 data at input byte 0`,
      )
}

const missingNamespace = (
  database: ObjectDatabase,
  { resource, namespace }: Target,
): Refusal | undefined =>
  resource.namespaced &&
  NAMESPACES !== undefined &&
  database.find(NAMESPACES, '', namespace) === undefined
    ? notFound(NAMESPACES, namespace)
    : undefined

const isOther = (asked: Json | undefined, there: string | undefined): boolean =>
  asked !== undefined && asked !== '' && asked !== there

const empty = (target: Target): JsonObject => identified(target, {})

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
    by: by(target),
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
    by: by(target),
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

/** PATCH by server-side apply. */
export const applyObject = (
  database: ObjectDatabase,
  target: Target,
  { body, force }: { readonly body: JsonObject; readonly force: boolean },
): WriteResult => {
  const { resource, namespace, name, subresource } = target
  const sent = withoutNulls(body)
  const wanted = isJsonObject(sent) ? sent : {}
  const before = database.find(resource, namespace, name)
  const refused = applyRefusal(database, target, wanted, before)
  if (refused !== undefined) return refused
  if (before === undefined && subresource !== '') return notFound(resource, name)
  const applied = appliedPart(target, wanted)
  const result = serverSideApply({
    schema: resource.fieldSchema,
    live: before ?? empty(target),
    applied,
    by: by(target),
  })
  if (!force && result.conflicts.length > 0)
    return applyConflict(
      result.conflicts.map(({ manager, path }) => ({
        field: showPath(path),
        reason: 'FieldManagerConflict',
        message: `conflict with "${manager.manager}"${manager.operation === 'Update' ? ` using ${manager.apiVersion}` : ''}`,
      })),
    )
  const object = completed(resource, identified(target, result.object))
  return store(database, target, { object, managed: sameTimes(result.managed, before) }, before)
}

/** Unknown fields of custom kinds are not even looked at; what this subresource cannot change neither. */
const appliedPart = (
  { resource, subresource, ...target }: Target,
  body: JsonObject,
): JsonObject => {
  const { status, ...rest } = body
  const { resourceVersion: _, uid: __, ...metadata } = metadataOf(body)
  const own = identified({ resource, subresource, ...target }, { metadata })
  const part: JsonObject =
    subresource === 'status'
      ? { ...own, metadata: { name: target.name }, ...(status === undefined ? {} : { status }) }
      : { ...rest, ...own, ...(resource.hasStatus || status === undefined ? {} : { status }) }
  if (resource.openApi === undefined) return part
  const { apiVersion, kind, metadata: meta, ...content } = part
  const known = withoutUnknown(resource.openApi, content)
  return {
    ...(isJsonObject(known) ? known : {}),
    apiVersion: apiVersion ?? '',
    kind: kind ?? '',
    metadata: meta ?? {},
  }
}

const namedOtherwise = ({ name }: Target, { name: named }: JsonObject): Refusal | undefined =>
  named !== undefined && named !== name
    ? badRequest(`metadata.name (${textOf(named)}) does not match the name on the URL (${name})`)
    : undefined

const unmanaged = ({ manager }: Target): Refusal | undefined =>
  manager === ''
    ? invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [
        {
          field: 'fieldManager',
          reason: 'FieldValueRequired',
          message: 'Required value: is required for apply patch',
        },
      ])
    : undefined

/** An apply may name the very object, and the very state of it, that it is meant for. */
const meantForAnother = (
  { resource, name }: Target,
  { uid, resourceVersion }: JsonObject,
  before: KubeObject | undefined,
): Refusal | undefined => {
  if (before === undefined)
    return isOther(uid, undefined) || isOther(resourceVersion, undefined)
      ? preconditionFailed(resource, name, 'the object does not exist')
      : undefined
  if (isOther(uid, before.metadata.uid))
    return invalid(resource, name, [
      {
        field: 'metadata.uid',
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${JSON.stringify(uid)}: field is immutable`,
      },
    ])
  return isOther(resourceVersion, before.metadata.resourceVersion)
    ? modified(resource, name)
    : undefined
}

const applyRefusal = (
  database: ObjectDatabase,
  target: Target,
  body: JsonObject,
  before: KubeObject | undefined,
): Refusal | undefined => {
  const metadata = metadataOf(body)
  return metadata['managedFields'] === undefined
    ? (namedOtherwise(target, metadata) ??
        unmanaged(target) ??
        meantForAnother(target, metadata, before) ??
        missingNamespace(database, target) ??
        unreadable(target, body) ??
        unfit(target, body))
    : badRequest('metadata.managedFields must be nil')
}

/** Only of custom kinds is the whole schema known. */
const unfit = ({ resource, namespace, name }: Target, body: JsonObject): Refusal | undefined => {
  const { apiVersion: _, kind: __, metadata: ___, ...content } = body
  const why = resource.openApi === undefined ? undefined : misfit(resource.openApi, content)
  return why === undefined
    ? undefined
    : notInSchema(`${namespace}/${name}; ${apiVersionOf(resource)}, Kind=${resource.kind}`, why)
}

/** An entry that stays as it was keeps its time. */
const sameTimes = (
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
