import { keyOf, refOf, type KubeObject } from '@image-registry-operator/render/model'
import { expect, it } from 'vitest'

import type { Breakage } from './operator-process'
import { SCENARIOS, type Scenario } from './scenarios'
import { seeded } from './choices'
import { trialOfChoices, trialOfSeed } from './trial'

const [EMPTY_DIR] = SCENARIOS

const scenario = (): Scenario => {
  if (EMPTY_DIR === undefined) throw new Error('there are no scenarios')
  return EMPTY_DIR
}

/** Enough for everything to be in some of them. */
const SEEDS = Array.from({ length: 30 }, (_, index) => index + 1)

const MORE_SEEDS = SEEDS.map((seed) => seed + SEEDS.length)

/** What is wrong with the first history in which something is. */
const firstFailures = async (broken: Breakage): Promise<ReadonlyArray<string>> => {
  for (const seed of [...SEEDS, ...MORE_SEEDS]) {
    const { failures } = await trialOfChoices(scenario(), seeded(seed), broken)
    if (failures.length > 0) return failures
  }
  return []
}

it('everything that may be out of order is, in some history', async () => {
  const seen = new Set<string>()
  for (const seed of SEEDS) {
    const { history, failures } = await trialOfSeed(scenario(), seed)
    expect(failures).toEqual([])
    history.harm.forEach((_, what) => seen.add(what))
  }
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'a watch that lags',
      'every event twice',
      'all events again',
      'events lost, then a new list',
      'a watch is cut',
      'all watches are cut',
      'the past is forgotten',
      'an operator dies',
      'an operator is frozen',
      'somebody deletes',
      'somebody changes',
    ]),
  )
})

/** What was there once is there for it until it is told otherwise: what went while nobody told it stays. */
const rememberingAll: Breakage = (deps) => {
  const known = new Map<string, KubeObject>()
  return {
    ...deps,
    client: {
      ...deps.client,
      watch: (request, listener) => {
        const { kind } = request.collection
        return deps.client.watch(request, {
          ...listener,
          event: (event) => {
            if (event._tag === 'Put') known.set(keyOf(refOf(event.object)), event.object)
            if (event._tag === 'Delete') known.delete(keyOf(refOf(event.object)))
            if (event._tag === 'Bookmark' && event.initialEventsEnd)
              known.forEach((object) => {
                if (object.kind === kind) listener.event({ _tag: 'Put', object })
              })
            listener.event(event)
          },
        })
      },
    },
  }
}

it('an operator that does not see what went while it was not told is found', async () => {
  const failures = await firstFailures(rememberingAll)
  expect(failures.join()).toContain('is not there')
})
