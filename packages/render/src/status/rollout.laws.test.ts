import { describe, expect, it } from 'vitest'

import type { Accident, Played } from '../testing/rollout-model/moves'
import {
  type Change,
  changesAmong,
  type Choices,
  played,
  wishes,
} from '../testing/rollout-model/scenarios'
import { saidOf, type Telling, type Told, toldAlong } from '../testing/rollout-model/told'

/** `ROLLOUTS=all` goes through more, which takes long. */
const isAll = process.env['ROLLOUTS'] === 'all'
const LONG = { timeout: 7_200_000 }

const changesOf = (choices: Choices): ReadonlyArray<Change> => changesAmong(wishes(choices))

/** A pass with what it saw and said, and what has to be so then. */
type Said = {
  readonly hasNewPods: boolean
  readonly isWanted: boolean
  readonly report: Told['report']
  readonly before: string
  readonly now: string
  readonly isAvailable: boolean
}

const FAULTS: { readonly [fault: string]: (said: Said) => boolean } = {
  'Progressing although pods only move': ({ before, now, hasNewPods }) =>
    before === 'False' && now === 'True' && !hasNewPods,
  'at rest although the pods are replaced': ({ now, hasNewPods }) => hasNewPods && now !== 'True',
  'at rest although old pods are there': ({ before, now, report }) =>
    before === 'True' && now === 'False' && report.updated !== report.replicas,
  'at rest although no pod is there': ({ before, now, report, isWanted }) =>
    before === 'True' && now === 'False' && isWanted && report.replicas === 0,
  'Available by no count': ({ isWanted, isAvailable, report }) =>
    isWanted && isAvailable !== report.available > 0,
}

/** Why a step of what is said has no cause; undefined when it has one. */
const fault = (play: Played, from: Told, { to, pass }: Telling): string | undefined => {
  if (saidOf(to, 'Degraded') === 'True') return 'Degraded although nothing has failed'
  if (pass === undefined) return undefined
  const said: Said = {
    ...pass,
    isWanted: (play.scenario.specs[to.scene.spec]?.replicas ?? 0) > 0,
    report: from.report,
    before: saidOf(from, 'Progressing'),
    now: saidOf(to, 'Progressing'),
    isAvailable: saidOf(to, 'Available') === 'True',
  }
  return Object.keys(FAULTS).find((name) => FAULTS[name]?.(said) === true)
}

type Heard = { readonly told: number; readonly wrong: ReadonlyArray<unknown> }

const heard = (play: Played): Heard => {
  const wrong = new Map<string, unknown>()
  const told = toldAlong(play, (from, telling) => {
    const found = fault(play, from, telling)
    if (found !== undefined && !wrong.has(found))
      wrong.set(found, [found, from, telling, play.scenario])
  })
  return { told, wrong: [...wrong.values()] }
}

const sum = (all: ReadonlyArray<Heard>): number => all.reduce((count, { told }) => count + told, 0)

const judged = (name: string, plays: ReadonlyArray<Played>, atLeast: number): void => {
  const all = plays.map(heard)
  if (isAll) console.info(`${name}: ${plays.length} changes, ${sum(all)} moments`)
  expect(all.flatMap(({ wrong }) => wrong)).toEqual([])
  expect(sum(all)).toBeGreaterThan(atLeast)
}

/** Changes by which nothing of the pods changes, so that they only move. */
const isNone = ({ scenario: { wishes: all } }: Change): boolean => all[0][0] === all[1][0]

const countOf = ({ scenario: { specs, wishes: all } }: Change, wish: 0 | 1): number =>
  specs[all[wish][0]]?.replicas ?? 0

/** As an upgrade is: other pods, as many and of the same kind. */
const isUpgrade = (change: Change): boolean => {
  const { kinds, specs, wishes: all } = change.scenario
  return (
    countOf(change, 0) === countOf(change, 1) &&
    JSON.stringify(kinds[0]) === JSON.stringify(kinds[1]) &&
    specs[all[1][0]]?.template === 1 &&
    (specs[all[0][0]]?.rolling === undefined) === (specs[all[1][0]]?.rolling === undefined)
  )
}

const ANYTHING: ReadonlyArray<Accident> = ['cordon', 'failure']

describe('at every moment of every way that a rollout can take, the conditions have causes', () => {
  it('when a registry is upgraded, scaled, or changed in whatever way', LONG, () => {
    const plays = changesOf({
      replicas: isAll ? [0, 1, 2, 3] : [1, 2],
      strategies: ['RollingUpdate', ...(isAll ? ['Recreate' as const] : [])],
    })
      .filter((change) => isAll || countOf(change, 0) === 2)
      .flatMap((change) => (isAll ? [1, 2] : [2]).map((nodes) => played(change, nodes)))
    judged('changes', plays, 2_000)
  })

  it('when one pod is replaced whose volume is slow to come to another node', LONG, () => {
    const plays = changesOf({ replicas: [1], strategies: ['Recreate'] })
      .filter(({ scenario: { kinds } }) => kinds.every(({ isOnOneNode }) => isOnOneNode))
      .filter(isUpgrade)
      .map((change) => played(change, 2, ANYTHING))
    judged('a volume for one node', plays, 300)
  })

  it(
    'when nodes are drained and start anew, and nothing else: nothing is ever progress',
    LONG,
    () => {
      const plays = changesOf({
        replicas: isAll ? [1, 2, 3] : [1, 2],
        strategies: ['RollingUpdate'],
      })
        .filter(isNone)
        .map((change) => played(change, 2, ANYTHING))
      judged('drains', plays, 1_000)
    },
  )

  it('when nodes are drained in the middle of an upgrade', LONG, () => {
    const plays = changesOf({ replicas: isAll ? [1, 2] : [1], strategies: ['RollingUpdate'] })
      .filter(isUpgrade)
      .map((change) => played(change, 2, ['cordon']))
    judged('drains in an upgrade', plays, 1_000)
  })
})

it('what has no cause is found', () => {
  const [change] = changesOf({ replicas: [1], strategies: ['RollingUpdate'] }).filter(isUpgrade)
  if (change === undefined) throw new Error('no upgrade')
  const play = played(change, 1)
  const found: Array<string | undefined> = []
  toldAlong(play, (from, { to, pass }) => {
    // As if nobody had written anything, and as if everything were there already.
    if (pass?.hasNewPods === true)
      found.push(fault(play, from, { to, pass: { hasNewPods: false } }))
    found.push(
      fault(
        play,
        { ...from, report: { ...from.report, available: 0 } },
        { to, ...(pass === undefined ? {} : { pass }) },
      ),
    )
  })
  expect(new Set(found)).toEqual(
    new Set([undefined, 'Progressing although pods only move', 'Available by no count']),
  )
})
