import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'

import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

import type { Exchange, Outgoing } from '../client/http-exchange'
import type {
  KubeClient,
  RequestFailure,
  WatchEvent,
  WatchListener,
  WatchRequest,
} from '../client/kube-client'
import { noAnswer, refused } from '../client/kube-error'
import { kubeVerbs } from '../client/kube-verbs'
import { watchOutgoing } from '../client/outgoing'
import { parseJson } from '../parse-json'
import { selectionOf, type ApiRequest } from './api-answer'
import { answerOther, isWatch, verbOf, watchParameters, type RequestVerb } from './api-request'
import { routeOf, type Route } from './api-route'
import { isSelected, watchRefusal, type Selection } from './api-watch'
import { onceKnown, onceKnownByText } from './known'
import type { ObjectDatabase, StoredEvent } from './object-database'
import type { Resource } from './resources'
import { expired, isRefusal, nothingThere, statusOf, type Refusal } from './refusal'

/** What comes back from a request. */
export type InProcessAnswer = E.Either<RequestFailure, unknown>

/** A request on its way. */
export type InProcessRequest = {
  readonly verb: RequestVerb
  /** Empty where the request is not about objects. */
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly subresource: string
  readonly body: unknown
  /** What the server does, at the moment when this is called. */
  readonly carryOut: () => InProcessAnswer
}

/** A watch that somebody wants to be opened. */
export type InProcessWatch = {
  readonly request: WatchRequest
  readonly listener: WatchListener
  readonly source: WatchSource
}

/** What a watch shows. */
export type WatchSource = {
  /** What it begins with; at the moment when this is called. */
  readonly begin: () => E.Either<RequestFailure, ReadonlyArray<WatchEvent>>
  /** What happens from now on; the result stops it. */
  readonly follow: (tell: (event: WatchEvent) => void) => () => void
  /** Says how far everything is known. */
  readonly bookmark: () => WatchEvent
}

/** Takes requests to the server and answers back, each when it likes. */
export type Courier = {
  readonly deliver: (request: InProcessRequest) => Promise<InProcessAnswer>
  /** The result stops the watch. */
  readonly watch: (watch: InProcessWatch) => () => void
}

const STREAMING = { streamingLists: true, bookmarkMs: 0 }

/** Nobody changes what was read: the same text is the same value, of which the same is known. */
const readOnce = onceKnownByText((text) => O.toUndefined(parseJson(text)))

const requestOf = ({ method, path, headers, body }: Outgoing): ApiRequest => ({
  method,
  query: new URLSearchParams(path.split('?')[1] ?? ''),
  contentType: headers['Content-Type'] ?? '',
  accept: headers['Accept'] ?? '',
  userAgent: headers['User-Agent'] ?? '',
  body: body === undefined ? undefined : readOnce(body),
})

const failureOf = (refusal: Refusal): RequestFailure => refused(refusal.code, statusOf(refusal))

const routesOf = onceKnown((resources: ReadonlyArray<Resource>) =>
  onceKnownByText((path) => routeOf(resources, path)),
)

const routeTo = (database: ObjectDatabase, { path }: Outgoing): Route =>
  routesOf(database.resources())(path.split('?')[0] ?? '')

const inProcessRequest = (database: ObjectDatabase, outgoing: Outgoing): InProcessRequest => {
  const request = requestOf(outgoing)
  const route = routeTo(database, outgoing)
  const about = route._tag === 'Objects' ? route : undefined
  return {
    verb: verbOf(route, request),
    kind: about?.resource.kind ?? '',
    namespace: about?.namespace ?? '',
    name: about?.name ?? '',
    subresource: about?.subresource ?? '',
    body: request.body,
    carryOut: () => {
      const refusal = isWatch(request.query)
        ? watchRefusal(watchParameters(request.query), STREAMING)
        : undefined
      if (refusal !== undefined) return E.left(failureOf(refusal))
      const path = route._tag === 'Discovery' ? route.path : outgoing.path
      // What is served may have changed since the request was made.
      const { code, body } = answerOther(database, routeTo(database, outgoing), path, request)
      return code < 300 ? E.right(body) : E.left(refused(code, body))
    },
  }
}

const shownAs =
  ({ collection }: WatchRequest, { show }: Selection) =>
  (object: KubeObject): KubeObject => {
    const shown: JsonObject = show(object)
    // Metadata alone says of itself that it is something else.
    return shown === object
      ? object
      : {
          ...shown,
          metadata: object.metadata,
          apiVersion: collection.apiVersion,
          kind: collection.kind,
        }
  }

