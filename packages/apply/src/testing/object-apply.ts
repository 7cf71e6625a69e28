import {
  textOf,
  isJsonObject,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'
import { misfit, withoutUnknown } from './custom-schema'
import { showPath } from './field-set'
import { onceKnown } from './known'
import type { ObjectDatabase } from './object-database'
import { completed, identified, metadataOf, withoutNulls, type Target } from './object-preparation'
import {
  by,
  empty,
  isOther,
  missingNamespace,
  sameTimes,
  store,
  unreadable,
  type WriteResult,
} from './object-writes'
import {
  applyConflict,
  badRequest,
  invalid,
  modified,
  notFound,
  notInSchema,
  preconditionFailed,
  type Refusal,
} from './refusal'
import { apiVersionOf } from './resources'
import { serverSideApply } from './server-side-apply'

const sentIn = onceKnown((body: JsonObject): JsonObject => {
  const sent = withoutNulls(body)
  return isJsonObject(sent) ? sent : {}
})

/** PATCH by server-side apply. */
export const applyObject = (
  database: ObjectDatabase,
  target: Target,
  { body, force }: { readonly body: JsonObject; readonly force: boolean },
): WriteResult => {
  const { resource, namespace, name, subresource } = target
  const wanted = sentIn(body)
  const before = database.find(resource, namespace, name)
  const refused = applyRefusal(database, target, wanted, before)
  if (refused !== undefined) return refused
  if (before === undefined && subresource !== '') return notFound(resource, name)
  const applied = appliedPart(target, wanted)
  const result = serverSideApply({
    schema: resource.fieldSchema,
    live: before ?? empty(target),
    applied,
    by: by(database, target),
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

type Part = { readonly target: Target; readonly applied: JsonObject }

/** Bodies are often the same ones, and meant for the same. */
const knownParts = new WeakMap<JsonObject, Part>()

const isFor = (one: Target, other: Target): boolean =>
  one.resource === other.resource &&
  one.subresource === other.subresource &&
  one.namespace === other.namespace &&
  one.name === other.name

const appliedPart = (target: Target, body: JsonObject): JsonObject => {
  const known = knownParts.get(body)
  if (known !== undefined && isFor(known.target, target)) return known.applied
  const applied = partApplied(target, body)
  knownParts.set(body, { target, applied })
  return applied
}

/** Unknown fields of custom kinds are not even looked at; what this subresource cannot change neither. */
const partApplied = (
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
