import { setImmediate, setTimeout } from 'node:timers/promises'

/** As many turns of the event loop as a few requests between sockets of one process take. */
const TURNS = 60

/**
 * Waits until servers and clients of this process have answered each other, and at least as many milliseconds. A time alone would
 * pass on a busy machine without the process having had its turn.
 */
export const answersIn = async (ms: number): Promise<void> => {
  await setTimeout(ms)
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate()
}
