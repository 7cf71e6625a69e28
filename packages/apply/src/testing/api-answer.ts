import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import type { Route } from './api-route'
import { isSelected, type Selection } from './api-watch'
import type { ObjectDatabase } from './object-database'
import { applyObject } from './object-apply'
import { deleteObject } from './object-deletion'
import type { Target } from './object-preparation'
import { createObject, updateObject, type WriteResult } from './object-writes'
import { jsonPatched, mergePatched } from './patches'
import {
  badRequest,
  isRefusal,
  notAllowed,
  notFound,
  statusOf,
  unfitPatch,
  unsupportedMediaType,
  type Refusal,
} from './refusal'
import { apiVersionOf } from './resources'

export type ApiRequest = {
  readonly method: string
  readonly query: URLSearchParams
  readonly contentType: string
  readonly accept: string
  readonly userAgent: string
  readonly body: Json | undefined
}

export type ApiAnswer = { readonly code: number; readonly body: JsonObject }

type ObjectsRoute = Extract<Route, { readonly _tag: 'Objects' }>

export const refusedAnswer = (refusal: Refusal): ApiAnswer => ({
  code: refusal.code,
  body: statusOf(refusal),
})

const metadataOnly = (object: KubeObject): JsonObject => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata: object.metadata,
})

/** What a request selects, or why not. */
export const selectionOf = (
  route: ObjectsRoute,
  { query, accept }: ApiRequest,
): Selection | Refusal => {
  const terms = (query.get('fieldSelector') ?? '').split(',').filter((term) => term !== '')
  const pairs = terms.map((term) => term.split(/==?/))
  const unknown = pairs.find(
    ([field = '']) => !['metadata.name', 'metadata.namespace'].includes(field),
  )
  if (unknown !== undefined) return badRequest(`field label not supported: ${unknown[0] ?? ''}`)
  const valueOf = (wanted: string): string | undefined =>
    pairs.find(([field]) => field === wanted)?.[1]
  return {
    resource: route.resource,
    namespace: route.namespace ?? valueOf('metadata.namespace'),
    name: route.name ?? valueOf('metadata.name'),
    show: accept.includes('as=PartialObjectMetadata') ? metadataOnly : (object) => object,
  }
}

const withoutType = ({ apiVersion: _, kind: __, ...item }: JsonObject): JsonObject => item

const listAnswer = (
  database: ObjectDatabase,
  route: ObjectsRoute,
  request: ApiRequest,
): ApiAnswer => {
  const selection = selectionOf(route, request)
  if ('_tag' in selection) return refusedAnswer(selection)
  const partial = request.accept.includes('as=PartialObjectMetadata')
  const items = database
    .list(selection.resource, selection.namespace)
    .filter((object) => isSelected(selection)(selection.resource, object))
    .map(selection.show)
  return {
    code: 200,
    body: {
      kind: partial ? 'PartialObjectMetadataList' : `${route.resource.kind}List`,
      apiVersion: partial ? 'meta.k8s.io/v1' : apiVersionOf(route.resource),
      metadata: { resourceVersion: String(database.resourceVersion()) },
      // Items of built-in lists do not say what they are; those of custom ones do.
      items: route.resource.openApi === undefined ? items.map(withoutType) : items,
    },
  }
}

const written = (result: WriteResult): ApiAnswer =>
  isRefusal(result)
    ? refusedAnswer(result)
    : { code: result.created ? 201 : 200, body: result.object }

const managerOf = ({ query, userAgent }: ApiRequest): string =>
  query.get('fieldManager') ?? userAgent.split('/')[0] ?? 'unknown'

const targetOf = (route: ObjectsRoute, request: ApiRequest, name: string): Target => ({
  resource: route.resource,
  namespace: route.namespace ?? '',
  name,
  subresource: route.subresource === 'status' ? 'status' : '',
  manager: managerOf(request),
})

const nameIn = (body: JsonObject): string => {
  const metadata = isJsonObject(body['metadata']) ? body['metadata'] : {}
  const { name, generateName } = metadata
  if (typeof name === 'string') return name
  return typeof generateName === 'string'
    ? `${generateName}${Math.random().toString(36).slice(2, 7)}`
    : ''
}

const bodyOf = ({ body }: ApiRequest): JsonObject => (isJsonObject(body) ? body : {})

const created = (database: ObjectDatabase, route: ObjectsRoute, request: ApiRequest): ApiAnswer => {
  const name = nameIn(bodyOf(request))
  return name === ''
    ? refusedAnswer(badRequest('name or generateName is required'))
    : written(createObject(database, targetOf(route, request, name), bodyOf(request)))
}

const patchedBody = (live: KubeObject, target: Target, request: ApiRequest): Json | undefined => {
  const { contentType, body = null } = request
  if (contentType.startsWith('application/json-patch+json'))
    return isJsonArray(body) ? jsonPatched(live, body) : undefined
  return contentType.startsWith('application/strategic-merge-patch+json')
    ? mergePatched(live, body, target.resource.fieldSchema)
    : mergePatched(live, body)
}

const applied = (database: ObjectDatabase, target: Target, request: ApiRequest): WriteResult =>
  applyObject(
    database,
    { ...target, manager: request.query.get('fieldManager') ?? '' },
    { body: bodyOf(request), force: request.query.get('force') === 'true' },
  )

const patched = (database: ObjectDatabase, target: Target, request: ApiRequest): WriteResult => {
  const { resource, namespace, name } = target
  if (request.contentType.startsWith('application/apply-patch+yaml'))
    return applied(database, target, request)
  if (!/^application\/((strategic-)?merge|json)-patch\+json/.test(request.contentType))
    return unsupportedMediaType(request.contentType)
  const live = database.find(resource, namespace, name)
  if (live === undefined) return notFound(resource, name)
  const next = patchedBody(live, target, request)
  return isJsonObject(next) ? updateObject(database, target, next) : unfitPatch
}

const found = (database: ObjectDatabase, { resource, namespace, name }: Target): ApiAnswer => {
  const object = database.find(resource, namespace, name)
  return object === undefined
    ? refusedAnswer(notFound(resource, name))
    : { code: 200, body: object }
}

const deleted = (database: ObjectDatabase, target: Target, request: ApiRequest): ApiAnswer => {
  const result = deleteObject(database, target, bodyOf(request))
  if ('_tag' in result) return refusedAnswer(result)
  const { uid = '' } = result.before.metadata
  const gone: JsonObject = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name: target.name, group: target.resource.group, kind: target.resource.plural, uid },
  }
  return { code: 200, body: result.waiting ?? gone }
}

/** The answer to any request for objects but a watch. */
export const answerTo = (
  database: ObjectDatabase,
  route: ObjectsRoute,
  request: ApiRequest,
): ApiAnswer => {
  const { method } = request
  const { name, subresource } = route
  if (subresource !== '' && !(subresource === 'status' && route.resource.hasStatus))
    return refusedAnswer(notFound(route.resource, `${name ?? ''}/${subresource}`))
  if (name === undefined) {
    if (method === 'GET') return listAnswer(database, route, request)
    return method === 'POST' ? created(database, route, request) : refusedAnswer(notAllowed(method))
  }
  const target = targetOf(route, request, name)
  switch (method) {
    case 'GET':
      return found(database, target)
    case 'PUT':
      return written(updateObject(database, target, bodyOf(request)))
    case 'PATCH':
      return written(patched(database, target, request))
    case 'DELETE':
      return deleted(database, target, request)
    default:
      return refusedAnswer(notAllowed(method))
  }
}
