import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

import type { EnvConfig } from '../config-from-env'

/** What a command has of the world besides files and clusters. */
export type CliIo = {
  readonly stdout: (text: string) => IO<void>
  readonly stderr: (text: string) => IO<void>
  /** Everything on standard input. */
  readonly stdin: Task<Uint8Array>
  readonly env: EnvConfig
  /** Standard output is a terminal that shows colours. */
  readonly colour: boolean
}
