import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

import type { Clock } from '@image-registry-operator/apply'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

export type WatchFilesDeps = {
  readonly clock: Pick<Clock, 'after'>
  /** Told once, of the first file that is not what it was. */
  readonly onChange: (file: string) => void
}

const EVERY_MS = 5_000

/** A file that cannot be read counts as one without content: it may come later. */
const digestOf = (file: string): Promise<string> =>
  readFile(file).then(
    (content) => createHash('sha256').update(content).digest('hex'),
    () => '',
  )

const digestsOf = (files: ReadonlyArray<string>): Promise<ReadonlyArray<string>> =>
  Promise.all(files.map(digestOf))

/** Looks at the content of files, now and then every five seconds; the result stops it. */
export const watchFiles =
  ({ clock, onChange }: WatchFilesDeps, files: ReadonlyArray<string>): Task<IO<void>> =>
  async () => {
    let over = files.length === 0
    let cancel: IO<void> = () => undefined
    const first = await digestsOf(files)
    const look = async (): Promise<void> => {
      const now = await digestsOf(files)
      const changed = files.find((_, index) => now[index] !== first[index])
      if (over) return
      if (changed === undefined) wait()
      else onChange(changed)
    }
    const wait = (): void => {
      cancel = clock.after(EVERY_MS, () => void look())
    }
    if (!over) wait()
    return () => {
      over = true
      cancel()
    }
  }
