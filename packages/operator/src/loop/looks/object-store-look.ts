import type { Observer } from '@image-registry-operator/apply'
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

import { objectStoreQuestion, type ObjectStoreQuestion } from '../../pipeline/object-store-question'
import {
  answeredQuestions,
  type Answer,
  type AnsweredQuestions,
  type AnsweredQuestionsDeps,
  type Question,
} from './answered-questions'

/** Asks an OpenStack whether there is an object store for us. */
export type ProbeObjectStore = (
  credentials: OpenstackCredentials,
) => TaskEither<ProbeError, ObjectStoreAnswer>

export type ObjectStoreLookDeps = AnsweredQuestionsDeps & {
  readonly probeObjectStore: ProbeObjectStore
  readonly valuesOf: Observer['valuesOf']
}

/** Whether the cloud has an object store, as far as that has to be known. */
export type ObjectStoreLook = Pick<AnsweredQuestions, 'seen' | 'stop'> & {
  /** Has the cloud asked if what was observed depends on its answer, and it has not been asked the same before. */
  readonly consider: (observation: Pick<Observation, 'config' | 'facts'>) => IO<void>
}

const SECRET = objectRef('v1', 'Secret', names.MINTED_CREDENTIALS_SECRET, names.REGISTRY_NAMESPACE)

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

/** The Secret is read anew each time that the question is put. */
const questionOf = (deps: ObjectStoreLookDeps, question: ObjectStoreQuestion): Question => ({
  key: JSON.stringify(question),
  answer: () =>
    deps
      .probeObjectStore(credentials(question, deps.valuesOf(SECRET)))()
      .then(
        E.match(
          (error): Answer => ({
            seen: [asObject({ message: describeProbeError(error) })],
            isFinal: false,
          }),
          ({ usable }) => ({ seen: [asObject({ usable })], isFinal: true }),
        ),
      ),
})

/**
 * Asks the cloud when it has to, and remembers what it said.
 *
 * Expected flow: a question, an answer, a pass that makes the Config, and no question any more.
 */
export const objectStoreLook = (deps: ObjectStoreLookDeps): ObjectStoreLook => {
  const { seen, ask, stop } = answeredQuestions(deps)
  return {
    seen,
    stop,
    consider: (observation) => () => {
      const question = objectStoreQuestion(observation)
      ask(question === undefined ? [] : [questionOf(deps, question)])()
    },
  }
}
