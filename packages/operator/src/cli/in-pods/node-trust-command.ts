import { httpKubeClient, type KubeClient, systemClock } from '@image-registry-operator/apply'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

import { systemNodeFiles } from '../../node-folders/node-files'
import { forgetRegistry, startNodeTrust } from '../../node-trust/node-trust'
import { watchPublished } from '../../node-trust/published-config-map'
import { jsonLogger, type Log } from '../../telemetry/logger'
import { USER_AGENT } from '../../version'
import type { CliIo } from '../cli-io'
import { EXIT, type ExitCode } from '../exit-code'
import { type ClusterOptions, connectionSource } from '../input/cluster-options'
import { processSignals, type Signals } from '../run/shutdown'

export type NodeTrustOptions = ClusterOptions & {
  readonly destination: string
  /** Whether to take back what was told. */
  readonly remove?: boolean
}

const INTERVAL_MS = 60_000

/** Follows what is published until the end, and leaves everything as it is then. */
const follow = async (
  client: KubeClient,
  { log, destination }: { readonly log: Log; readonly destination: string },
  ending: Promise<void>,
): Promise<void> => {
  let changed: IO<void> = () => undefined
  const deps = { log, clock: systemClock, random: Math.random, files: systemNodeFiles }
  const published = watchPublished({
    ...deps,
    client,
    onChange: () => changed(),
    onProblem: (error) => log({ _tag: 'WatchProblem', kind: 'ConfigMap', error }),
  })()
  const { trigger, stop } = startNodeTrust({ ...deps, published: published.configMap })({
    destination,
    intervalMs: INTERVAL_MS,
  })
  changed = trigger
  await ending
  log({ _tag: 'NodeTrustStopping' })()
  published.stop()
  await stop()
  client.close()
}

/** Keeps what the node's container runtime knows of the registry up to date, or takes it back, and waits until a signal ends it. */
export const nodeTrustCommand =
  (io: CliIo, signals: Signals = processSignals) =>
  (options: NodeTrustOptions): Task<ExitCode> =>
  async () => {
    const { destination, remove = false } = options
    const ending = new Promise<void>((resolve) => signals.onSignal(() => resolve()))
    const { log } = jsonLogger('info', { write: (line) => io.stderr(line)() })
    if (remove) {
      await forgetRegistry({ files: systemNodeFiles, log })(destination)()
      // A DaemonSet would start it anew.
      await ending
      return EXIT.ok
    }
    const client = httpKubeClient({ source: connectionSource(options), userAgent: USER_AGENT })
    if (E.isLeft(client)) {
      io.stderr(`${client.left.message}\n`)()
      return EXIT.failed
    }
    await follow(client.right, { log, destination }, ending)
    return EXIT.ok
  }
