import { describe, expect, it } from 'vitest'

import { explored, isDone, stuck, wayTo } from '../../testing/rollout-model/explored'
import { type Accident, isFree, movesFrom, type Played } from '../../testing/rollout-model/moves'
import type { DeploymentSpec } from '../../testing/rollout-model/scenario'
import {
  type Change,
  changesAmong,
  played,
  type Choices,
  wishes,
} from '../../testing/rollout-model/scenarios'
import { availableIn, replicasOf, type Scene } from '../../testing/rollout-model/scene'
import { status } from '../../status/status'
import { aPass, aSubject, before, SIX_MINUTES_AGO } from '../../testing/status-fixtures'
import { deploymentAt } from '../../testing/status-trace'

/** `ROLLOUTS=all` goes through everything, which takes a quarter of an hour; without it, through what seconds are enough for. */
const isAll = process.env['ROLLOUTS'] === 'all'
const LONG = { timeout: 7_200_000 }

type Extent = Choices & {
  readonly nodes: ReadonlyArray<number>
  readonly accidents?: ReadonlyArray<Accident>
}

const ROLLING: Extent = {
  nodes: isAll ? [1, 2, 3, 4] : [1, 2, 3],
  replicas: [0, 1, 2, 3, 4],
  strategies: isAll ? ['RollingUpdate', 'Recreate'] : ['RollingUpdate'],
}

const WITH_ACCIDENTS: ReadonlyArray<Extent> = [
  {
    nodes: [2],
    replicas: isAll ? [0, 1, 2, 3, 4] : [1, 2],
    strategies: isAll ? ['RollingUpdate', 'Recreate'] : ['RollingUpdate'],
    accidents: ['cordon', 'failure'],
  },
  ...(isAll
    ? [
        {
          nodes: [3, 4],
          replicas: [0, 1, 2],
          strategies: ['RollingUpdate' as const],
          accidents: ['cordon' as const],
        },
      ]
    : []),
]

const changesOf = (extent: Extent): ReadonlyArray<Change> => changesAmong(wishes(extent))

/** Every change of an extent, on each number of nodes. */
const every = (extent: Extent): ReadonlyArray<Played> =>
  changesOf(extent).flatMap((change) =>
    extent.nodes.map((nodes) => played(change, nodes, extent.accidents)),
  )

const specOf = ({ scenario }: Played, wish: Scene['wish']): DeploymentSpec => {
  const spec = scenario.specs[scenario.wishes[wish][0]]
  if (spec === undefined) throw new Error('a wish without a Deployment')
  return spec
}

const hasTooFewNodes = (play: Played, wish: Scene['wish']): boolean => {
  const { template, replicas } = specOf(play, wish)
  return play.scenario.kinds[template].isApart && replicas > play.scenario.nodes
}

/** By the rule that people have made, a single pod cannot stand beside the one that it is to replace. */
const needsAnotherNode = (play: Played, wish: Scene['wish']): boolean => {
  const { template, replicas, rolling } = specOf(play, wish)
  const { kinds, nodes } = play.scenario
  return (
    wish === 1 && nodes === 1 && kinds[template].isApart && replicas === 1 && rolling !== undefined
  )
}

const isPossible = (play: Played, wish: Scene['wish']): boolean =>
  !hasTooFewNodes(play, wish) && !needsAnotherNode(play, wish)

type Found = {
  readonly scenes: number
  readonly moves: number
  readonly wrong: ReadonlyArray<unknown>
}

/** What there is to find fault with in a change. */
const faults = (play: Played): Found => {
  const wrong: unknown[] = []
  const all = explored(play, (from, { by, to }) => {
    const spec = play.scenario.specs[from.spec]
    const isOrdinary = from.spec === play.scenario.wishes[from.wish][0]
    if (by === 'operator' && isOrdinary) wrong.push(['writes what was right', from])
    if (by === 'operator' && isTakingAll(play, from, to)) wrong.push(['takes all pods', from])
    if (by === 'replica set' && isLastGone(from, to) && spec?.rolling && spec.replicas > 0)
      wrong.push(['takes the last pod', from])
  })
  const ends = stuck(all, (scene) => isDone(play, scene)).filter((number) =>
    isPossible(play, all.scenes[number]?.wish ?? 0),
  )
  const [first] = ends
  return {
    scenes: all.scenes.length,
    moves: all.moves,
    wrong: [
      ...wrong,
      ...(first === undefined ? [] : [['is stuck', wayTo(all, first), play.scenario]]),
    ],
  }
}

const isLastGone = (from: Scene, to: Scene): boolean =>
  availableIn(from) > 0 && availableIn(to) === 0

/** Pods go before others come although there are two of them, and nobody has asked for that. */
const isTakingAll = (play: Played, from: Scene, to: Scene): boolean =>
  availableIn(from) >= 2 &&
  play.scenario.specs[to.spec]?.rolling === undefined &&
  specOf(play, to.wish).rolling !== undefined

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((a, b) => a + b, 0)

const told = (name: string, found: ReadonlyArray<Found>): void => {
  const [scenes, moves] = [sum(found.map((one) => one.scenes)), sum(found.map((one) => one.moves))]
  if (isAll) console.info(`${name}: ${found.length} changes, ${scenes} scenes, ${moves} moves`)
}

