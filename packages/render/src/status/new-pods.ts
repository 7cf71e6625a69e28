import * as E from 'fp-ts/Either'

import { keyOf, type Outcome } from '../model'
import { DEPLOYMENT } from './situation'

const POD_TEMPLATE = 'spec.template.'

/** Whether this pass has given the Deployment another pod template, so that all of its pods will be replaced. */
export const hasNewPods = (outcome: Outcome): boolean =>
  outcome.some(
    ({ action, result }) =>
      (action._tag === 'ApplyObject' || action._tag === 'PatchObject') &&
      keyOf(action.ref) === DEPLOYMENT &&
      E.isRight(result) &&
      action.changes.some(({ path, why }) => path.startsWith(POD_TEMPLATE) && why !== 'not-owned'),
  )
