import { describe, expect, it } from 'vitest'

import { replayed } from './choices'
import { FAULTS, noFaults, type Fault } from './faults'
import { playHistory, type WakeUp } from './history'
import { SCENARIOS, type Scenario } from './scenarios'
import { report, trialOfChoices, trialOfFault, trialOfSeed, undisturbed, wakeUps } from './trial'

/** What is written later only renews the lease. */
const EFFECTS = 50
/** The whole of it is `pnpm fault-matrix`. */
const ONE_IN = 12
const WAKE_UPS = 100
/** Watches that begin anew and show nothing new wake nobody: these cost no passes. */
const OTHER_WAKE_UPS = 30
const SEEDS = [1, 2, 3, 4, 5]

const touches = Array.from({ length: WAKE_UPS }, (): WakeUp => 'a touch')

const scenarios = SCENARIOS.map((scenario) => [scenario.name, scenario] as const)

/** Each write suffers another fault. */
const effectsFor = async (scenario: Scenario, fault: Fault): Promise<ReadonlyArray<number>> => {
  const { effects } = await undisturbed(scenario)
  return effects
    .slice(0, EFFECTS)
    .map((_, index) => index)
    .filter((index) => index % ONE_IN === FAULTS.indexOf(fault))
}

describe.each(scenarios)('a world that wants %s', (_, scenario) => {
  it('is put right', async () => {
    const { violations, end } = await undisturbed(scenario)
    expect(violations).toEqual([])
    if (scenario.name !== 'removed') expect(end).toContain('"message":"The registry is ready"')
  })

  it('is left alone, however often somebody wakes the operator for nothing', async () => {
    let passes = 0
    const { violations } = await playHistory({
      scenario,
      choices: replayed([]),
      fault: () => noFaults,
      unrestSteps: 0,
      operators: 1,
      wakeUps: [...touches, ...wakeUps(OTHER_WAKE_UPS)],
      broken: (deps) => ({
        ...deps,
        metrics: { ...deps.metrics, passEnded: () => () => void (passes += 1) },
      }),
    })
    expect(passes).toBeGreaterThan(WAKE_UPS)
    expect(violations).toEqual([])
  })

  it('is the same for the same seed, and for the choices that were made', async () => {
    const { history } = await trialOfSeed(scenario, 7)
    const again = await trialOfSeed(scenario, 7)
    expect(again.history.trace).toEqual(history.trace)
    const repeated = await trialOfChoices(scenario, replayed(history.taken))
    expect(repeated.history.trace).toEqual(history.trace)
  })

  it.each(FAULTS)('is put right although a write is %s', async (fault) => {
    const effects = await effectsFor(scenario, fault)
    expect(effects.length).toBeGreaterThan(3)
    for (const effect of effects) {
      const trial = await trialOfFault(scenario, effect, fault)
      expect(trial.failures, report(scenario, trial, [])).toEqual([])
    }
  })

  it.each(SEEDS)('is put right in the history of seed %i', async (seed) => {
    const trial = await trialOfSeed(scenario, seed)
    expect(trial.failures, report(scenario, trial, trial.history.taken)).toEqual([])
  })
})
