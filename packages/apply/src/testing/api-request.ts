import type { KubeObject } from '@image-registry-operator/render/model'

import { answerTo, refusedAnswer, type ApiAnswer, type ApiRequest } from './api-answer'
import { discoveryAnswer } from './api-discovery'
import type { Route } from './api-route'
import type { WatchParameters } from './api-watch'
import { applyObject } from './object-apply'
import type { ObjectDatabase } from './object-database'
import { isRefusal, nothingThere, type Refusal } from './refusal'
import { targetOf } from './writes-of-others'

/** What a request asks for, in the words of the API server's rules. */
export type RequestVerb =
  'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'apply' | 'delete' | 'discover'

/** What a request asks for. */
export const verbOf = (route: Route, { method, query, contentType }: ApiRequest): RequestVerb => {
  if (route._tag === 'Discovery') return 'discover'
  const named = route._tag === 'Objects' && route.name !== undefined
  switch (method) {
    case 'GET':
      if (isWatch(query)) return 'watch'
      return named ? 'get' : 'list'
    case 'POST':
      return 'create'
    case 'PUT':
      return 'update'
    case 'DELETE':
      return 'delete'
    default:
      return contentType.startsWith('application/apply-patch') ? 'apply' : 'patch'
  }
}

/** Whether a request for a collection is to go on. */
export const isWatch = (query: URLSearchParams): boolean =>
  ['true', '1'].includes(query.get('watch') ?? '')

const MINUTE_MS = 60_000

/** How a watch is asked for. */
export const watchParameters = (query: URLSearchParams): WatchParameters => ({
  resourceVersion: query.get('resourceVersion') ?? '',
  sendInitialEvents: query.get('sendInitialEvents') === 'true',
  resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
  bookmarks: query.get('allowWatchBookmarks') === 'true',
  timeoutMs: Number(query.get('timeoutSeconds') ?? '0') * 1000 || 30 * MINUTE_MS,
})

/** The answer to any request but a watch. */
export const answerOther = (
  database: ObjectDatabase,
  route: Route,
  path: string,
  request: ApiRequest,
): ApiAnswer => {
  if (route._tag === 'Objects') return answerTo(database, route, request)
  const body =
    route._tag === 'Discovery'
      ? discoveryAnswer(database.resources(), path, request.accept)
      : undefined
  return body === undefined ? refusedAnswer(nothingThere) : { code: 200, body }
}

/** Writes an object with its status as if others had. Gives the refusal, if any. */
export const loaded = (
  database: ObjectDatabase,
  object: KubeObject,
  manager: string,
): Refusal | undefined => {
  const target = targetOf(database, object, manager)
  if (target === undefined) return nothingThere
  const main = applyObject(database, target, { body: object, force: true })
  if (isRefusal(main) || object['status'] === undefined || !target.resource.hasStatus)
    return isRefusal(main) ? main : undefined
  const status = applyObject(
    database,
    { ...target, subresource: 'status' },
    { body: object, force: true },
  )
  return isRefusal(status) ? status : undefined
}
