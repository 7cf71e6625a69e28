import { createServer, type Server } from 'node:net'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

/**
 * Tries to take the lock; undefined if somebody else has it.
 *
 * The lock is a name in Linux's abstract socket space: the kernel gives it back however its holder
 * ends, so there is no stale lock file to judge. Elsewhere there is no lock; then two callers at
 * once build twice, and the rename still keeps the result whole.
 */
const takeLock = (name: string): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => (isTaken(error) ? resolve(undefined) : reject(error)))
    server.once('listening', () => resolve(server))
    if (process.platform === 'linux') server.listen(`\0image-registry-operator/build/${name}`)
    else server.listen(0, '127.0.0.1')
  })

/** Runs `work` while no other process on this machine runs work for the same target. */
export const withBuildLock = async (
  target: string,
  onProgress: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> => {
  let lock = await takeLock(basename(target))
  if (lock === undefined) onProgress('another process is building the control plane; waiting')
  while (lock === undefined) {
    await sleep(500)
    lock = await takeLock(basename(target))
  }
  try {
    await work()
  } finally {
    lock.close()
  }
}
