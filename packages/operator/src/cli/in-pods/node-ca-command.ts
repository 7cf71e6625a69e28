import type { Task } from 'fp-ts/Task'

import { type NodeCaDeps, startNodeCa } from '../../node-ca/node-ca'
import { systemNodeFiles } from '../../node-folders/node-files'
import { jsonLogger } from '../../telemetry/logger'
import type { CliIo } from '../cli-io'
import { EXIT, type ExitCode } from '../exit-code'
import { processSignals, type Signals } from '../run/shutdown'

export type NodeCaOptions = {
  readonly source: string
  readonly destination: string
  /** Seconds, as somebody wrote them. */
  readonly interval: string
}

const after: NodeCaDeps['after'] = (ms, callback) => {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}

/** Keeps the certificates of this node up to date, until a signal ends it. */
export const nodeCaCommand =
  (io: CliIo, signals: Signals = processSignals) =>
  ({ source, destination, interval }: NodeCaOptions): Task<ExitCode> =>
  async () => {
    const intervalMs = Number(interval) * 1_000
    if (!(intervalMs > 0)) {
      io.stderr(`--interval: ${interval} is not a time; give a number of seconds\n`)()
      return EXIT.failed
    }
    const { log } = jsonLogger('info', { write: (line) => io.stderr(line)() })
    const ending = new Promise<void>((resolve) => signals.onSignal(() => resolve()))
    const deps: NodeCaDeps = { files: systemNodeFiles, log, after }
    const stop = startNodeCa(deps)({ source, destination, intervalMs })
    await ending
    log({ _tag: 'NodeCaStopping' })()
    await stop()
    return EXIT.ok
  }
