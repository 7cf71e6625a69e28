import { setTimeout as after } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { faultClock } from '../../harness/fault-clock'

const HOUR_MS = 3_600_000

/** A request that two alarms are set for, the second one for whoever does not hear the first. */
const timed = ({ hears }: Readonly<{ hears: boolean }>) => {
  const clock = faultClock()
  const rung: string[] = []
  const stop = (): void => stops.forEach((one) => one())
  const first = (): void => {
    rung.push('first')
    if (hears) stop()
  }
  const stops = [
    clock.alarm(HOUR_MS, first),
    clock.alarm(HOUR_MS + 1, () => void rung.push('second')),
  ]
  return { clock, rung, stop }
}

describe('the clock that requests are timed by', () => {
  it('does not ring while somebody may answer', async () => {
    const { rung, stop } = timed({ hears: true })
    await after(400)
    expect(rung).toEqual([])
    stop()
  })

  it('rings long before its time once nobody will, and again for whoever has not heard', async () => {
    const { clock, rung } = timed({ hears: false })
    clock.silence()
    await expect.poll(() => rung).toEqual(['first', 'second'])
  })

  it('rings for nobody who has been answered, and only once for who has heard', async () => {
    const answered = timed({ hears: true })
    answered.stop()
    answered.clock.silence()
    const heard = timed({ hears: true })
    heard.clock.silence()
    await expect.poll(() => heard.rung).toEqual(['first'])
    await after(400)
    expect([answered.rung, heard.rung]).toEqual([[], ['first']])
  })
})
