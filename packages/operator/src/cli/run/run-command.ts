import type { ConnectionSource } from '@image-registry-operator/apply'
import { names } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { systemDeps, type OperatorDeps } from '../../deps'
import { startOperator } from '../../loop/operator'
import { watchFiles } from '../../loop/watch-files'
import { processSignals, shutdown, type Signals } from './shutdown'
import {
  startHealthServer,
  type HealthDeps,
  type HealthServer,
} from '../../telemetry/health-server'
import type { LogLevel } from '../../telemetry/log-event'
import { serving, type Serving, type ServingOptions } from '../../telemetry/serving'
import { VERSION } from '../../version'
import type { CliIo } from '../cli-io'
import { connectionSource, type ClusterOptions } from '../input/cluster-options'
import { EXIT, type ExitCode } from '../exit-code'
import { inputProblem } from '../input/input-problem'
import { releaseOf, type ReleaseOptions } from '../install/release-options'
import { reportProblems } from '../report'

export type RunOptions = ReleaseOptions &
  ClusterOptions &
  ServingOptions & {
    /** Files whose change ends the process, so that it starts anew with their content. */
    readonly files?: ReadonlyArray<string>
    readonly logLevel: LogLevel
  }

/** What a run has of its command line. */
export type RunSettings = ServingOptions & { readonly files: ReadonlyArray<string> }

const listening =
  (deps: HealthDeps) =>
  (where: Serving): TE.TaskEither<string, HealthServer> =>
    pipe(
      startHealthServer(deps)(where),
      TE.mapLeft(({ address, cause }) => {
        const why = cause instanceof Error ? cause.message : String(cause)
        return `failed to run metrics server: failed to start metrics listener: ${address}: ${why}`
      }),
    )

/** Watches the files that there are, until it is told to stop. */
const startFileWatch = (
  { log, clock }: OperatorDeps,
  files: ReadonlyArray<string>,
  end: IO<void>,
): Promise<IO<void>> => {
  if (files.length > 0) log({ _tag: 'WatchingFiles', files })()
  const onChange = (file: string): void => {
    log({ _tag: 'FileChanged', file })()
    end()
  }
  return watchFiles({ clock, onChange }, files)()
}

/** Runs until a signal, the loss of the lease, or the change of a watched file ends it. */
export const runOperator =
  (deps: OperatorDeps, settings: RunSettings, signals: Signals): Task<ExitCode> =>
  async () => {
    const { log, clock } = deps
    log({
      _tag: 'Starting',
      version: VERSION,
      release: deps.release.version,
      namespace: names.REGISTRY_NAMESPACE,
    })()
    const { ending, end, impatience } = shutdown(signals, clock)
    // Before they are read: what changes in between is noticed.
    const fileChanged = end({ because: 'a watched file changed', code: 0 })
    const endFileWatch = await startFileWatch(deps, settings.files, fileChanged)
    let isReady = (): boolean => false
    const health = await pipe(
      serving(settings),
      TE.flatMap(listening({ ...deps, ready: () => isReady() })),
    )()
    if (E.isLeft(health)) {
      log({ _tag: 'CannotStart', error: health.left })()
      endFileWatch()
      return EXIT.failed
    }
    log({ _tag: 'Listening', address: health.right.address })()
    const operator = startOperator(deps, end({ because: 'lost the lease', code: 0 }))()
    isReady = operator.isReady
    const { because, code } = await ending
    log({ _tag: 'Stopping', because })()
    endFileWatch()
    const since = clock.monotonicMs()
    const stopped = operator
      .stop()
      .then(health.right.close)
      .then(() => code)
    const result = await Promise.race([stopped, impatience()])
    log({ _tag: 'Stopped', tookMs: Math.round(clock.monotonicMs() - since) })()
    return result
  }

/** Runs the operator. */
export const runCommand =
  (io: CliIo) =>
  (options: RunOptions): Task<ExitCode> =>
  async () => {
    const release = releaseOf(io.env.release, options)
    const fail = (message: string, remedy: string): ExitCode => {
      reportProblems(io)([inputProblem('', message, remedy)])()
      return EXIT.failed
    }
    if (release.registryImage === '')
      return fail('no image of the registry is set', 'set IMAGE, or give --image')
    const source: ConnectionSource = connectionSource(options)
    const deps = systemDeps({
      source,
      release,
      podName: io.env.podName,
      endpointsFile: io.env.endpointsFile,
      logLevel: options.logLevel,
      logSink: { write: (line) => io.stderr(line)() },
    })
    return E.isLeft(deps)
      ? fail(deps.left.message, '')
      : runOperator(deps.right, { ...options, files: options.files ?? [] }, processSignals)()
  }
