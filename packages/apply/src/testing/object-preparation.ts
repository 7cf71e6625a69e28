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

const isAlike = (one: Json, other: Json): boolean => {
  if (one === other) return true
  if (isJsonArray(one))
    return (
      isJsonArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isAlike(item, other[index] ?? null))
    )
  return isJsonObject(one) && isJsonObject(other) && haveAlike(one, other)
}

const haveAlike = (one: JsonObject, other: JsonObject): boolean => {
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isAlike(one[key] ?? null, other[key] ?? null))
  )
}

const timeless = (object: JsonObject): JsonObject => {
  const { resourceVersion: _, managedFields, ...metadata } = metadataOf(object)
  const entries = isJsonArray(managedFields) ? managedFields : []
  return {
    ...object,
    metadata: {
      ...metadata,
      managedFields: entries.map((entry) => (isJsonObject(entry) ? { ...entry, time: '' } : entry)),
    },
  }
}

/** Whether two states of an object differ in nothing but when they were written. */
export const isUnchanged = (before: JsonObject, after: JsonObject): boolean =>
  isAlike(timeless(before), timeless(after))

export const finalizersOf = (object: JsonObject): ReadonlyArray<Json> => {
  const finalizers = metadataOf(object)['finalizers']
  return isJsonArray(finalizers) ? finalizers : []
}

/** The same for the same name, whatever was written before, unless another one has it. */
const addressOf = (name: string, services: ReadonlyArray<KubeObject>): string => {
  const taken = services.map(({ spec }) => (isJsonObject(spec) ? spec['clusterIP'] : undefined))
  const first = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 62_500, 0)
  const at = (number: number): string => `10.0.${Math.floor(number / 250)}.${(number % 250) + 1}`
  const attempts = [...taken, undefined].map((_, index) => at((first + index) % 62_500))
  return attempts.find((ip) => !taken.includes(ip)) ?? at(first)
}

export const withCluster = (
  { resource, name }: Target,
  object: JsonObject,
  database: ObjectDatabase,
): JsonObject => {
  const spec = object['spec']
  if (resource.kind === 'CustomResourceDefinition') return established(object, now(database))
  if (resource.kind !== 'Service' || !isJsonObject(spec) || spec['clusterIP'] !== undefined)
    return object
  const ip = addressOf(name, database.list(resource))
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
