import type { Clock } from '@image-registry-operator/apply'
import type { KubeObject, Observation } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { TaskEither } from 'fp-ts/TaskEither'

import { collectionQuestions } from '../pipeline/collection-questions'
import type { CollectionError } from '../pipeline/read-collection'
import { backoffMs } from './backoff'

export type CollectionLookDeps = {
  /** Reads what the Job of that uid has logged. */
  readonly readCollection: (uid: string) => TaskEither<CollectionError, KubeObject>
  readonly clock: Pick<Clock, 'after'>
  /** Between 0 and 1, for jitter. */
  readonly random: IO<number>
  /** More is known than before. */
  readonly onChange: IO<void>
}

/** What the clean-ups of plain Kubernetes have found and deleted, as far as that has to be known. */
export type CollectionLook = {
  /** What is known, in the form that decoding expects. */
  readonly seen: IO<ReadonlyArray<KubeObject>>
  /** Has the logs read of Jobs that have ended, and forgets those that are gone. */
  readonly consider: (observation: Pick<Observation, 'facts'>) => IO<void>
  /** Nothing is read any more, and no answer counts. */
  readonly stop: IO<void>
}

const RETRY = { firstMs: 1_000, capMs: 60_000 }

/** One log: what it says, or that it is being read. */
type Asked = {
  readonly failures: number
  readonly known?: KubeObject
  readonly cancelRetry: IO<void>
}

/**
 * Reads the log of each Job once, when it has ended: after a restart of the operator again, as long as the Job is there.
 *
 * Guarantees: one request at a time for each Job. A failure is tried again after a second, two, … up to a minute. An answer
 * about a Job that is gone, or after `stop`, is dropped.
 */
export const collectionLook = (deps: CollectionLookDeps): CollectionLook => {
  const asked = new Map<string, Asked>()

  const settle = (
    uid: string,
    before: Asked,
    answer: E.Either<CollectionError, KubeObject>,
  ): void => {
    if (asked.get(uid) !== before) return
    if (E.isRight(answer)) {
      asked.set(uid, { ...before, known: answer.right })
      deps.onChange()
      return
    }
    const failures = before.failures + 1
    const waitMs = backoffMs(failures, deps.random(), RETRY)
    asked.set(uid, { failures, cancelRetry: deps.clock.after(waitMs, () => read(uid, failures)) })
  }

  const read = (uid: string, failures: number): void => {
    const reading: Asked = { failures, cancelRetry: () => undefined }
    asked.set(uid, reading)
    void deps
      .readCollection(uid)()
      .then((answer) => settle(uid, reading, answer))
  }

  const forget = (uid: string): void => {
    asked.get(uid)?.cancelRetry()
    asked.delete(uid)
  }

  return {
    seen: () => [...asked.values()].flatMap(({ known }) => (known === undefined ? [] : [known])),
    consider:
      ({ facts }) =>
      () => {
        const questions = collectionQuestions(facts)
        const gone = [...asked.keys()].filter((uid) => !questions.includes(uid))
        gone.forEach(forget)
        questions.filter((uid) => !asked.has(uid)).forEach((uid) => read(uid, 0))
      },
    stop: () => [...asked.keys()].forEach(forget),
  }
}
