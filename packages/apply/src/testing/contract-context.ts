import assert from 'node:assert/strict'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import type { TaskEither } from 'fp-ts/TaskEither'

import {
  textOf,
  isJsonArray,
  isJsonObject,
  refOf,
  type ApplyError,
  type Json,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { parseJson } from '../parse-json'
import type { Exchange, Outgoing } from '../client/http-exchange'
import { isKubeObject } from '../client/kube-answer'
import type {
  Collection,
  KubeClient,
  RequestFailure,
  WatchEvent,
  WatchRequest,
} from '../client/kube-client'
import { objectPath, parentPath } from '../client/resource-path'
import { valueAt } from '../perform/with-value-at'

/** What the behaviours of the contract are tried with. */
export type ContractContext = {
  readonly client: KubeClient
  readonly exchange: Exchange
  /** A namespace of this run alone. */
  readonly namespace: string
  /** A word of this run alone, for names of what has no namespace. */
  readonly unique: string
}

export type Behaviour = {
  readonly name: string
  readonly run: (context: ContractContext) => Promise<void>
}

export const behaviour = (name: string, run: Behaviour['run']): Behaviour => ({ name, run })

/** The value, or a failed test that shows what came instead. */
export const succeed = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const result = await task()
  if (E.isLeft(result)) return assert.fail(`refused: ${JSON.stringify(result.left)}`)
  return result.right
}

/** The error, or a failed test. */
export const refuse = async <L>(task: TaskEither<L, unknown>): Promise<L> => {
  const result = await task()
  if (E.isRight(result)) return assert.fail(`accepted: ${JSON.stringify(result.right)}`)
  return result.left
}

export const tagOf = async (task: TaskEither<ApplyError, unknown>): Promise<string> =>
  (await refuse(task))._tag

/** The code and the reason of a refused request. */
export const codeOf = async (task: TaskEither<RequestFailure, unknown>): Promise<number> => {
  const failure = await refuse(task)
  return failure._tag === 'Refused' ? failure.code : 0
}

export const at = (object: JsonObject, path: string): Json | undefined =>
  valueAt(object, path.split('.'))

export const configMap = (
  { namespace }: ContractContext,
  name: string,
  data: { readonly [key: string]: string } = { key: 'value' },
): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data })

export const configMaps = ({ namespace }: ContractContext, name?: string): Collection => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespace,
  ...(name === undefined ? {} : { name }),
})

export const deployment = ({ namespace }: ContractContext, name: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'example.com/main:1',
            env: [{ name: 'FIRST', value: '1' }],
            ports: [{ containerPort: 5000 }],
          },
        ],
      },
    },
  },
})

export const claim = ({ namespace }: ContractContext, name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace },
  spec: {
    accessModes: ['ReadWriteMany'],
    resources: { requests: { storage: '1Gi' } },
    storageClassName: 'nobody',
  },
})

export const applyAs =
  ({ client }: ContractContext) =>
  (fieldManager: string, object: KubeObject, force = false): TaskEither<ApplyError, KubeObject> =>
    client.apply({ object, fieldManager, force })

const asObject = (body: unknown): KubeObject =>
  isKubeObject(body) ? body : assert.fail(`no object: ${JSON.stringify(body)}`)

/** A request with a user agent, as another program would send it; the answer, or the failure. */
export const raw = (
  { exchange }: ContractContext,
  outgoing: Pick<Outgoing, 'method' | 'path'> & {
    readonly body?: Json
    readonly contentType?: string
  },
  userAgent = 'somebody/1.0',
): TaskEither<RequestFailure, unknown> =>
  exchange.send({
    method: outgoing.method,
    path: outgoing.path,
    headers: {
      Accept: 'application/json',
      'User-Agent': userAgent,
      'Content-Type': outgoing.contentType ?? 'application/json',
    },
    ...(outgoing.body === undefined ? {} : { body: JSON.stringify(outgoing.body) }),
  })

/** What `kubectl edit` and the like do: an update under another manager's name. */
export const patchAs =
  (context: ContractContext) =>
  async (
    userAgent: string,
    object: KubeObject,
    patch: Json,
    type = 'merge-patch',
  ): Promise<KubeObject> =>
    asObject(
      await succeed(
        raw(
          context,
          {
            method: 'PATCH',
            path: objectPath(refOf(object)),
            body: patch,
            contentType: `application/${type}+json`,
          },
          `${userAgent}/1.0`,
        ),
      ),
    )

