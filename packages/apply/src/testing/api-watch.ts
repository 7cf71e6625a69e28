import type { ServerResponse } from 'node:http'

import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

import type { ObjectDatabase, StoredEvent } from './object-database'
import { expired, invalid, statusOf, type Refusal } from './refusal'
import { apiVersionOf, type Resource } from './resources'

/** Which objects, and how they are shown. */
export type Selection = {
  readonly resource: Resource
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly show: (object: KubeObject) => JsonObject
}

export type WatchParameters = {
  readonly resourceVersion: string
  readonly sendInitialEvents: boolean
  readonly resourceVersionMatch: string
  readonly bookmarks: boolean
  readonly timeoutMs: number
}

export type WatchSettings = {
  /** Whether lists can be streamed. */
  readonly streamingLists: boolean
  readonly bookmarkMs: number
}

const OPTIONS = { group: 'meta.k8s.io', kind: 'ListOptions' }

const forbidden = (field: string, why: string): Refusal =>
  invalid(OPTIONS, '', [{ field, reason: 'FieldValueForbidden', message: `Forbidden: ${why}` }])

export const watchRefusal = (
  { sendInitialEvents, resourceVersionMatch }: WatchParameters,
  { streamingLists }: WatchSettings,
): Refusal | undefined => {
  if (sendInitialEvents && !streamingLists)
    return forbidden(
      'sendInitialEvents',
      'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
    )
  if (sendInitialEvents && resourceVersionMatch !== 'NotOlderThan')
    return forbidden(
      'resourceVersionMatch',
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    )
  return !sendInitialEvents && resourceVersionMatch !== ''
    ? forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      )
    : undefined
}

export const isSelected =
  ({ resource, namespace, name }: Selection) =>
  (of: Resource, object: KubeObject): boolean =>
    of.group === resource.group &&
    of.plural === resource.plural &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name)

const bookmark = (selection: Selection, resourceVersion: number, end: boolean): JsonObject => ({
  type: 'BOOKMARK',
  object: {
    apiVersion: apiVersionOf(selection.resource),
    kind: selection.resource.kind,
    metadata: {
      resourceVersion: String(resourceVersion),
      creationTimestamp: null,
      ...(end ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
    },
  },
})

/** Answers a watch until it times out, is cut, or cannot go on. */
export const answerWatch = (
  {
    database,
    response,
    settings,
  }: {
    readonly database: ObjectDatabase
    readonly response: ServerResponse
    readonly settings: WatchSettings
  },
  selection: Selection,
  parameters: WatchParameters,
): void => {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.flushHeaders()
  const send = (event: JsonObject): void => {
    response.write(`${JSON.stringify(event)}\n`)
  }
  const matches = isSelected(selection)
  const sendStored = ({ type, resource, object }: StoredEvent): void => {
    if (matches(resource, object)) send({ type, object: selection.show(object) })
  }

  const fromStart = ['', '0'].includes(parameters.resourceVersion)
  if (fromStart || parameters.sendInitialEvents) {
    database
      .list(selection.resource, selection.namespace)
      .filter((object) => matches(selection.resource, object))
      .forEach((object) => send({ type: 'ADDED', object: selection.show(object) }))
    if (parameters.sendInitialEvents && parameters.bookmarks)
      send(bookmark(selection, database.resourceVersion(), true))
  } else {
    const missed = database.eventsSince(Number(parameters.resourceVersion))
    if (missed === undefined) {
      const why = `too old resource version: ${parameters.resourceVersion} (${database.resourceVersion()})`
      send({ type: 'ERROR', object: statusOf(expired(why)) })
      response.end()
      return
    }
    missed.forEach(sendStored)
  }

  const unsubscribe = database.subscribe(sendStored)
  const ticking = setInterval(() => {
    if (parameters.bookmarks) send(bookmark(selection, database.resourceVersion(), false))
  }, settings.bookmarkMs)
  const ending = setTimeout(() => response.end(), parameters.timeoutMs)
  response.on('close', () => {
    unsubscribe()
    clearInterval(ticking)
    clearTimeout(ending)
  })
}
