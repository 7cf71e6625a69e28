import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

import { matrixDocument, summary } from './matrix/matrix-table'
import { allEdits, allTasks, played, replayOfSeed, type Result } from './matrix/matrix-tasks'

/** `pnpm fault-matrix`: every write of every scenario with every fault, and histories of seeds; a table in the end. */

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    replay: { type: 'string', default: '' },
    shard: { type: 'string', default: '' },
    processes: { type: 'string', default: String(availableParallelism()) },
    /** Has every Config become every other as well. */
    edits: { type: 'boolean', default: false },
    /** Writes the table to docs/fault-matrix.md. */
    write: { type: 'boolean', default: false },
    /** Prints no table. */
    quiet: { type: 'boolean', default: false },
  },
})
const histories = Number(values.histories)
const firstSeed = Number(values.seed)

/** How often it is told how far it is. */
const TELL_MS = 20_000
const DOCUMENT = 'docs/fault-matrix.md'

/** One process of several: prints a line of JSON for each history. */
const playShard = async (index: number, count: number): Promise<void> => {
  const tasks = [...(await allTasks(histories, firstSeed)), ...(values.edits ? allEdits() : [])]
  for (const [at, task] of tasks.entries())
    if (at % count === index) process.stdout.write(`${JSON.stringify(await played(task))}\n`)
}

const resultsOfShard = async (
  [index, count]: readonly [number, number],
  add: (result: Result) => void,
): Promise<void> => {
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...process.argv.slice(1), '--shard', `${index}/${count}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))
  // The child is this very program.
  for await (const line of createInterface({ input: child.stdout })) add(JSON.parse(line) as Result)
  if ((await ended) !== 0) throw new Error(`process ${index} of ${count} failed`)
}

const playAll = async (): Promise<void> => {
  const count = Math.max(1, Number(values.processes))
  const since = performance.now()
  const seconds = (): number => Math.round((performance.now() - since) / 1000)
  const results: Result[] = []
  const add = (result: Result): void => {
    results.push(result)
    if (result.report !== '') console.error(`\n${result.report}`)
  }
  const telling = setInterval(() => {
    const failed = results.filter(({ failures }) => failures.length > 0).length
    console.error(`${results.length} histories in ${seconds()} s, ${failed} failed`)
  }, TELL_MS)
  const shards = Array.from({ length: count }, (_, index) => resultsOfShard([index, count], add))
  await Promise.all(shards).finally(() => clearInterval(telling))
  const all = { results, histories, firstSeed }
  if (values.write) await writeFile(DOCUMENT, matrixDocument(all))
  else if (!values.quiet) console.log(matrixDocument(all))
  console.log(`${summary(all)}; ${seconds()} s`)
  process.exitCode = results.some(({ failures }) => failures.length > 0) ? 1 : 0
}

const replay = async (seed: number): Promise<void> => {
  const { text, isWell } = await replayOfSeed(seed)
  console.log(text)
  process.exitCode = isWell ? 0 : 1
}

const [shard = '', count = ''] = values.shard.split('/')
if (values.replay !== '') await replay(Number(values.replay))
else await (shard === '' ? playAll() : playShard(Number(shard), Number(count)))
