import type { Condition } from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** How a pass ended. */
export type PassResult = 'unchanged' | 'changed' | 'failed' | 'unexpected'

/** One answered or failed request; `code` is the HTTP status, or `none` without an answer. */
export type RequestSeen = { readonly verb: string; readonly kind: string; readonly code: string }

/** What the operator counts about itself. */
export type Metrics = {
  readonly passEnded: (result: PassResult, tookMs: number, nowMs: number) => IO<void>
  readonly requestSeen: (request: RequestSeen) => IO<void>
  readonly wrote: (verb: string, kind: string) => IO<void>
  readonly driftCorrected: (kind: string) => IO<void>
  readonly correctionContested: (kind: string) => IO<void>
  readonly conditionsAre: (conditions: ReadonlyArray<Condition>) => IO<void>
  readonly leaderIs: (leading: boolean) => IO<void>
  readonly text: Task<string>
  readonly contentType: string
}

const PREFIX = 'image_registry_operator_'
const STATUSES = ['True', 'False', 'Unknown'] as const
// A pass that finds nothing takes about a millisecond, one that writes everything about a second.
const SECONDS_BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Metrics on a registry of their own, without the default collectors of the process, as the original. */
export const metrics = (version: string): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: ReadonlyArray<L>) =>
    new Counter<L>({ name: `${PREFIX}${name}`, help, labelNames: [...labelNames], registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: ReadonlyArray<L>) =>
    new Gauge<L>({ name: `${PREFIX}${name}`, help, labelNames: [...labelNames], registers })

  const passes = counter('reconcile_total', 'Passes, by how they ended.', ['result'])
  const seconds = new Histogram({
    name: `${PREFIX}reconcile_duration_seconds`,
    help: 'How long a pass takes.',
    buckets: SECONDS_BUCKETS,
    registers,
  })
  const requests = counter('api_requests_total', 'Requests to the API server.', [
    'verb',
    'kind',
    'code',
  ])
  const writes = counter('api_writes_total', 'Writes that the API server took.', ['verb', 'kind'])
  const drift = counter('drift_corrections_total', 'Live objects put back to what is wanted.', [
    'kind',
  ])
  const contested = counter(
    'contested_corrections_total',
    'Corrections that had to wait because somebody keeps undoing them.',
    ['kind'],
  )
  const success = gauge(
    'last_successful_reconcile_timestamp_seconds',
    'When a pass last ended without a failure.',
    [],
  )
  const condition = gauge('condition', '1 for the status that a condition has, else 0.', [
    'type',
    'status',
  ])
  const leader = gauge('leader', '1 while this process holds the lease, else 0.', [])
  gauge('build_info', 'Always 1; the label says which build runs.', ['version'])
    .labels({ version })
    .set(1)

  return {
    passEnded: (result, tookMs, nowMs) => () => {
      passes.inc({ result })
      seconds.observe(tookMs / 1000)
      if (result === 'unchanged' || result === 'changed') success.set(nowMs / 1000)
    },
    requestSeen: (request) => () => requests.inc(request),
    wrote: (verb, kind) => () => writes.inc({ verb, kind }),
    driftCorrected: (kind) => () => drift.inc({ kind }),
    correctionContested: (kind) => () => contested.inc({ kind }),
    conditionsAre: (conditions) => () =>
      conditions.forEach(({ type, status }) =>
        STATUSES.forEach((each) => condition.set({ type, status: each }, each === status ? 1 : 0)),
      ),
    leaderIs: (leading) => () => leader.set(leading ? 1 : 0),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
