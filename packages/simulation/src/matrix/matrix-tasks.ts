import { changesOf, trialOfEdit } from '../edit-trial'
import { FAULTS, type Fault } from '../faults'
import type { Scenario } from '../scenarios'
import { report, shrunkTrial, trialOfFault, trialOfSeed, undisturbed, type Trial } from '../trial'
import { SETTINGS } from '../settings'
import { effectKind } from './effect-kind'
import { MATRIX, type MatrixScenario } from './matrix-scenarios'

/** What has to be played. */
export type Task =
  | { readonly scenario: number; readonly fault: Fault; readonly effect: number }
  | { readonly scenario: number; readonly seed: number }
  | Edit

/** A Config that becomes another one, by their place among all changes of a platform. */
type Edit = { readonly platform: string; readonly change: number }

/** What came of one history. */
export type Result = {
  /** Undefined for an edit. */
  readonly scenario?: number
  /** Where a Config was edited; undefined where none was. */
  readonly edited?: string
  /** What the fault was of; undefined for a history by chance. */
  readonly aimed?: { readonly effect: string; readonly fault: Fault }
  /** How often what went wrong, or out of order. */
  readonly harm: { readonly [what: string]: number }
  readonly failures: ReadonlyArray<string>
  /** As somebody has to read it; empty: all is well. */
  readonly report: string
}

const SHRINKING_ATTEMPTS = 120
/** A lease is renewed for as long as a history lasts; these stand for all. */
const RENEWALS = 2

const scenarioAt = (index: number): MatrixScenario => {
  const found = MATRIX[index]
  if (found === undefined) throw new Error(`there is no scenario ${index}`)
  return found
}

/** A seed says all, so that one is enough to play its history again. */
const scenarioOfSeed = (seed: number): number => seed % MATRIX.length

/** Has no factor in common with what it is multiplied with, but for its multiples. */
const PRIME = 7919

/** That many of them, from everywhere among them. */
const sample = (tasks: ReadonlyArray<Task>, count: number): ReadonlyArray<Task> =>
  Array.from({ length: count }, (_, index) => tasks[(index * PRIME) % tasks.length]).flatMap(
    (task) => (task === undefined ? [] : [task]),
  )

const isRenewal = (words: string): boolean => words.startsWith('update Lease')

/** The writes of a scenario in which nothing goes wrong, by their numbers. */
const effectsOf = async (scenario: Scenario): Promise<ReadonlyArray<number>> => {
  const { effects } = await undisturbed(scenario)
  const spare = [...effects.keys()].filter((at) => isRenewal(effects[at] ?? '')).slice(RENEWALS)
  return [...effects.keys()].filter((at) => !spare.includes(at))
}

/** Every fault at every write, or half of the histories where these are few; seeds for the rest. */
export const allTasks = async (
  histories: number,
  firstSeed: number,
): Promise<ReadonlyArray<Task>> => {
  const faults: Task[] = []
  for (const [scenario, one] of MATRIX.entries())
    for (const effect of await effectsOf(one.scenario))
      faults.push(...FAULTS.map((fault): Task => ({ scenario, fault, effect })))
  const first = sample(faults, Math.min(faults.length, Math.ceil(histories / 2)))
  const seeds = Array.from({ length: histories - first.length }, (_, index): Task => ({
    scenario: scenarioOfSeed(firstSeed + index),
    seed: firstSeed + index,
  }))
  return [...first, ...seeds]
}

/** Every way from one Config to another. */
export const allEdits = (): ReadonlyArray<Task> =>
  Object.entries(SETTINGS).flatMap(([platform, setting]) =>
    changesOf(setting).map((_, change): Task => ({ platform, change })),
  )

const editPlayed = async ({ platform, change: at }: Edit): Promise<Result> => {
  const setting = SETTINGS[platform]
  const change = setting === undefined ? undefined : changesOf(setting)[at]
  if (setting === undefined || change === undefined) throw new Error(`there is no change ${at}`)
  const trial = await trialOfEdit(setting, change)
  const { before, after } = change
  const text = report({ name: `from ${before.name} to ${after.name}` }, trial, [])
  return {
    edited: platform,
    harm: {},
    failures: trial.failures,
    report: trial.failures.length === 0 ? '' : text,
  }
}

const resultOf = (
  task: Exclude<Task, Edit>,
  { history, failures }: Trial,
  more: Pick<Result, 'aimed' | 'report'>,
): Result => ({
  scenario: task.scenario,
  harm: Object.fromEntries(history.harm),
  failures,
  ...more,
})

/** Plays it. */
export const played = async (task: Task): Promise<Result> => {
  if ('change' in task) return editPlayed(task)
  const { scenario } = scenarioAt(task.scenario)
  if ('seed' in task) {
    const trial = await trialOfSeed(scenario, task.seed)
    return resultOf(task, trial, { report: await reportOfSeed(scenario, task.seed, trial) })
  }
  const { fault, effect } = task
  const { effects } = await undisturbed(scenario)
  const trial = await trialOfFault(scenario, effect, fault)
  return resultOf(task, trial, {
    aimed: { effect: effectKind(effects[effect] ?? ''), fault },
    report:
      trial.failures.length === 0
        ? ''
        : `${fault}, write ${effect}\n${report(scenario, trial, [])}`,
  })
}

const reportOfSeed = async (scenario: Scenario, seed: number, failed: Trial): Promise<string> => {
  if (failed.failures.length === 0) return ''
  const { taken, trial } = await shrunkTrial(scenario, failed, SHRINKING_ATTEMPTS)
  return `seed ${seed}: pnpm fault-matrix --replay ${seed}\n${report(scenario, trial, taken)}`
}

/** The history of one seed, as it happened; and whether all was well. */
export const replayOfSeed = async (
  seed: number,
): Promise<{ readonly text: string; readonly isWell: boolean }> => {
  const { scenario } = scenarioAt(scenarioOfSeed(seed))
  const trial = await trialOfSeed(scenario, seed)
  return { text: report(scenario, trial, trial.history.taken), isWell: trial.failures.length === 0 }
}
