import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { removeAtExit } from '../../cluster/exit-cleanup'

/** How a process of Node sees the time. */
export type SteeredClock = Readonly<{
  /** Of its environment. */
  env: Readonly<{ NODE_OPTIONS: string }>
  /** Somebody sets the clock of its machine: from now on it is so many milliseconds off. */
  set: (pid: number, offsetMs: number) => Promise<void>
  remove: () => Promise<void>
}>

/** What the process runs first; it knows the time, and waits, by nothing else. */
const program = (rate: number, file: string): string => `
import { readFileSync } from 'node:fs'
const Real = globalThis.Date
let offset = 0
process.on('SIGUSR2', () => {
  offset = Number(readFileSync(${JSON.stringify(file)}, 'utf8'))
})
globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + offset)
    else super(...given)
  }
  static now() {
    return Real.now() + offset
  }
}
const now = performance.now.bind(performance)
Object.defineProperty(performance, 'now', { value: () => now() * ${rate} })
const later = globalThis.setTimeout
globalThis.setTimeout = (run, ms = 0, ...given) => later(run, ms / ${rate}, ...given)
`

/**
 * A clock that runs so many times as fast, timers and all, but for the time of day: a lease of minutes is over in seconds. The
 * time of day keeps its pace, and can be set.
 */
export const steeredClock = async (rate = 1): Promise<SteeredClock> => {
  const folder = await mkdtemp(join(tmpdir(), 'clock-'))
  const forget = removeAtExit(folder)
  const file = join(folder, 'offset')
  const url = `data:text/javascript,${encodeURIComponent(program(rate, file))}`
  return {
    env: { NODE_OPTIONS: `--import=${url}` },
    set: async (pid, offsetMs) => {
      await writeFile(file, String(offsetMs))
      process.kill(pid, 'SIGUSR2')
    },
    remove: async () => {
      await rm(folder, { recursive: true, force: true })
      forget()
    },
  }
}
