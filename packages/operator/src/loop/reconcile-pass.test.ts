import * as TE from 'fp-ts/TaskEither'
import { expect, it } from 'vitest'

import { metrics } from '../telemetry/metrics'
import { type FailedBefore, reconcilePass } from './reconcile-pass'

it('says to every pass when the first one began, also while the cluster cannot be read', async () => {
  const clock = [1_000, 2_000, 3_000]
  const told: FailedBefore[] = []
  const pass = reconcilePass({
    reconcile: (before) => {
      told.push(before)
      return TE.left({ _tag: 'NotSynced', missing: [] })
    },
    log: () => () => undefined,
    setLogLevel: () => () => undefined,
    record: () => () => undefined,
    metrics: metrics('1.2.3'),
    wallMs: () => clock.shift() ?? 0,
    monotonicMs: () => 0,
  })
  await pass()
  await pass()
  expect(told.map(({ watchingSinceMs }) => watchingSinceMs)).toEqual([1_000, 1_000])
})
