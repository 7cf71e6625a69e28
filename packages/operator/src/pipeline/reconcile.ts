import { pipe } from 'fp-ts/function'
import * as RTE from 'fp-ts/ReaderTaskEither'

import { apply } from './apply'
import { decode } from './decode'
import { observe } from './observe'
import { plan } from './plan'
import { render } from './render'
import { status } from './status'

/**
 * One pass: the six stages in their order. It fails only when the cluster has not been read yet; everything
 * else, a Config that cannot be used included, goes on to `status`.
 */
export const reconcile = pipe(
  RTE.Do,
  RTE.bindW('snapshot', () => observe),
  RTE.bindW('observation', ({ snapshot }) => decode(snapshot)),
  RTE.let('desired', ({ observation }) => render(observation)),
  RTE.let('plan', ({ desired, observation }) => plan(desired, observation)),
  RTE.bindW('applied', ({ plan }) => apply(plan)),
  RTE.flatMap(status),
)
