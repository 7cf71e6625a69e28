import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

import { FAULTS, type Fault } from './faults'
import { SCENARIOS, type Scenario } from './scenarios'
import { report, shrunkTrial, trialOfFault, trialOfSeed, undisturbed, type Trial } from './trial'

/** `pnpm fault-matrix`: every write of every scenario with every fault, and histories of seeds; a table in the end. */

/** A column of the table. */
type Column = Fault | 'by chance'

/** What has to be played. */
type Task =
  | { readonly scenario: number; readonly fault: Fault; readonly effect: number }
  | { readonly scenario: number; readonly seed: number }

/** What came of one history. */
type Result = {
  readonly scenario: number
  readonly column: Column
  /** As somebody has to read it; empty: all is well. */
  readonly failure: string
}

const COLUMNS: ReadonlyArray<Column> = [...FAULTS, 'by chance']
const SHRINKING_ATTEMPTS = 120

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    replay: { type: 'string', default: '' },
    shard: { type: 'string', default: '' },
    processes: { type: 'string', default: String(availableParallelism()) },
  },
})
const histories = Number(values.histories)
const firstSeed = Number(values.seed)

const scenarioAt = (index: number): Scenario => {
  const scenario = SCENARIOS[index]
  if (scenario === undefined) throw new Error(`there is no scenario ${index}`)
  return scenario
}

/** A seed says all, so that one is enough to play its history again. */
const scenarioOfSeed = (seed: number): number => seed % SCENARIOS.length

/** That many of them, from everywhere among them. */
const sample = (tasks: ReadonlyArray<Task>, count: number): ReadonlyArray<Task> =>
  tasks.filter(
    (_, index) =>
      Math.floor((index * count) / tasks.length) !==
      Math.floor(((index - 1) * count) / tasks.length),
  )

/** Every fault at every write, or half of the histories where these are few; seeds for the rest. */
const allTasks = async (): Promise<ReadonlyArray<Task>> => {
  const faults: Task[] = []
  for (const [scenario, one] of SCENARIOS.entries()) {
    const { effects } = await undisturbed(one)
    for (const effect of effects.keys())
      for (const fault of FAULTS) faults.push({ scenario, fault, effect })
  }
  const first = sample(faults, Math.min(faults.length, Math.ceil(histories / 2)))
  const seeds = Array.from({ length: histories - first.length }, (_, index) => ({
    scenario: scenarioOfSeed(firstSeed + index),
    seed: firstSeed + index,
  }))
  return [...first, ...seeds]
}

const played = async (task: Task): Promise<Result> => {
  const scenario = scenarioAt(task.scenario)
  if ('fault' in task) {
    const { fault, effect } = task
    const trial = await trialOfFault(scenario, effect, fault)
    const failure = trial.failures.length === 0 ? '' : report(scenario, trial, [])
    const where = failure === '' ? '' : `${fault}, write ${effect}\n${failure}`
    return { scenario: task.scenario, column: fault, failure: where }
  }
  const trial = await trialOfSeed(scenario, task.seed)
  const failure = trial.failures.length === 0 ? '' : await shrunkReport(scenario, task.seed, trial)
  return { scenario: task.scenario, column: 'by chance', failure }
}

const shrunkReport = async (scenario: Scenario, seed: number, failed: Trial): Promise<string> => {
  const { taken, trial } = await shrunkTrial(scenario, failed, SHRINKING_ATTEMPTS)
  return `seed ${seed}: pnpm fault-matrix --replay ${seed}\n${report(scenario, trial, taken)}`
}

/** One process of several: prints a line of JSON for each history. */
const playShard = async (index: number, count: number): Promise<void> => {
  const tasks = await allTasks()
  for (const [at, task] of tasks.entries())
    if (at % count === index) process.stdout.write(`${JSON.stringify(await played(task))}\n`)
}

const resultsOfShard = async (index: number, count: number): Promise<ReadonlyArray<Result>> => {
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...process.argv.slice(1), '--shard', `${index}/${count}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))
  const results: Result[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    // The child is this very program.
    const result = JSON.parse(line) as Result
    results.push(result)
    if (result.failure !== '') console.error(`\n${result.failure}`)
  }
  if ((await ended) !== 0) throw new Error(`process ${index} of ${count} failed`)
  return results
}

const cell = (results: ReadonlyArray<Result>): string => {
  const failures = results.filter(({ failure }) => failure !== '').length
  return failures === 0 ? `${results.length}` : `${results.length}, **${failures} failed**`
}

const table = (results: ReadonlyArray<Result>): string => {
  const row = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`
  return [
    row(['the world wants', ...COLUMNS]),
    row(['---', ...COLUMNS.map(() => '---:')]),
    ...SCENARIOS.map(({ name }, scenario) =>
      row([
        name,
        ...COLUMNS.map((column) =>
          cell(results.filter((one) => one.scenario === scenario && one.column === column)),
        ),
      ]),
    ),
  ].join('\n')
}

const playAll = async (): Promise<void> => {
  const count = Math.max(1, Number(values.processes))
  const since = performance.now()
  const shards = Array.from({ length: count }, (_, index) => resultsOfShard(index, count))
  const results = (await Promise.all(shards)).flat()
  const seconds = (performance.now() - since) / 1000
  const seeds = results.filter(({ column }) => column === 'by chance').length
  console.log(table(results))
  console.log(
    `\n${results.length} histories in ${Math.round(seconds)} s; seeds ${firstSeed} to ${firstSeed + seeds - 1}.`,
  )
  process.exitCode = results.some(({ failure }) => failure !== '') ? 1 : 0
}

/** The history of one seed, as it happened. */
const replay = async (seed: number): Promise<void> => {
  const scenario = scenarioAt(scenarioOfSeed(seed))
  const trial = await trialOfSeed(scenario, seed)
  console.log(report(scenario, trial, trial.history.taken))
  process.exitCode = trial.failures.length === 0 ? 0 : 1
}

const [shard = '', count = ''] = values.shard.split('/')
if (values.replay !== '') await replay(Number(values.replay))
else await (shard === '' ? playAll() : playShard(Number(shard), Number(count)))
