import * as E from 'fp-ts/Either'

import type { Observation, Problem } from '../model'
import { leftBehind } from './left-behind'

/** What a person should know of a storage before a plan is carried out. */
export const storageWarnings = ({
  config,
}: Pick<Observation, 'config'>): ReadonlyArray<Problem> => {
  const former = E.isRight(config) ? leftBehind(config.right) : undefined
  return former === undefined
    ? []
    : [
        {
          path: 'spec.storage',
          message: `the images in ${former} stay behind: the registry begins with what is in the new storage`,
          remedy: 'copy them first, or go back to the former storage',
        },
      ]
}
