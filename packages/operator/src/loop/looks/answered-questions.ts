import type { Clock } from '@image-registry-operator/apply'
import type { KubeObject } from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

import { backoffMs } from '../backoff'

/** What came of a question so far: what decoding sees of it, and whether it has to be put again. */
export type Answer = {
  readonly seen: ReadonlyArray<KubeObject>
  readonly isFinal: boolean
}

/** Something that cannot be watched, and how to find it out. Two questions with the same key are the same. */
export type Question = { readonly key: string; readonly answer: Task<Answer> }

export type AnsweredQuestionsDeps = {
  readonly clock: Pick<Clock, 'after'>
  /** Between 0 and 1, for jitter. */
  readonly random: IO<number>
  /** More is known than before, or something else. */
  readonly onChange: IO<void>
}

/** What is known of questions, in the form that decoding expects. */
export type AnsweredQuestions = {
  readonly seen: IO<ReadonlyArray<KubeObject>>
  /** These have to be known from now on, and no others: what is known of those is forgotten. */
  readonly ask: (questions: ReadonlyArray<Question>) => IO<void>
  /** Nobody is asked any more, and no answer counts. */
  readonly stop: IO<void>
}

const RETRY = { firstMs: 1_000, capMs: 60_000 }

/** A question that has been put, and what came of it so far. */
type Asked = {
  readonly question: Question
  readonly failures: number
  readonly seen: ReadonlyArray<KubeObject>
  readonly cancelRetry: IO<void>
}

const nothing = (): void => undefined

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/**
 * Puts each question once, beside the passes, and remembers what came of it.
 *
 * Guarantees: one request at a time for each question; an answer that is not final is awaited again after a second, two, …
 * up to a minute, and told of once. An answer to a question that nobody asks any more, or after `stop`, is dropped.
 */
export const answeredQuestions = (deps: AnsweredQuestionsDeps): AnsweredQuestions => {
  const asked = new Map<string, Asked>()

  const settle = (before: Asked, { seen, isFinal }: Answer): void => {
    const { question } = before
    if (asked.get(question.key) !== before) return
    const failures = before.failures + 1
    const next = { ...before, seen, failures }
    const retry = (): void => put({ ...next, cancelRetry: nothing })
    const waitMs = backoffMs(failures, deps.random(), RETRY)
    const cancelRetry = isFinal ? nothing : deps.clock.after(waitMs, retry)
    asked.set(question.key, { ...next, cancelRetry })
    if (!isSame(before.seen, seen)) deps.onChange()
  }

  const put = (current: Asked): void => {
    asked.set(current.question.key, current)
    void current.question.answer().then((answer) => settle(current, answer))
  }

  const forget = (key: string): void => {
    asked.get(key)?.cancelRetry()
    asked.delete(key)
  }

  const ask = (questions: ReadonlyArray<Question>): void => {
    const wanted = questions.map(({ key }) => key)
    const former = [...asked.keys()].filter((key) => !wanted.includes(key))
    former.forEach(forget)
    questions
      .filter(({ key }) => !asked.has(key))
      .forEach((question) => put({ question, failures: 0, seen: [], cancelRetry: nothing }))
  }

  return {
    seen: () => [...asked.values()].flatMap(({ seen }) => seen),
    ask: (questions) => () => ask(questions),
    stop: () => ask([]),
  }
}
