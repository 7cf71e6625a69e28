import type { KubeObject, Observation } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { TaskEither } from 'fp-ts/TaskEither'

import { collectionQuestions } from '../../pipeline/collection-questions'
import type { CollectionError } from '../../pipeline/read-collection'
import {
  answeredQuestions,
  type Answer,
  type AnsweredQuestions,
  type AnsweredQuestionsDeps,
  type Question,
} from './answered-questions'

export type CollectionLookDeps = AnsweredQuestionsDeps & {
  /** Reads what the Job of that uid has logged. */
  readonly readCollection: (uid: string) => TaskEither<CollectionError, KubeObject>
}

/** What the clean-ups of plain Kubernetes have found and deleted, as far as that has to be known. */
export type CollectionLook = Pick<AnsweredQuestions, 'seen' | 'stop'> & {
  /** Has the logs read of Jobs that have ended, and forgets those that are gone. */
  readonly consider: (observation: Pick<Observation, 'facts'>) => IO<void>
}

const UNREAD: Answer = { seen: [], isFinal: false }

/** Reads the log of each Job once, when it has ended: after a restart of the operator again, as long as the Job is there. */
export const collectionLook = (deps: CollectionLookDeps): CollectionLook => {
  const { seen, ask, stop } = answeredQuestions(deps)
  const questionOf = (uid: string): Question => ({
    key: uid,
    answer: () =>
      deps
        .readCollection(uid)()
        .then(
          E.match(
            () => UNREAD,
            (collection) => ({ seen: [collection], isFinal: true }),
          ),
        ),
  })
  return {
    seen,
    stop,
    consider: ({ facts }) => ask(collectionQuestions(facts).map(questionOf)),
  }
}