describe('every change of the registry, in whichever order everybody acts', () => {
  it('ends, and takes the last pod only where nothing else is possible', LONG, () => {
    const found = every(ROLLING).map(faults)
    told('without accidents', found)
    expect(found.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(sum(found.map(({ scenes }) => scenes))).toBeGreaterThan(75_000)
  })

  it('ends although nodes are drained and pods fail meanwhile, and every drain ends', LONG, () => {
    const found = WITH_ACCIDENTS.flatMap(every).map((play) => {
      const all = explored(play)
      const ends = stuck(all, (scene) => isDone(play, scene)).filter((number) =>
        isPossible(play, all.scenes[number]?.wish ?? 0),
      )
      const wrong = ends.slice(0, 1).map((number) => [wayTo(all, number), play.scenario])
      return { scenes: all.scenes.length, moves: all.moves, wrong }
    })
    told('with accidents', found)
    expect(found.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(sum(found.map(({ scenes }) => scenes))).toBeGreaterThan(10_000)
  })
})

/** The conditions in a scene in which nothing happens any more. */
const saidIn = (play: Played, scene: Scene, reason: string) => {
  const spec = specOf(play, scene.wish)
  const available = availableIn(scene)
  const { conditions } = status(
    aPass({
      subject: aSubject(
        available > 0 ? [] : [before('Available', 'False', SIX_MINUTES_AGO, 'NoReplicasAvailable')],
      ),
      live: [
        deploymentAt({
          generation: 5,
          wanted: spec.replicas,
          replicas: replicasOf(scene, 0) + replicasOf(scene, 1),
          updated: replicasOf(scene, spec.template),
          available,
          reason,
        }),
      ],
    }),
  )
  return (type: string) => conditions.find((one) => one.type === type)?.status
}

const isOver = (play: Played, scene: Scene): boolean => movesFrom(play, scene).every(isFree)

describe('what is impossible', () => {
  const impossible = every(ROLLING).flatMap((play) => {
    const { scenes } = explored(play)
    return scenes
      .filter(({ wish }) => !isPossible(play, wish))
      .filter((scene) => isOver(play, scene) && !isDone(play, scene))
      .map((scene) => ({ play, scene }))
  })

  it('is more pods that keep apart than nodes, or to replace the only one of them on the only node', () => {
    const ways = impossible.map(({ play, scene: { wish } }) =>
      [hasTooFewNodes(play, wish), needsAnotherNode(play, wish)].join(),
    )
    expect(new Set(ways)).toEqual(new Set(['true,false', 'false,true']))
  })

  it('leaves a registry that serves', () => {
    expect(impossible.filter(({ scene }) => availableIn(scene) === 0)).toEqual([])
  })

  it('is told: as Degraded where pods are being replaced, else as not Ready', () => {
    const silent = impossible.filter(({ play, scene }) => {
      const rollout = saidIn(play, scene, 'ProgressDeadlineExceeded')
      const scaling = saidIn(play, scene, 'NewReplicaSetAvailable')
      return rollout('Degraded') !== 'True' || scaling('Ready') === 'True'
    })
    expect(silent).toEqual([])
  })
})

describe('the model', () => {
  const everything = changesOf({ ...ROLLING, replicas: [1, 2, 3] })

  /** Nobody looks which pods are in the way. */
  const blind = (change: Change, nodes: number): Played => {
    const play = played(change, nodes)
    return { ...play, wanted: ({ wish }) => play.scenario.wishes[wish][0] }
  }

  const stuckOnes = (plays: ReadonlyArray<Played>): ReadonlyArray<string> => [
    ...new Set(
      plays
        .filter(({ scenario: { kinds } }) => kinds[0].isApart && !kinds[1].isApart)
        .filter((play) => {
          const all = explored(play)
          return stuck(all, (scene) => isDone(play, scene)).some(
            (number) => all.scenes[number]?.wish === 1,
          )
        })
        .map((play) => `${specOf(play, 0).replicas} to ${specOf(play, 1).replicas}`),
    ),
  ]

  it('finds pods that wait for ever on the only node for those that keep apart', () => {
    const found = stuckOnes(everything.map((change) => blind(change, 1)))
    expect(found).toEqual(expect.arrayContaining(['2 to 1', '2 to 3']))
    expect(stuckOnes(everything.map((change) => played(change, 1)))).toEqual([])
  })

  it('finds a rollout that may neither begin with a new pod nor with an old one', () => {
    const cautious = everything.map((change) => {
      const { scenario, ...rest } = played(change, 2)
      const specs = scenario.specs.map((spec) =>
        spec.rolling === undefined
          ? spec
          : { ...spec, rolling: { maxSurge: 1, maxUnavailable: 0 } },
      )
      return { ...rest, scenario: { ...scenario, specs } }
    })
    expect(stuckOnes(cautious)).toContain('2 to 3')
  })

  it('finds a drain that waits for ever for a budget that is too large', () => {
    const [play] = everything
      .map((change) => played(change, 2, ['cordon']))
      .filter((one) => specOf(one, 0).replicas === 2 && specOf(one, 1).replicas === 2)
    if (play === undefined) throw new Error('no change of two replicas')
    const specs = play.scenario.specs.map((spec) => ({ ...spec, minAvailable: 2 }))
    const strict = { ...play, scenario: { ...play.scenario, specs } }
    expect(stuck(explored(play), (scene) => isDone(play, scene))).toEqual([])
    expect(stuck(explored(strict), (scene) => isDone(strict, scene))).not.toEqual([])
  })
})
