import { expect, it } from 'vitest'

import type { Fault } from './faults'
import { SCENARIOS } from './scenarios'
import { report, trialOfFault, undisturbed } from './trial'

/** What went wrong once, by the write and the fault that it took. */
const FOUND: ReadonlyArray<readonly [scenario: string, write: string, fault: Fault]> = [
  // Images came before the bucket was marked, and from then on it was nobody's.
  ['a bucket of S3 that is to be made', 'make bucket images', 'lost after its effect'],
  ['a bucket of S3 that is to be made', 'mark bucket images', 'refused with 409'],
  ['a bucket of S3 that is to be made', 'mark bucket images', 'refused with 500'],
]

it.each(FOUND)('in a world that wants %s, “%s” may be %s', async (name, write, fault) => {
  const scenario = SCENARIOS.find((one) => one.name === name)
  if (scenario === undefined) throw new Error(`no scenario ${name}`)
  const { effects } = await undisturbed(scenario)
  const effect = effects.indexOf(write)
  expect(effect).toBeGreaterThan(0)
  const trial = await trialOfFault(scenario, effect, fault)
  expect(trial.failures, report(scenario, trial, [])).toEqual([])
})
