import * as E from 'fp-ts/Either'

import type { Observation, Problem } from '../model'
import { movingStorage } from './moving-storage'

/** What a person should know of a storage before a plan is carried out. */
export const storageWarnings = ({
  config,
  facts,
}: Pick<Observation, 'config' | 'facts'>): ReadonlyArray<Problem> =>
  E.isRight(config) ? movingStorage(config.right, facts) : []
