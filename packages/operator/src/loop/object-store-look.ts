import type { Clock, Observer } from '@image-registry-operator/apply'
import {
  isJsonObject,
  names,
  objectRef,
  textOf,
  type JsonObject,
  type KubeObject,
  type Observation,
} from '@image-registry-operator/render/model'
import {
  describeProbeError,
  type ObjectStoreAnswer,
  type OpenstackCredentials,
  type ProbeError,
} from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import type { TaskEither } from 'fp-ts/TaskEither'

import { objectStoreQuestion, type ObjectStoreQuestion } from '../pipeline/object-store-question'
import { backoffMs } from './backoff'

/** Asks an OpenStack whether there is an object store for us. */
export type ProbeObjectStore = (
  credentials: OpenstackCredentials,
) => TaskEither<ProbeError, ObjectStoreAnswer>

export type ObjectStoreLookDeps = {
  readonly probeObjectStore: ProbeObjectStore
  readonly valuesOf: Observer['valuesOf']
  readonly clock: Pick<Clock, 'after'>
  /** Between 0 and 1, for jitter. */
  readonly random: IO<number>
  /** More is known than before, or something else. */
  readonly onChange: IO<void>
}

/** Whether the cloud has an object store, as far as that has to be known. */
export type ObjectStoreLook = {
  /** What is known, in the form that decoding expects; nothing before there is an answer. */
  readonly seen: IO<ReadonlyArray<KubeObject>>
  /** Has the cloud asked if what was observed depends on its answer, and it has not been asked the same before. */
  readonly consider: (observation: Pick<Observation, 'config' | 'facts'>) => IO<void>
  /** Nobody is asked any more, and no answer counts. */
  readonly stop: IO<void>
}

const SECRET = objectRef('v1', 'Secret', names.MINTED_CREDENTIALS_SECRET, names.REGISTRY_NAMESPACE)

const RETRY = { firstMs: 1_000, capMs: 60_000 }

const entry = (secret: O.Option<KubeObject>, key: string): string => {
  const data = O.isSome(secret) ? secret.value['data'] : undefined
  return isJsonObject(data) && Object.hasOwn(data, key)
    ? Buffer.from(textOf(data[key]), 'base64').toString('utf8')
    : ''
}

const credentials = (
  { cloud, authorities, proxy }: ObjectStoreQuestion,
  secret: O.Option<KubeObject>,
): OpenstackCredentials => {
  const own = entry(secret, 'cacert')
  return {
    clouds: entry(secret, 'clouds.yaml'),
    cloud,
    authorities: own === '' ? authorities : own,
    proxy,
  }
}

const asObject = (status: JsonObject): KubeObject => ({
  apiVersion: names.SEEN_API_VERSION,
  kind: 'ObjectStore',
  metadata: { name: names.SINGLETON_NAME },
  status,
})

type Answer = E.Either<ProbeError, ObjectStoreAnswer>

const statusOf = (answer: Answer): JsonObject =>
  E.isRight(answer) ? { usable: answer.right.usable } : { message: describeProbeError(answer.left) }

/** A question that has been put, and what came of it so far. */
type Asked = {
  /** Which one it is of all that were put. */
  readonly turn: number
  readonly text: string
  readonly failures: number
  readonly status?: JsonObject
  readonly cancelRetry: IO<void>
}

const unanswered = (turn: number, text: string): Asked => ({
  turn,
  text,
  failures: 0,
  cancelRetry: () => undefined,
})

/**
 * Asks the cloud when it has to, and remembers what it said.
 *
 * Expected flow: a question, an answer, a pass that makes the Config, and no question any more.
 * Guarantees: one request at a time for the same question; an answer to a former question, or after `stop`, is
 * dropped. A question without an answer is put again after a second, two, … up to a minute.
 */
export const objectStoreLook = (deps: ObjectStoreLookDeps): ObjectStoreLook => {
  let turns = 0
  let asked: Asked | undefined

  const forget = (): void => {
    asked?.cancelRetry()
    asked = undefined
  }

  const settle = (question: ObjectStoreQuestion, before: Asked, answer: Answer): void => {
    if (asked?.turn !== before.turn) return
    const status = statusOf(answer)
    const failures = before.failures + 1
    const waitMs = backoffMs(failures, deps.random(), RETRY)
    const next: Asked = { ...before, status, failures }
    asked = E.isRight(answer)
      ? next
      : { ...next, cancelRetry: deps.clock.after(waitMs, () => ask(question, next)) }
    if (JSON.stringify(before.status) !== JSON.stringify(status)) deps.onChange()
  }

  const ask = (question: ObjectStoreQuestion, current: Asked): void => {
    const given = credentials(question, deps.valuesOf(SECRET))
    void deps
      .probeObjectStore(given)()
      .then((answer) => settle(question, current, answer))
  }

  const begin = (question: ObjectStoreQuestion, text: string): void => {
    forget()
    turns += 1
    asked = unanswered(turns, text)
    ask(question, asked)
  }

  return {
    seen: () => (asked?.status === undefined ? [] : [asObject(asked.status)]),
    consider: (observation) => () => {
      const question = objectStoreQuestion(observation)
      const text = JSON.stringify(question)
      if (question === undefined) forget()
      else if (asked?.text !== text) begin(question, text)
    },
    stop: forget,
  }
}
