import * as E from 'fp-ts/Either'

import type { KubeObject } from '../model'
import type { StatusInput } from './situation'

/** Whether this pass has let the Config go: there is nothing left to write a status into, and the next pass makes it anew. */
export const isReleased = ({ observation: { subject }, outcome }: StatusInput): boolean =>
  outcome.some(({ action, result }) => action._tag === 'ReleaseObject' && E.isRight(result)) &&
  hasNoOtherFinalizer(subject)

const hasNoOtherFinalizer = (subject: KubeObject | undefined): boolean =>
  (subject?.metadata.finalizers ?? []).length <= 1
