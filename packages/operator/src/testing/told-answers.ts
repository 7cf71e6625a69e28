import { fakeClock, type FakeClock } from './fake-clock'

/** Somebody who is asked, and answers when the test says so; on a clock that stands still. */
export type ToldAnswers<Question, Answer> = {
  readonly clock: FakeClock
  readonly asked: ReadonlyArray<Question>
  /** How often a change was told of. */
  readonly changes: () => number
  /** What a look depends on besides. */
  readonly deps: {
    readonly clock: FakeClock
    readonly random: () => number
    readonly onChange: () => void
  }
  readonly ask: (question: Question) => () => Promise<Answer>
  /** Answers the oldest question that waits, and lets everybody take note. */
  readonly answer: (answer: Answer) => Promise<void>
}

export const toldAnswers = <Question, Answer>(): ToldAnswers<Question, Answer> => {
  const clock = fakeClock()
  const asked: Question[] = []
  const waiting: Array<(answer: Answer) => void> = []
  let changes = 0
  return {
    clock,
    asked,
    changes: () => changes,
    deps: { clock, random: () => 1, onChange: () => void (changes += 1) },
    ask: (question) => () => {
      asked.push(question)
      return new Promise((resolve) => waiting.push(resolve))
    },
    answer: async (answer) => {
      waiting.shift()?.(answer)
      await clock.advance(0)
    },
  }
}
