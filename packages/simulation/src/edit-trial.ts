import type { KubeObject } from '@image-registry-operator/render/model'

import { replayed } from './choices'
import { editOf } from './deeds'
import { noFaults } from './faults'
import { playHistory } from './history'
import type { Breakage } from './operator-process'
import type { Scenario } from './scenarios'
import { undisturbed, type Trial } from './trial'
import { deedsOf, TROUBLES, type Trouble } from './troubles'
import { endDifferences } from './wishes/end-differences'
import { comparable, remaining } from './wishes/remains'
import type { Wish } from './wishes/wish'
import { worldEnd, type WorldEnd } from './wishes/world-end'

/** A cluster, and all that may be wanted in it. */
export type Setting = {
  /** What there is before anybody wants anything. */
  readonly cluster: () => Promise<ReadonlyArray<KubeObject>>
  readonly scenarios: ReadonlyMap<Wish, Scenario>
}

export const settingOf = (
  cluster: Setting['cluster'],
  wishes: ReadonlyArray<Wish>,
  scenarioOf: (wish: Wish) => Scenario,
): Setting => ({ cluster, scenarios: new Map(wishes.map((wish) => [wish, scenarioOf(wish)])) })

/** One thing wanted instead of another. */
export type Change = { readonly before: Wish; readonly after: Wish }

/** From everything that may be wanted to everything else. */
export const changesOf = ({ scenarios }: Setting): ReadonlyArray<Change> =>
  [...scenarios.keys()].flatMap((before) =>
    [...scenarios.keys()]
      .filter((after) => after !== before)
      .map((after): Change => ({ before, after })),
  )

const scenarioIn = ({ scenarios }: Setting, wish: Wish): Scenario => {
  const found = scenarios.get(wish)
  if (found === undefined) throw new Error(`nobody may want ${wish.name} there`)
  return found
}

/** How the world ends in which that is wanted from the beginning. */
const freshEnd = async (setting: Setting, wish: Wish): Promise<WorldEnd> =>
  worldEnd((await undisturbed(scenarioIn(setting, wish))).end)

/** The history in which somebody wants one thing, and once that is there, another. */
export const trialOfEdit = async (
  setting: Setting,
  change: Change,
  broken?: Breakage,
): Promise<Trial> => {
  const history = await playHistory({
    scenario: scenarioIn(setting, change.before),
    choices: replayed([]),
    fault: () => noFaults,
    unrestSteps: 0,
    operators: 1,
    deeds: [editOf(change, 'at rest', await setting.cluster())],
    ...(broken === undefined ? {} : { broken }),
  })
  const expected = remaining(
    await freshEnd(setting, change.before),
    await freshEnd(setting, change.after),
  )
  const end = comparable(worldEnd(history.end), expected)
  return { history, failures: [...history.violations, ...endDifferences(end, expected)] }
}

/** The history in which something is wrong, and then put right: nobody has to do anything else. */
export const trialOfTrouble = async (
  setting: Setting,
  { wish, trouble, begins }: Ordeal,
): Promise<Trial> => {
  const scenario = scenarioIn(setting, wish)
  const history = await playHistory({
    scenario,
    choices: replayed([]),
    fault: () => noFaults,
    unrestSteps: 0,
    operators: 1,
    deeds: deedsOf(trouble, wish, begins),
  })
  const fresh = await freshEnd(setting, wish)
  const expected = remaining(fresh, fresh)
  const failures = endDifferences(comparable(worldEnd(history.end), expected), expected)
  return { history, failures: [...history.violations, ...failures] }
}

/** Something that is wrong with a registry, from when on. */
export type Ordeal = {
  readonly wish: Wish
  readonly trouble: Trouble
  readonly begins: 'at first' | 'at rest'
}

/** Everything that may be wrong, with everything that may be wanted. */
export const ordealsOf = ({ scenarios }: Setting): ReadonlyArray<Ordeal> =>
  [...scenarios.keys()].flatMap((wish) =>
    TROUBLES.flatMap((trouble) =>
      (['at first', 'at rest'] as const).map((begins): Ordeal => ({ wish, trouble, begins })),
    ),
  )
