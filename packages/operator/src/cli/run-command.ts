import type { ConnectionSource } from '@image-registry-operator/apply'
import { names } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { Task } from 'fp-ts/Task'

import { systemDeps, type OperatorDeps } from '../deps'
import { startOperator } from '../loop/operator'
import { processSignals, shutdown, type Signals } from './shutdown'
import { startHealthServer, type ListenError } from '../telemetry/health-server'
import type { LogLevel } from '../telemetry/log-event'
import { VERSION } from '../version'
import type { CliIo } from './cli-io'
import { connectionSource, type ClusterOptions } from './cluster-options'
import { EXIT, type ExitCode } from './exit-code'
import { inputProblem } from './input-problem'
import { releaseOf, type ReleaseOptions } from './release-options'
import { reportProblems } from './report'

export type RunOptions = ReleaseOptions &
  ClusterOptions & {
    readonly bindAddress: string
    readonly logLevel: LogLevel
  }

const showListenError = ({ address, cause }: ListenError): string =>
  `cannot listen on ${address}: ${cause instanceof Error ? cause.message : String(cause)}`

/** Runs until a signal or the loss of the lease ends it. */
export const runOperator =
  (deps: OperatorDeps, bindAddress: string, signals: Signals): Task<ExitCode> =>
  async () => {
    const { log, clock } = deps
    log({
      _tag: 'Starting',
      version: VERSION,
      release: deps.release.version,
      namespace: names.REGISTRY_NAMESPACE,
    })()
    const { ending, end, impatience } = shutdown(signals, clock)
    let isReady = (): boolean => false
    const health = await startHealthServer({ ...deps, ready: () => isReady() })(bindAddress)()
    if (E.isLeft(health)) {
      log({ _tag: 'Stopping', because: showListenError(health.left) })()
      return EXIT.failed
    }
    log({ _tag: 'Listening', address: health.right.address })()
    const operator = startOperator(deps, end({ because: 'lost the lease', code: 0 }))()
    isReady = operator.isReady
    const { because, code } = await ending
    log({ _tag: 'Stopping', because })()
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
      logLevel: options.logLevel,
      logSink: { write: (line) => io.stderr(line)() },
    })
    return E.isLeft(deps)
      ? fail(deps.left.message, '')
      : runOperator(deps.right, options.bindAddress, processSignals)()
  }
