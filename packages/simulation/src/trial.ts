import { replayed, seeded, type Choices } from './choices'
import { chosenFaults, FAULTS, noFaults, oneFault, type Fault } from './faults'
import { playHistory, WAKE_UPS, type History, type WakeUp } from './history'
import type { Breakage } from './operator-process'
import type { Scenario } from './scenarios'
import { shrunk } from './shrunk'

/** One history, and what was wrong with it; nothing: all is well. */
export type Trial = { readonly history: History; readonly failures: ReadonlyArray<string> }

const references = new Map<Scenario, Promise<History>>()

/** The history in which nothing goes wrong. */
export const undisturbed = (scenario: Scenario): Promise<History> => {
  const known = references.get(scenario)
  if (known !== undefined) return known
  const played = playHistory({
    scenario,
    choices: replayed([]),
    fault: () => noFaults,
    unrestSteps: 0,
    operators: 1,
  })
  references.set(scenario, played)
  return played
}

/** So many of each kind in turn. */
export const wakeUps = (count: number): ReadonlyArray<WakeUp> =>
  Array.from({ length: count }, (_, index) => WAKE_UPS[index % WAKE_UPS.length] ?? 'a touch')

const LONGEST = 700

/** From where on two texts differ. */
const apart = (one: string, other: string): string => {
  const at = [...one].findIndex((letter, index) => letter !== other[index])
  return one.slice(Math.max(0, at - 80), Math.max(0, at - 80) + LONGEST)
}

/** What is in one world, and not in the other. */
const differences = (end: string, expected: string): ReadonlyArray<string> => {
  const [now, before] = [end.split('\n'), expected.split('\n')]
  const keyOf = (line: string): string => line.slice(0, line.indexOf('{'))
  const extra = now.filter((line) => !before.includes(line))
  const missing = before.filter((line) => !now.includes(line))
  return [
    ...extra.map((line) => {
      const other = missing.find((one) => keyOf(one) === keyOf(line))
      return `in the end ${keyOf(line)}is ${other === undefined ? 'there' : `…${apart(line, other)}`}`
    }),
    ...missing
      .filter((line) => !extra.some((one) => keyOf(one) === keyOf(line)))
      .map((line) => `in the end ${keyOf(line)}is not there`),
  ]
}

const judged = async (scenario: Scenario, history: History): Promise<Trial> => {
  const { end } = await undisturbed(scenario)
  return { history, failures: [...history.violations, ...differences(history.end, end)] }
}

/** One fault at one write of the undisturbed history. */
export const trialOfFault = async (
  scenario: Scenario,
  effect: number,
  fault: Fault,
  broken?: Breakage,
): Promise<Trial> =>
  judged(
    scenario,
    await playHistory({
      scenario,
      choices: replayed([]),
      fault: () => oneFault(effect, fault),
      unrestSteps: 0,
      operators: fault === 'frozen past its lease' ? 2 : 1,
      wakeUps: wakeUps(1),
      ...(broken === undefined ? {} : { broken }),
    }),
  )

/** How often a request goes wrong; 0: never. */
const RATES = [0, 96, 32, 12]
const UNREST_STEPS = [120, 300, 700]

/** Anything may happen in any order, as it is chosen. */
export const trialOfChoices = async (
  scenario: Scenario,
  choices: Choices,
  broken?: Breakage,
): Promise<Trial> => {
  const oneIn = RATES[choices.choose(RATES.length)] ?? 0
  const unrestSteps = UNREST_STEPS[choices.choose(UNREST_STEPS.length)] ?? 0
  const operators = choices.choose(4) === 3 ? 2 : 1
  const woken = WAKE_UPS[choices.choose(WAKE_UPS.length)] ?? 'a touch'
  const history = await playHistory({
    scenario,
    choices,
    fault: (world) => chosenFaults(world, { oneIn, faults: FAULTS }),
    unrestSteps,
    operators,
    wakeUps: [woken],
    ...(broken === undefined ? {} : { broken }),
  })
  return judged(scenario, history)
}

/** The history of a seed. */
export const trialOfSeed = (scenario: Scenario, seed: number): Promise<Trial> =>
  trialOfChoices(scenario, seeded(seed))

/** The trial of the plainest choices that still go wrong, found with so many attempts, and these choices. */
export const shrunkTrial = async (
  scenario: Scenario,
  failed: Trial,
  attempts: number,
): Promise<{ readonly taken: ReadonlyArray<number>; readonly trial: Trial }> => {
  let trial = failed
  const isFailing = async (taken: ReadonlyArray<number>): Promise<boolean> => {
    const next = await trialOfChoices(scenario, replayed(taken))
    if (next.failures.length > 0) trial = next
    return next.failures.length > 0
  }
  const taken = await shrunk(failed.history.taken, isFailing, attempts)
  return { taken, trial }
}

/** A failed trial, as somebody has to read it. */
export const report = (
  { name }: Pick<Scenario, 'name'>,
  { history, failures }: Trial,
  taken: ReadonlyArray<number>,
): string =>
  [
    `${name}: choices ${JSON.stringify(taken)}`,
    ...history.trace.filter((line) => !line.includes('update Lease')).map((line) => `  ${line}`),
    ...failures.map((failure) => `  WRONG: ${failure}`),
  ].join('\n')
