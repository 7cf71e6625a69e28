import { httpKubeClient, systemClock, waiting } from '@image-registry-operator/apply'
import * as E from 'fp-ts/Either'
import type { Task } from 'fp-ts/Task'

import { USER_AGENT } from '../../version'
import { awaitReadOnly } from './await-read-only'
import type { CliIo } from '../cli-io'
import { connectionSource, type ClusterOptions } from '../input/cluster-options'
import { EXIT, type ExitCode } from '../exit-code'

export type AwaitReadOnlyOptions = ClusterOptions & {
  /** The Job that waits. */
  readonly job: string
}

/** Waits until the registry takes no pushes. */
export const awaitReadOnlyCommand =
  (io: CliIo) =>
  (options: AwaitReadOnlyOptions): Task<ExitCode> =>
  async () => {
    const client = httpKubeClient({ source: connectionSource(options), userAgent: USER_AGENT })
    if (E.isLeft(client)) {
      io.stderr(`${client.left.message}\n`)()
      return EXIT.failed
    }
    const deps = {
      client: client.right,
      clock: systemClock,
      wait: waiting(systemClock),
      say: (text: string) => io.stdout(`waiting: ${text}\n`),
    }
    const awaited = await awaitReadOnly(deps, options.job)()
    client.right.close()
    if (E.isLeft(awaited)) {
      io.stderr(`nothing is deleted: ${awaited.left}\n`)()
      return EXIT.failed
    }
    io.stdout('the registry takes no pushes\n')()
    return EXIT.ok
  }
