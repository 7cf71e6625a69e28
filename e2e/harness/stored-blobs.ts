import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Blobs by their digests, and how many bytes each of them takes. */
export type Blobs = Readonly<Record<string, number>>

const namesIn = (folder: string): Promise<ReadonlyArray<string>> =>
  // What is being deleted may be gone when it is looked at.
  readdir(folder).catch(() => [])

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  )

/** What a registry has stored in a folder, whether anything refers to it or not. */
export const storedBlobs = async (folder: string): Promise<Blobs> => {
  const root = join(folder, 'docker/registry/v2/blobs/sha256')
  const found: Record<string, number> = {}
  for (const start of await namesIn(root)) {
    for (const digest of await namesIn(join(root, start))) {
      const size = await sizeOf(join(root, start, digest, 'data'))
      if (size !== undefined) found[`sha256:${digest}`] = size
    }
  }
  return found
}

/** Notes what goes from a folder. */
export type VanishedBlobs = Readonly<{
  /** All that went, in spite of what came again. */
  all: () => Promise<ReadonlyArray<Readonly<{ digest: string; size: number }>>>
  stop: () => Promise<void>
}>

/** What goes was there for seconds, and what comes again stays away for seconds. */
const PAUSE_MS = 200

/** Looks again and again, until it is told to stop. */
export const vanishedBlobs = async (folder: string): Promise<VanishedBlobs> => {
  const vanished: Array<Readonly<{ digest: string; size: number }>> = []
  let isOver = false
  let last = await storedBlobs(folder)
  const look = async (): Promise<void> => {
    const now = await storedBlobs(folder)
    for (const [digest, size] of Object.entries(last))
      if (!(digest in now)) vanished.push({ digest, size })
    last = now
  }
  const work = async (): Promise<void> => {
    while (!isOver) {
      await look()
      await sleep(PAUSE_MS)
    }
  }
  const working = work()
  const stop = async (): Promise<void> => {
    isOver = true
    await working
  }
  return {
    all: async () => {
      await stop()
      await look()
      return vanished
    },
    stop,
  }
}
