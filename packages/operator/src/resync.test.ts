import { expect, it } from 'vitest'

import { EARLIEST_RESYNC_MS, RESYNC_MS, resyncMs } from './resync'

it('comes between the earliest and the latest moment, whatever chance says', () => {
  expect([0, 0.5, 1].map(resyncMs)).toEqual([EARLIEST_RESYNC_MS, 585_000, RESYNC_MS])
})
