import { afterLook } from './deployment-controller'
import { afterCordon, afterDrain, afterFailure, afterKubelet, afterVolumes } from './nodes'
import { afterReplicaSet } from './replica-set-controller'
import type { Scenario } from './scenario'
import { type ReplicaSet, type Scene, TEMPLATES } from './scene'
import { afterScheduling } from './scheduler'

/** A scenario with what the operator makes of a scene. */
export type Played = {
  readonly scenario: Scenario
  /** Which Deployment the operator wants, seeing this. */
  readonly wanted: (scene: Scene) => number
  readonly accidents: ReadonlyArray<Accident>
}

/** What befalls a registry: a node is drained, pods fail or nodes start anew. */
export type Accident = 'cordon' | 'failure'

/** Who brings something about: those who end what was begun, or people and accidents. */
export type Move = {
  readonly by:
    | 'operator'
    | 'deployment'
    | 'replica set'
    | 'scheduler'
    | 'kubelet'
    | 'volumes'
    | 'drain'
    | 'change'
    | 'cordon'
    | 'failure'
  readonly to: Scene
}

const BEFALLING = { cordon: afterCordon, failure: afterFailure }

/** Nobody has to do these. */
const FREE: ReadonlyArray<Move['by']> = ['change', 'cordon', 'failure']

export const isFree = ({ by }: Move): boolean => FREE.includes(by)

/** Where pods that go can be told by nothing, they are left out: that makes fewer scenes. */
const leavesTraces = ({ kinds, specs }: Scenario): boolean =>
  kinds.some(({ isApart, isOnOneNode }) => isApart || isOnOneNode) ||
  specs.some(({ rolling }) => rolling === undefined)

const afterOperator = ({ wanted }: Played, scene: Scene): ReadonlyArray<Scene> => {
  const spec = wanted(scene)
  return spec === scene.spec ? [] : [{ ...scene, spec, isSeen: false }]
}

/** A look that finds all as it should be is nothing that happens. */
const afterChange = (scene: Scene, looked: Scene): ReadonlyArray<Scene> =>
  scene.isSeen &&
  TEMPLATES.every((template) => isSameSet(scene.sets[template], looked.sets[template]))
    ? []
    : [looked]

const isSameSet = (a: ReplicaSet | undefined, b: ReplicaSet | undefined): boolean =>
  a === b || (a?.replicas === b?.replicas && a?.desired === b?.desired && a?.most === b?.most)

const named =
  (by: Move['by']) =>
  (to: Scene): Move => ({ by, to })

/** Everything that may happen next. */
export const movesFrom = (played: Played, scene: Scene): ReadonlyArray<Move> => {
  const { scenario, accidents } = played
  const spec = scenario.specs[scene.spec]
  if (spec === undefined) return []
  const traces = leavesTraces(scenario)
  return [
    ...afterOperator(played, scene).map(named('operator')),
    ...afterChange(scene, afterLook(scene, spec)).map(named('deployment')),
    ...TEMPLATES.flatMap((template) => afterReplicaSet(scene, template, traces)).map(
      named('replica set'),
    ),
    ...TEMPLATES.flatMap((template) => afterScheduling(scene, template, scenario.kinds)).map(
      named('scheduler'),
    ),
    ...afterKubelet(scenario, scene).map(named('kubelet')),
    ...(scenario.kinds.some(({ isOnOneNode }) => isOnOneNode)
      ? afterVolumes(scenario, scene)
      : []
    ).map(named('volumes')),
    ...afterDrain(scene, spec.minAvailable, traces).map(named('drain')),
    ...(scene.wish === 0 ? [{ ...scene, wish: 1 as const }] : []).map(named('change')),
    ...accidents.flatMap((by) => BEFALLING[by](scene).map(named(by))),
  ]
}
