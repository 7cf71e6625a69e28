import { expect, it } from 'vitest'

import { fakeClock } from '../../testing/fake-clock'
import { shutdown } from './shutdown'

const listening = () => {
  const clock = fakeClock()
  let signal: (name: string) => void = () => undefined
  const onSignal = (callback: (name: string) => void): void => void (signal = callback)
  return { ...shutdown({ onSignal }, clock), clock, signal: (name: string) => signal(name) }
}

/** What has been decided by now. */
const byNow = (decision: Promise<unknown>): Promise<unknown> =>
  Promise.race([decision, Promise.resolve('nothing yet')])

it('ends with the first signal, and well', async () => {
  const { ending, signal } = listening()
  expect(await byNow(ending)).toBe('nothing yet')
  signal('SIGTERM')
  signal('SIGINT')
  expect(await ending).toEqual({ because: 'SIGTERM', code: 0 })
})

it('ends for a reason of its own, unless a signal was first', async () => {
  const own = { because: 'lost the lease', code: 0 } as const
  const first = listening()
  first.end(own)()
  first.signal('SIGTERM')
  expect(await first.ending).toEqual(own)
  const second = listening()
  second.signal('SIGTERM')
  second.end(own)()
  expect(await second.ending).toMatchObject({ because: 'SIGTERM' })
})

it('has ten seconds for it, and no longer', async () => {
  const { clock, impatience } = listening()
  const urgent = impatience()
  await clock.advance(9_999)
  expect(await byNow(urgent)).toBe('nothing yet')
  await clock.advance(1)
  expect(await urgent).toBe(1)
})

it('ends at once and badly with the second signal', async () => {
  const { impatience, signal } = listening()
  const urgent = impatience()
  signal('SIGTERM')
  expect(await byNow(urgent)).toBe('nothing yet')
  signal('SIGTERM')
  expect(await urgent).toBe(1)
})
