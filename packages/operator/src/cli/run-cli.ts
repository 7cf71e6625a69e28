import { CommanderError } from 'commander'
import type { Task } from 'fp-ts/Task'

import { showDefect } from '../described-cause'
import type { CliIo } from './cli-io'
import { EXIT } from './exit-code'
import { program } from './program'

/** Runs the command that the arguments name, and gives its exit code. */
export const runCli =
  (io: CliIo, args: ReadonlyArray<string>): Task<number> =>
  async () => {
    let code: number = EXIT.ok
    const command = program(io, (ended) => () => void (code = ended))
    try {
      await command.parseAsync([...args], { from: 'user' })
    } catch (cause) {
      // The library throws to end: after --help and --version with 0, after wrong arguments with 1.
      if (cause instanceof CommanderError) return cause.exitCode
      io.stderr(showDefect(cause))()
      return EXIT.failed
    }
    return code
  }
