import { describe, expect, it } from 'vitest'

import { FAULTS } from './faults'
import { LONGER_SCENARIOS } from './longer-scenarios'
import { report, trialOfFault, trialOfSeed, undisturbed } from './trial'

/** The whole of it is `pnpm fault-matrix`. */
const FAULTS_EACH = 3
const SEED = 3

/** So many writes with a fault each, from the beginning to the end of a history. */
const sample = (effects: ReadonlyArray<string>) =>
  Array.from({ length: FAULTS_EACH }, (_, index) => ({
    effect: Math.floor(((index + 0.5) * effects.length) / FAULTS_EACH),
    fault: FAULTS[(effects.length + 3 * index) % FAULTS.length] ?? FAULTS[0],
  }))

const endOf = async (name: string): Promise<string> => {
  const scenario = LONGER_SCENARIOS.find((one) => one.name === name)
  if (scenario === undefined) throw new Error(`no scenario ${name}`)
  return (await undisturbed(scenario)).end
}

describe.each(LONGER_SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
  'a world that wants %s',
  (_, scenario) => {
    it('comes to rest', async () => {
      expect((await undisturbed(scenario)).violations).toEqual([])
    })

    it('ends the same whatever becomes of a write, and in a history of chance', async () => {
      const { effects } = await undisturbed(scenario)
      const writes = effects.filter((words) => !words.includes('Lease'))
      for (const { effect, fault } of sample(writes)) {
        const trial = await trialOfFault(scenario, effect, fault)
        expect(trial.failures, report(scenario, trial, [])).toEqual([])
      }
      const trial = await trialOfSeed(scenario, SEED)
      expect(trial.failures, report(scenario, trial, trial.history.taken)).toEqual([])
    })
  },
)

it('a bucket that has vanished is told, and not made again before somebody says so', async () => {
  const vanished = await endOf('S3 that is made, vanished')
  expect(vanished).toContain('StorageVanished')
  expect(vanished).not.toContain('storage s3/images/bucket ours')
  expect(await endOf('S3 that is made, made anew')).toContain('storage s3/images/bucket ours')
})

it('what a clean-up finds is deleted, and the registry takes pushes again', async () => {
  const end = await endOf('plain Kubernetes: a clean-up, which finds garbage')
  expect(end).toContain('deleted 3 blobs')
  expect(end).not.toContain('REGISTRY_STORAGE_MAINTENANCE_READONLY')
})

it('a Config that is deleted goes with all that was made for it, and another one begins', async () => {
  const end = await endOf('Swift that is made, deleted')
  expect(end).not.toContain('container ours')
})
