import * as E from 'fp-ts/Either'

import { isJsonObject, keyOf, type KubeObject, refOf } from '../model'
import type { Situation } from './situation'

/**
 * The generation of the Config that the status is about; undefined where it has none. What this pass has decided in
 * the Config itself is in it, unless somebody else has changed the Config at the same time. As long as what it asks for was
 * only interrupted, it is the one before: whoever waits for a Ready of theirs would be told too early.
 */
export const observedGeneration = (given: Situation): number | undefined =>
  given.isInterrupted ? toldGeneration(given.subject) : reachedGeneration(given)

const toldGeneration = ({ status }: KubeObject): number | undefined => {
  const told = isJsonObject(status) ? status['observedGeneration'] : undefined
  return typeof told === 'number' ? told : undefined
}

const reachedGeneration = ({ subject, outcome }: Situation): number | undefined => {
  const { generation } = subject.metadata
  const answered = outcome.flatMap(({ action, result }) =>
    keyOf(action.ref) === keyOf(refOf(subject)) && E.isRight(result)
      ? [result.right?.metadata.generation]
      : [],
  )
  const last = answered.at(-1)
  return generation === undefined || last === undefined || last > generation + answered.length
    ? generation
    : last
}