export const createAs =
  (context: ContractContext) =>
  async (userAgent: string, object: KubeObject): Promise<KubeObject> =>
    asObject(
      await succeed(
        raw(
          context,
          { method: 'POST', path: parentPath(object), body: object },
          `${userAgent}/1.0`,
        ),
      ),
    )

/** The object as it is now. */
export const live = async (
  { client }: ContractContext,
  object: KubeObject,
): Promise<KubeObject> => {
  const found = await succeed(client.read(refOf(object)))
  return O.isSome(found) ? found.value : assert.fail(`${object.metadata.name} is not there`)
}

export const isGone = async ({ client }: ContractContext, object: KubeObject): Promise<boolean> =>
  O.isNone(await succeed(client.read(refOf(object))))

export const removeNow = (
  { client }: ContractContext,
  object: KubeObject,
  propagation: 'Foreground' | 'Background' = 'Background',
): TaskEither<ApplyError, O.Option<KubeObject>> =>
  client.remove({
    ref: refOf(object),
    uid: object.metadata.uid ?? '',
    resourceVersion: object.metadata.resourceVersion ?? '',
    propagation,
  })

/** Who owns what: `manager operation subresource` and its fields. */
export const ownersOf = (object: KubeObject): { readonly [owner: string]: Json } =>
  Object.fromEntries(
    (object.metadata.managedFields ?? []).filter(isJsonObject).map((entry) => [
      [entry['manager'], entry['operation'], entry['subresource']]
        .map(textOf)
        .filter((word) => word !== '')
        .join(' '),
      entry['fieldsV1'] ?? {},
    ]),
  )

/** Whether fields are in an entry of managedFields. */
export const owns = (
  object: KubeObject,
  owner: string,
  ...path: ReadonlyArray<string>
): boolean => {
  const fields = ownersOf(object)[owner]
  return isJsonObject(fields) && valueAt(fields, path) !== undefined
}

export const eventually = async (
  what: string,
  condition: () => Promise<boolean>,
): Promise<void> => {
  const deadline = Date.now() + 20_000
  while (!(await condition())) {
    if (Date.now() > deadline) assert.fail(`did not happen: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export type Watching = {
  readonly events: () => ReadonlyArray<WatchEvent>
  readonly ended: () => boolean
  readonly failure: () => RequestFailure | undefined
  readonly until: (
    what: string,
    condition: (events: ReadonlyArray<WatchEvent>) => boolean,
  ) => Promise<ReadonlyArray<WatchEvent>>
  readonly stop: () => void
}

/** A watch that keeps what it hears. */
export const watching = (
  { client }: ContractContext,
  collection: Collection,
  from: WatchRequest['from'] = { _tag: 'InitialEvents' },
  timeoutSeconds = 60,
): Watching => {
  const events: Array<WatchEvent> = []
  let ended = false
  let failure: RequestFailure | undefined
  const stop = client.watch(
    { collection, from, timeoutSeconds },
    {
      opened: () => undefined,
      received: () => undefined,
      event: (event) => events.push(event),
      ended: (why) => {
        ended = true
        failure = O.toUndefined(why)
      },
    },
  )
  return {
    events: () => events,
    ended: () => ended,
    failure: () => failure,
    until: async (what, condition) => {
      await eventually(`${what}; heard ${JSON.stringify(events).slice(0, 600)}`, () =>
        Promise.resolve(condition(events)),
      )
      return events
    },
    stop,
  }
}

export const hasInitialEnd = (events: ReadonlyArray<WatchEvent>): boolean =>
  events.some((event) => event._tag === 'Bookmark' && event.initialEventsEnd)

export const namesOf = (
  events: ReadonlyArray<WatchEvent>,
  tag: 'Put' | 'Delete',
): ReadonlyArray<string> =>
  events.flatMap((event) => (event._tag === tag ? [event.object.metadata.name] : []))

/** The objects of a list, wherever it stands. */
export const objectsAt = (object: JsonObject, path: string): ReadonlyArray<JsonObject> =>
  listOf(at(object, path)).filter(isJsonObject)

/** The object with a piece of its text replaced. */
export const edited = (object: KubeObject, from: string, to: string): KubeObject => {
  const text = JSON.stringify(object)
  assert.ok(text.includes(from), `${from} is not in ${text}`)
  return pipe(
    parseJson(text.replaceAll(from, to)),
    O.filter(isKubeObject),
    O.getOrElse((): KubeObject => assert.fail('no object')),
  )
}

export const listOf = (value: Json | undefined): ReadonlyArray<Json> =>
  isJsonArray(value) ? value : []
