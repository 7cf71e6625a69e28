import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'

import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonArray,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { parseJson } from '../parse-json'
import { noAnswer, refused } from './kube-error'
import type { Collection, KubeList, RequestFailure, WatchEvent } from './kube-client'

/** Whether a value has what we assume of every manifest. */
export const isKubeObject = (value: unknown): value is KubeObject =>
  isJsonObject(value) &&
  typeof value['apiVersion'] === 'string' &&
  typeof value['kind'] === 'string' &&
  isJsonObject(value['metadata']) &&
  typeof value['metadata']['name'] === 'string'

const notKubernetes = (what: string): RequestFailure => noAnswer(`the answer is not ${what}`)

/** The object in an answer. */
export const answeredObject = (body: unknown): E.Either<RequestFailure, KubeObject> =>
  isKubeObject(body) ? E.right(body) : E.left(notKubernetes('a Kubernetes object'))

/** Items of lists do not say what kind they are, and metadata-only ones say something else. */
const ofCollection =
  ({ apiVersion, kind }: Collection) =>
  (item: Json): O.Option<KubeObject> => {
    const named = isJsonObject(item) ? { ...item, apiVersion, kind } : item
    return isKubeObject(named) ? O.some(named) : O.none
  }

const listVersion = (body: JsonObject): string => {
  const metadata = body['metadata']
  const version = isJsonObject(metadata) ? metadata['resourceVersion'] : undefined
  return typeof version === 'string' ? version : ''
}

/** The list in an answer. */
export const answeredList =
  (collection: Collection) =>
  (body: unknown): E.Either<RequestFailure, KubeList> =>
    isJsonObject(body) && (isJsonArray(body['items']) || body['items'] === null)
      ? E.right({
          resourceVersion: listVersion(body),
          items: (body['items'] ?? []).map(ofCollection(collection)).flatMap(
            O.match(
              () => [],
              (item) => [item],
            ),
          ),
        })
      : E.left(notKubernetes('a list'))

/** What a DELETE answers: a Status, or the object when that stays until its finalizers are done. */
export const answeredDeletion = (body: unknown): O.Option<KubeObject> => {
  if (!isKubeObject(body)) return O.none
  const finalizers = body.metadata['finalizers']
  return isJsonArray(finalizers) && finalizers.length > 0 ? O.some(body) : O.none
}

const items = (value: Json | undefined): JsonArray => (isJsonArray(value) ? value : [])

const resourceNames = (version: JsonObject): JsonArray =>
  items(version['resources'])
    .filter(isJsonObject)
    .map((resource) => ({ resource: resource['resource'] ?? '' }))

const groupVersions = (group: JsonObject): JsonArray =>
  items(group['versions'])
    .filter(isJsonObject)
    .map((version) => ({ version: version['version'] ?? '', resources: resourceNames(version) }))

const discovered = (groups: JsonArray): JsonObject => ({
  apiVersion: 'apidiscovery.k8s.io/v2',
  kind: 'APIGroupDiscoveryList',
  metadata: {},
  items: groups,
})

const nameOfGroup = ({ metadata }: JsonObject): Json =>
  isJsonObject(metadata) ? (metadata['name'] ?? '') : ''

/** Groups, versions and resource names of an answer to discovery. Servers before 1.26 name no resources. */
export const answeredDiscovery = (body: unknown): E.Either<RequestFailure, JsonObject> => {
  if (!isJsonObject(body)) return E.left(notKubernetes('a list of API groups'))
  if (isJsonArray(body['groups'])) {
    const groups = body['groups'].filter(isJsonObject)
    return E.right(
      discovered(
        groups.map((group) => ({
          metadata: { name: group['name'] ?? '' },
          versions: items(group['versions'])
            .filter(isJsonObject)
            .map((version) => ({ version: version['version'] ?? '' })),
        })),
      ),
    )
  }
  const groups = items(body['items']).filter(isJsonObject)
  return E.right(
    discovered(
      groups.map((group) => ({
        metadata: { name: nameOfGroup(group) },
        versions: groupVersions(group),
      })),
    ),
  )
}

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end'

const bookmark = (object: JsonObject): WatchEvent => {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {}
  return {
    _tag: 'Bookmark',
    resourceVersion: listVersion(object),
    initialEventsEnd: annotations[INITIAL_EVENTS_END] === 'true',
  }
}

const failed = (failure: RequestFailure): WatchEvent => ({ _tag: 'Error', failure })

const errorEvent = (object: JsonObject): WatchEvent =>
  failed(refused(typeof object['code'] === 'number' ? object['code'] : 500, object))

/** What one line of a watch says. Types that we do not know are an error: skipping one could lose a change. */
export const watchEvent =
  (collection: Collection) =>
  (line: string): WatchEvent => {
    const event = parseJson(line)
    if (O.isNone(event)) return failed(notKubernetes('JSON'))
    const body = isJsonObject(event.value) ? event.value : {}
    const object = isJsonObject(body['object']) ? body['object'] : {}
    if (body['type'] === 'BOOKMARK') return bookmark(object)
    if (body['type'] === 'ERROR') return errorEvent(object)
    const item = ofCollection(collection)(object)
    if (O.isNone(item)) return failed(notKubernetes('a watch event'))
    switch (body['type']) {
      case 'ADDED':
      case 'MODIFIED':
        return { _tag: 'Put', object: item.value }
      case 'DELETED':
        return { _tag: 'Delete', object: item.value }
      default:
        return failed(notKubernetes('a watch event'))
    }
  }
