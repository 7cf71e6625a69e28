import * as E from 'fp-ts/Either'
import { flow, pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import { refOf, type KubeObject, type ObjectRef } from '@image-registry-operator/render/model'

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
  ApplyRequest,
  Collection,
  KubeClient,
  PatchRequest,
  RemoveRequest,
  RequestFailure,
  RequestRecord,
  WatchListener,
  WatchRequest,
} from './kube-client'
import { toApplyError } from './kube-error'
import { collectionPath, objectPath, parentPath, query, selectors } from './resource-path'

export type VerbDeps = {
  readonly exchange: Exchange
  /** E.g. `image-registry-operator/1.2.3`. */
  readonly userAgent: string
  /** Is told of every request once it is answered. */
  readonly onRequest: (record: RequestRecord) => void
  readonly nowMs: IO<number>
}

type Told = Pick<RequestRecord, 'verb' | 'kind'>

const JSON_TYPE = 'application/json'
const METADATA_LIST = `${JSON_TYPE};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`
const METADATA = `${JSON_TYPE};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`
const DISCOVERY = ['v2', 'v2beta1']
  .map((version) => `${JSON_TYPE};g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat(JSON_TYPE)
  .join(',')

const codeOf = (failure: RequestFailure): number => (failure._tag === 'Refused' ? failure.code : 0)

const withBody = (body: unknown, contentType: string) => ({
  body: JSON.stringify(body),
  headers: { 'Content-Type': contentType },
})

const applyOutgoing = ({ object, fieldManager, force, subresource }: ApplyRequest): Outgoing => ({
  method: 'PATCH',
  path:
    objectPath(refOf(object)) +
    (subresource === undefined ? '' : `/${subresource}`) +
    query({ fieldManager, force: String(force) }),
  // JSON is YAML; the API server knows this patch by its media type only.
  ...withBody(object, 'application/apply-patch+yaml'),
})

const patchOutgoing = ({ ref, operations, fieldManager }: PatchRequest): Outgoing => ({
  method: 'PATCH',
  path: objectPath(ref) + query({ fieldManager }),
  ...withBody(operations, 'application/json-patch+json'),
})

const removeOutgoing = (request: RemoveRequest): Outgoing => ({
  method: 'DELETE',
  path: objectPath(request.ref),
  ...withBody(
    {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: request.propagation,
      preconditions: { uid: request.uid, resourceVersion: request.resourceVersion },
      ...(request.gracePeriodSeconds === undefined
        ? {}
        : { gracePeriodSeconds: request.gracePeriodSeconds }),
    },
    JSON_TYPE,
  ),
})

const listOutgoing = (collection: Collection): Outgoing => ({
  method: 'GET',
  path: collectionPath(collection) + query(selectors(collection)),
  headers: { Accept: collection.metadataOnly === true ? METADATA_LIST : JSON_TYPE },
})

const startOf = (from: WatchRequest['from']): { readonly [name: string]: string } =>
  from._tag === 'InitialEvents'
    ? { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }
    : { resourceVersion: from.resourceVersion }

const watchOutgoing = ({ collection, timeoutSeconds, from }: WatchRequest): Outgoing => ({
  method: 'GET',
  path:
    collectionPath(collection) +
    query({
      ...selectors(collection),
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(timeoutSeconds),
      ...startOf(from),
    }),
  headers: { Accept: collection.metadataOnly === true ? METADATA : JSON_TYPE },
})

const missingIsNone = (
  failure: RequestFailure,
): TE.TaskEither<RequestFailure, O.Option<KubeObject>> =>
  failure._tag === 'Refused' && failure.code === 404 ? TE.right(O.none) : TE.left(failure)

/** The verbs of a client, spoken over HTTP. */
export const kubeVerbs = ({ exchange, userAgent, onRequest, nowMs }: VerbDeps): KubeClient => {
  const signed = (outgoing: Outgoing): Outgoing => ({
    ...outgoing,
    headers: { Accept: JSON_TYPE, ...outgoing.headers, 'User-Agent': userAgent },
  })

  const tell = (told: Told, since: number, code: number): void =>
    onRequest({ ...told, code, ms: nowMs() - since })

  const send =
    (told: Told) =>
    (outgoing: Outgoing): TE.TaskEither<RequestFailure, unknown> =>
      pipe(
        TE.fromIO<number, RequestFailure>(nowMs),
        TE.flatMap((since) =>
          pipe(
            exchange.send(signed(outgoing)),
            TE.tapIO(() => () => tell(told, since, 200)),
            TE.tapError((failure) => TE.fromIO(() => tell(told, since, codeOf(failure)))),
          ),
        ),
      )

  const sendForObject = (told: Told, ref: ObjectRef, outgoing: Outgoing) =>
    pipe(send(told)(outgoing), TE.flatMapEither(answeredObject), TE.mapLeft(toApplyError(ref)))

  return {
    apply: (request) =>
      sendForObject(
        { verb: 'apply', kind: request.object.kind },
        refOf(request.object),
        applyOutgoing(request),
      ),
    patch: (request) =>
      sendForObject({ verb: 'patch', kind: request.ref.kind }, request.ref, patchOutgoing(request)),
    remove: (request) =>
      pipe(
        send({ verb: 'delete', kind: request.ref.kind })(removeOutgoing(request)),
        TE.map(answeredDeletion),
        TE.mapLeft(toApplyError(request.ref)),
      ),
    read: (ref) =>
      pipe(
        send({ verb: 'get', kind: ref.kind })({
          method: 'GET',
          path: objectPath(ref),
          headers: {},
        }),
        TE.flatMapEither(flow(answeredObject, E.map(O.some))),
        TE.orElse(missingIsNone),
        TE.mapLeft(toApplyError(ref)),
      ),
    createObject: (object) =>
      sendForObject({ verb: 'create', kind: object.kind }, refOf(object), {
        method: 'POST',
        path: parentPath(object),
        ...withBody(object, JSON_TYPE),
      }),
    replaceObject: (object) =>
      sendForObject({ verb: 'update', kind: object.kind }, refOf(object), {
        method: 'PUT',
        path: objectPath(refOf(object)),
        ...withBody(object, JSON_TYPE),
      }),
    list: (collection) =>
      pipe(
        send({ verb: 'list', kind: collection.kind })(listOutgoing(collection)),
        TE.flatMapEither(answeredList(collection)),
      ),
    watch: (request, listener) => {
      const told: Told = { verb: 'watch', kind: request.collection.kind }
      const tellIO = (since: number) => (code: number) => tell(told, since, code)
      return watched(exchange, signed(watchOutgoing(request)), {
        collection: request.collection,
        listener,
        tell: tellIO(nowMs()),
      })
    },
    discover: pipe(
      send({ verb: 'discover', kind: 'APIGroup' })({
        method: 'GET',
        path: '/apis',
        headers: { Accept: DISCOVERY },
      }),
      TE.flatMapEither(answeredDiscovery),
    ),
    close: exchange.close,
  }
}

const watched = (
  exchange: Exchange,
  outgoing: Outgoing,
  {
    collection,
    listener,
    tell,
  }: {
    readonly collection: Collection
    readonly listener: WatchListener
    readonly tell: (code: number) => void
  },
): (() => void) => {
  const toEvent = watchEvent(collection)
  const split = lineSplitter((line) => listener.event(toEvent(line)))
  let opened = false
  return exchange.stream(outgoing, {
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
      if (!opened)
        tell(
          pipe(
            failure,
            O.match(() => 200, codeOf),
          ),
        )
      listener.ended(failure)
    },
  })
}
