import {
  textOf,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'
import { builtInProblems } from './built-in-rules'
import { problemsOf, withDefaults, withoutUnknown } from './custom-schema'
import { withBuiltInDefaults } from './defaults'
import { canonical } from './field-set'
import { onceKnown } from './known'
import type { ObjectDatabase } from './object-database'
import { apiVersionOf, type Resource } from './resources'

/** What a write is about, and who writes. */
export type Target = {
  readonly resource: Resource
  readonly namespace: string
  readonly name: string
  readonly subresource: '' | 'status'
  readonly manager: string
}

/** The time, as objects say it. */
export const now = ({ nowMs }: Pick<ObjectDatabase, 'nowMs'>): string =>
  new Date(nowMs()).toISOString().replace(/\.\d+Z$/, 'Z')

export const withoutNulls = (value: Json): Json => {
  if (isJsonArray(value)) return value.map(withoutNulls)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  )
}

export const metadataOf = (object: JsonObject): JsonObject =>
  isJsonObject(object['metadata']) ? object['metadata'] : {}

/** Unknown fields of custom objects go, defaults of all kinds come. */
export const completed = ({ openApi, kind }: Resource, object: JsonObject): JsonObject => {
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

export const problems = (resource: Resource, after: JsonObject, before: JsonObject | undefined) => {
  if (resource.openApi === undefined) return builtInProblems(resource.kind, after, before)
  // What metadata is, no schema says; that it is there, some do.
  return problemsOf(resource.openApi, { ...after, metadata: {} }, '')
}

export const identified = (
  { resource, namespace, name }: Target,
  object: JsonObject,
): JsonObject => ({
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

export const serverMetadata = (
  database: ObjectDatabase,
  before: KubeObject | undefined,
): JsonObject =>
  before === undefined
    ? { uid: database.newUid(), creationTimestamp: now(database) }
    : Object.fromEntries(
        Object.entries(before.metadata).filter(([name]) => SERVER_OWNED.includes(name)),
      )

export const clientMetadata = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(metadataOf(object)).filter(([name]) => !SERVER_OWNED.includes(name)),
  )

/** Status through the status subresource only, all else through the object itself. */
export const partOf = (
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

export const generation = (
  resource: Resource,
  after: JsonObject,
  before: KubeObject | undefined,
): JsonObject => {
  if (!resource.hasGeneration) return {}
  const old = before?.metadata.generation ?? 0
  const changed = before === undefined || specOf(resource, after) !== specOf(resource, before)
  return { generation: changed ? old + 1 : old }
}

/** As text, without what changes although nothing does. */
export const timeless: (object: JsonObject) => string = onceKnown((object) => {
  const { resourceVersion: _, managedFields, ...metadata } = metadataOf(object)
  const entries = isJsonArray(managedFields) ? managedFields : []
  return canonical({
    ...object,
    metadata: {
      ...metadata,
      managedFields: entries.map((entry) => (isJsonObject(entry) ? { ...entry, time: '' } : entry)),
    },
  })
})

export const finalizersOf = (object: JsonObject): ReadonlyArray<Json> => {
  const finalizers = metadataOf(object)['finalizers']
  return isJsonArray(finalizers) ? finalizers : []
}

export const withCluster = (
  { resource }: Target,
  object: JsonObject,
  database: ObjectDatabase,
): JsonObject => {
  const spec = object['spec']
  if (resource.kind === 'CustomResourceDefinition') return established(object, now(database))
  if (resource.kind !== 'Service' || !isJsonObject(spec) || spec['clusterIP'] !== undefined)
    return object
  const ip = `10.0.${Math.floor(database.resourceVersion() / 250) % 250}.${(database.resourceVersion() % 250) + 1}`
  return { ...object, spec: { ...spec, clusterIP: ip, clusterIPs: [ip] } }
}

const established = (object: JsonObject, time: string): JsonObject => {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {}
  const versions = isJsonArray(spec['versions']) ? spec['versions'].filter(isJsonObject) : []
  const condition = (type: string, reason: string): Json => ({
    type,
    status: 'True',
    reason,
    message: '',
    lastTransitionTime: textOf(metadataOf(object)['creationTimestamp']) || time,
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
