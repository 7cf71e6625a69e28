import * as E from 'fp-ts/Either'

import { keyOf, type KubeObject, type LiveObjects, type Outcome } from '../model'

type Entry = readonly [key: string, object: KubeObject | undefined]

/** What is live once the actions are done: what was observed, with the answers to the writes in place of it. */
export const liveAfter = (live: LiveObjects, outcome: Outcome): LiveObjects => {
  const answers = new Map(outcome.flatMap(entry))
  return new Map([
    ...[...live].filter(([key]) => !answers.has(key)),
    ...[...answers].flatMap(([key, object]) =>
      object === undefined ? [] : [[key, object] as const],
    ),
  ])
}

const entry = ({ action, result }: Outcome[number]): ReadonlyArray<Entry> => {
  if (E.isLeft(result)) return []
  const isAnswer = action._tag === 'DeleteObject' || result.right !== undefined
  return isAnswer ? [[keyOf(action.ref), result.right]] : []
}
