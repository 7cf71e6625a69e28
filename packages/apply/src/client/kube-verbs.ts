import * as E from 'fp-ts/Either'
import { flow, pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import {
  refOf,
  type ApplyError,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import type { Exchange, Outgoing } from './http-exchange'
import { lineSplitter } from './json-lines'
import {
  answeredDeletion,
  answeredDiscovery,
  answeredList,
  answeredObject,
  watchEvent,
} from './kube-answer'
import type {
  KubeClient,
  LogRequest,
  RequestFailure,
  RequestRecord,
  WatchListener,
  WatchRequest,
} from './kube-client'
import { toApplyError } from './kube-error'
import {
  applyOutgoing,
  createOutgoing,
  discoverOutgoing,
  listOutgoing,
  logOutgoing,
  patchOutgoing,
  readOutgoing,
  removeOutgoing,
  replaceOutgoing,
  signedBy,
  watchOutgoing,
} from './outgoing'

export type VerbDeps = {
  readonly exchange: Exchange
  /** E.g. `image-registry-operator/1.2.3`. */
  readonly userAgent: string
  /** Is told of every request once it is answered. */
  readonly onRequest: (record: RequestRecord) => void
  readonly nowMs: IO<number>
}

type Told = Pick<RequestRecord, 'verb' | 'kind'>

const codeOf = (failure: RequestFailure): number => (failure._tag === 'Refused' ? failure.code : 0)

const missingIsNone = (
  failure: RequestFailure,
): TE.TaskEither<RequestFailure, O.Option<KubeObject>> =>
  failure._tag === 'Refused' && failure.code === 404 ? TE.right(O.none) : TE.left(failure)

type Send = (told: Told, outgoing: Outgoing) => TE.TaskEither<RequestFailure, unknown>

const sender =
  ({ exchange, userAgent, onRequest, nowMs }: VerbDeps): Send =>
  (told, outgoing) =>
    pipe(
      TE.fromIO<number, RequestFailure>(nowMs),
      TE.flatMap((since) => {
        const tell = (code: number) => () => onRequest({ ...told, code, ms: nowMs() - since })
        return pipe(
          exchange.send(signedBy(userAgent)(outgoing)),
          TE.tapIO(() => tell(200)),
          TE.tapError((failure) => TE.fromIO(tell(codeOf(failure)))),
        )
      }),
    )

/** The verbs of a client, spoken over HTTP. */
export const kubeVerbs = (deps: VerbDeps): KubeClient => {
  const send = sender(deps)
  const sendForObject = (
    verb: Told['verb'],
    ref: ObjectRef,
    outgoing: Outgoing,
  ): TE.TaskEither<ApplyError, KubeObject> =>
    pipe(
      send({ verb, kind: ref.kind }, outgoing),
      TE.flatMapEither(answeredObject),
      TE.mapLeft(toApplyError(ref)),
    )
  return {
    apply: (request) => sendForObject('apply', refOf(request.object), applyOutgoing(request)),
    patch: (request) => sendForObject('patch', request.ref, patchOutgoing(request)),
    createObject: (object) => sendForObject('create', refOf(object), createOutgoing(object)),
    replaceObject: (object) => sendForObject('update', refOf(object), replaceOutgoing(object)),
    remove: (request) =>
      pipe(
        send({ verb: 'delete', kind: request.ref.kind }, removeOutgoing(request)),
        TE.map(answeredDeletion),
        TE.mapLeft(toApplyError(request.ref)),
      ),
    read: (ref) =>
      pipe(
        send({ verb: 'get', kind: ref.kind }, readOutgoing(ref)),
        TE.flatMapEither(flow(answeredObject, E.map(O.some))),
        TE.orElse(missingIsNone),
        TE.mapLeft(toApplyError(ref)),
      ),
    list: (collection) =>
      pipe(
        send({ verb: 'list', kind: collection.kind }, listOutgoing(collection)),
        TE.flatMapEither(answeredList(collection)),
      ),
    readLog: (request) => logRead(deps, request),
    watch: (request, listener) => watched(deps, request, listener),
    discover: pipe(
      send({ verb: 'discover', kind: 'APIGroup' }, discoverOutgoing),
      TE.flatMapEither(answeredDiscovery),
    ),
    close: deps.exchange.close,
  }
}

const watched = (
  { exchange, userAgent, onRequest, nowMs }: VerbDeps,
  request: WatchRequest,
  listener: WatchListener,
): (() => void) => {
  const { collection } = request
  const since = nowMs()
  const tell = (code: number): void =>
    onRequest({ verb: 'watch', kind: collection.kind, code, ms: nowMs() - since })
  const toEvent = watchEvent(collection)
  let opened = false
  let stopped = false
  // What follows in the same bytes as the event that made the listener stop is not told either.
  const split = lineSplitter((line) => (stopped ? undefined : listener.event(toEvent(line))))
  const stop = exchange.stream(signedBy(userAgent)(watchOutgoing(request)), {
    opened: () => {
      opened = true
      tell(200)
      listener.opened()
    },
    chunk: (bytes) => {
      listener.received()
      split(bytes)
    },
    ended: (failure) => {
      if (!opened && O.isSome(failure)) tell(codeOf(failure.value))
      listener.ended(failure)
    },
  })
  return () => {
    stopped = true
    stop()
  }
}

/** A log is no JSON, and its answer ends when it is over: that of a container that has ended at once. */
const logRead =
  (
    { exchange, userAgent, onRequest, nowMs }: VerbDeps,
    request: LogRequest,
  ): TE.TaskEither<RequestFailure, string> =>
  () =>
    new Promise((resolve) => {
      const since = nowMs()
      const chunks: Array<Buffer> = []
      exchange.stream(signedBy(userAgent)(logOutgoing(request)), {
        opened: () => undefined,
        chunk: (bytes) => void chunks.push(bytes),
        ended: (failure) => {
          const code = O.isSome(failure) ? codeOf(failure.value) : 200
          onRequest({ verb: 'get', kind: request.pod.kind, code, ms: nowMs() - since })
          resolve(
            O.isSome(failure)
              ? E.left(failure.value)
              : E.right(Buffer.concat(chunks).toString('utf8')),
          )
        },
      })
    })
