import { leaksOf, type InMemoryApiServer } from '@image-registry-operator/apply/testing'
import * as E from 'fp-ts/Either'
import { expect, onTestFinished } from 'vitest'

import { runOperator, type RunSettings } from '../cli/run/run-command'
import { systemDeps } from '../deps'
import { TEST_RELEASE } from './recorded-io'

/** What every line of the log has. */
type LoggedLine = { readonly event: string; readonly level: string; readonly msg: string }

/** A whole operator in this process, against an API server in memory. */
export type StartedOperator = {
  readonly log: () => ReadonlyArray<LoggedLine>
  /** Sends a signal; gives the exit code once it has ended. */
  readonly stop: () => Promise<number>
  readonly ended: Promise<number>
}

// What is recorded of a run is the same every time.
const notRandom = (count: number) => () => new Uint8Array(count)

/** Starts an operator; it is stopped at the end of the test at the latest. */
export const startedOperator = (
  server: InMemoryApiServer,
  changes: Partial<RunSettings> = {},
): StartedOperator => {
  const lines: string[] = []
  const signalled: Array<(name: string) => void> = []
  const deps = systemDeps({
    source: { _tag: 'Url', url: server.url },
    release: TEST_RELEASE,
    podName: 'operator',
    endpointsFile: '',
    logLevel: 'info',
    logSink: { write: (line) => void lines.push(line) },
  })
  if (E.isLeft(deps)) throw new Error(deps.left.message)
  const signals = { onSignal: (callback: (name: string) => void) => void signalled.push(callback) }
  const settings = { bindAddress: '127.0.0.1:0', files: [], ...changes }
  const ended = runOperator({ ...deps.right, randomBytes: notRandom }, settings, signals)()
  const stop = (): Promise<number> => {
    signalled.forEach((signal) => signal('SIGTERM'))
    return ended
  }
  onTestFinished(async () => {
    await stop()
    expect(leaksOf(server.objects(), { 'the log': lines.join('') })).toEqual([])
  })
  return {
    log: () => lines.map((line) => JSON.parse(line) as LoggedLine),
    stop,
    ended,
  }
}

/** Waits until something is so; fails with what was last seen of it. */
export const eventually = async <A>(
  look: () => A,
  isSo: (seen: A) => boolean,
  withinMs = 20_000,
): Promise<A> => {
  const deadline = Date.now() + withinMs
  for (;;) {
    const seen = look()
    if (isSo(seen)) return seen
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
