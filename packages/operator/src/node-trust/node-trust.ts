import type { Clock } from '@image-registry-operator/apply'
import type { KubeObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { type Loop, type PassVerdict, runLoop } from '../loop/run-loop'
import type { FileProblem, NodeFiles } from '../node-folders/node-files'
import type { Log } from '../telemetry/logger'
import { publishedRegistry } from './published-registry'
import { syncTrust, type TrustReport } from './sync-trust'
import { trustedFolders } from './trusted-folders'

export type NodeTrustDeps = {
  readonly files: NodeFiles
  readonly log: Log
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>
  /** From 0 to 1. */
  readonly random: IO<number>
  /** The ConfigMap that the operator publishes; undefined where there is none. As long as nobody knows, a Left, and nothing is done. */
  readonly published: TE.TaskEither<string, KubeObject | undefined>
}

export type NodeTrustSettings = {
  /** Where the container runtime looks for registries. */
  readonly destination: string
  /** How often to look although nothing has changed: somebody may have removed what is ours. */
  readonly intervalMs: number
}

type Outcome = E.Either<string, TrustReport & { readonly said: ReadonlyArray<string> }>

const problemText = ({ path, text }: FileProblem): string => `${path}: ${text}`

const syncOnce =
  (files: NodeFiles, destination: string) =>
  (configMap: KubeObject | undefined): Task<Outcome> =>
    pipe(
      TE.fromEither(publishedRegistry(configMap)),
      TE.flatMap((registry) =>
        pipe(
          syncTrust(files, destination)(trustedFolders(registry)),
          TE.bimap(problemText, (report) => ({
            ...report,
            said: [...registry.problems, ...report.problems.map(problemText)],
          })),
        ),
      ),
    )

/** Logs what was done, and what cannot be; nothing when it is what was told before, and nothing was done. */
const tell = (log: Log, toldBefore: string, outcome: Outcome): string => {
  const told = JSON.stringify(outcome)
  if (E.isLeft(outcome)) {
    if (told !== toldBefore) log({ _tag: 'NodeTrustFailed', error: outcome.left })()
    return told
  }
  const { written, upToDate, removed, said } = outcome.right
  if (told === toldBefore && written + removed === 0) return told
  said.forEach((error) => log({ _tag: 'NodeTrustProblem', error })())
  log({ _tag: 'NodeTrustSynced', written, upToDate, removed })()
  return told
}

/** Takes back all that the node was told. */
export const forgetRegistry =
  ({ files, log }: Pick<NodeTrustDeps, 'files' | 'log'>) =>
  (destination: string): Task<void> =>
  async () => {
    const outcome = await syncOnce(files, destination)(undefined)()
    tell(log, '', outcome)
  }

/** Keeps what the node knows of the registry up to date, from now on. `stop` ends it, and leaves everything as it is. */
export const startNodeTrust =
  (deps: NodeTrustDeps) =>
  ({ destination, intervalMs }: NodeTrustSettings): Loop => {
    let told = ''
    const sync = syncOnce(deps.files, destination)
    const pass: Task<PassVerdict> = async () => {
      const configMap = await deps.published()
      if (E.isRight(configMap)) told = tell(deps.log, told, await sync(configMap.right)())
      return { requeueAfterMs: intervalMs }
    }
    return runLoop({
      ...deps,
      pass,
      mayRun: () => true,
      onUnexpected: (cause) => deps.log({ _tag: 'NodeTrustFailed', error: String(cause) }),
    })
  }