const bookmarkOf = (database: ObjectDatabase, initialEventsEnd: boolean): WatchEvent => ({
  _tag: 'Bookmark',
  resourceVersion: String(database.resourceVersion()),
  initialEventsEnd,
})

const selected = (database: ObjectDatabase, watch: WatchRequest): Selection | Refusal => {
  const outgoing = watchOutgoing(watch)
  const route = routeTo(database, outgoing)
  return route._tag === 'Objects' ? selectionOf(route, requestOf(outgoing)) : nothingThere
}

/** What a watch of that database shows, without a line of text. */
const watchSource = (database: ObjectDatabase, watch: WatchRequest): WatchSource => {
  const eventOf = (selection: Selection) => {
    const shown = shownAs(watch, selection)
    return ({ type, object }: StoredEvent): WatchEvent => ({
      _tag: type === 'DELETED' ? 'Delete' : 'Put',
      object: shown(object),
    })
  }
  const begin = (): E.Either<RequestFailure, ReadonlyArray<WatchEvent>> => {
    const selection = selected(database, watch)
    if (isRefusal(selection)) return E.left(failureOf(selection))
    const matches = isSelected(selection)
    if (watch.from._tag === 'InitialEvents')
      return E.right([
        ...database
          .list(selection.resource, selection.namespace)
          .filter((object) => matches(selection.resource, object))
          .map((object): WatchEvent => ({
            _tag: 'Put',
            object: shownAs(watch, selection)(object),
          })),
        bookmarkOf(database, true),
      ])
    const since = watch.from.resourceVersion
    const missed = database.eventsSince(Number(since))
    if (missed !== undefined)
      return E.right(
        missed.filter(({ resource, object }) => matches(resource, object)).map(eventOf(selection)),
      )
    const why = `too old resource version: ${since} (${database.resourceVersion()})`
    return E.right([{ _tag: 'Error', failure: failureOf(expired(why)) }])
  }
  const follow = (tell: (event: WatchEvent) => void): (() => void) => {
    const selection = selected(database, watch)
    if (isRefusal(selection)) return () => undefined
    const matches = isSelected(selection)
    const toEvent = eventOf(selection)
    return database.subscribe((event) => {
      if (matches(event.resource, event.object)) tell(toEvent(event))
    })
  }
  return { begin, follow, bookmark: () => bookmarkOf(database, false) }
}

/** Requests that go to a database without a connection: nothing of them is text but their bodies. */
export const inProcessExchange = (database: ObjectDatabase, courier: Courier): Exchange => ({
  send: (outgoing) => () => courier.deliver(inProcessRequest(database, outgoing)),
  stream: (_outgoing, listener) => {
    listener.ended(O.some(noAnswer('logs are not kept')))
    return () => undefined
  },
  close: () => undefined,
})

/** A client whose requests a courier takes to a database in this process. Logs of pods are not to be had. */
export const inProcessClient = (database: ObjectDatabase, courier: Courier): KubeClient => ({
  ...kubeVerbs({
    exchange: inProcessExchange(database, courier),
    userAgent: 'image-registry-operator/in-process',
    onRequest: () => undefined,
    nowMs: database.nowMs,
  }),
  watch: (request, listener) =>
    courier.watch({ request, listener, source: watchSource(database, request) }),
})

const PAST_ITS_TIME = O.none

const openedAtOnce = ({ request, listener, source }: InProcessWatch): (() => void) => {
  let over = false
  const unlessOver = (run: () => void): void => (over ? undefined : run())
  const tell = (event: WatchEvent): void =>
    queueMicrotask(() => unlessOver(() => listener.event(event)))
  const end = (failure: O.Option<RequestFailure>): void =>
    queueMicrotask(() =>
      unlessOver(() => {
        over = true
        listener.ended(failure)
      }),
    )
  let unfollow: () => void = () => undefined
  const stop = (): void => {
    over = true
    unfollow()
    clearTimeout(timer)
  }
  const timer = setTimeout(() => end(PAST_ITS_TIME), request.timeoutSeconds * 1000)
  pipe(
    source.begin(),
    E.match(
      (failure) => end(O.some(failure)),
      (events) => {
        queueMicrotask(() => unlessOver(listener.opened))
        events.forEach(tell)
        if (events.some(({ _tag }) => _tag === 'Error')) end(O.none)
        else unfollow = source.follow(tell)
      },
    ),
  )
  return stop
}

/** Delivers everything at once. */
export const promptCourier: Courier = {
  deliver: ({ carryOut }) => Promise.resolve().then(carryOut),
  watch: openedAtOnce,
}
