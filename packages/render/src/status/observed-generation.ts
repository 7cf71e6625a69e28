import * as E from 'fp-ts/Either'

import { keyOf, refOf } from '../model'
import type { Situation } from './situation'

/**
 * The generation of the Config that the status is about; undefined where it has none. What this pass has decided in
 * the Config itself is in it, unless somebody else has changed the Config at the same time.
 */
export const observedGeneration = ({ subject, outcome }: Situation): number | undefined => {
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
