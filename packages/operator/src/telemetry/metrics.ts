import type { Condition, StorageBackend, TagCount } from '@image-registry-operator/render/model'
import type { CallRecord } from '@image-registry-operator/storage-drivers'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** How a pass ended. */
export type PassResult = 'unchanged' | 'changed' | 'failed' | 'unexpected'

/** One answered or failed request; `code` is the HTTP status, or `none` without an answer. */
export type RequestSeen = { readonly verb: string; readonly kind: string; readonly code: string }

/** The kinds of storage, as the original's metrics name them. */
export type StorageType = 'EmptyDir' | 'S3' | 'Swift' | 'GCS' | 'IBMCOS' | 'PVC' | 'Azure'

/** A kind of storage, as people know it. */
const PROVIDERS: { readonly [Backend in StorageBackend]: StorageType } = {
  S3: 'S3',
  Gcs: 'GCS',
  Azure: 'Azure',
  Swift: 'Swift',
  IbmCos: 'IBMCOS',
}

/** Whether images are cleaned up. */
export type PrunerState = 'absent' | 'suspended' | 'scheduled'

const PRUNER_STATES: { readonly [state in PrunerState]: number } = {
  absent: 0,
  suspended: 1,
  scheduled: 2,
}

/** What the operator counts about itself. */
export type Metrics = {
  readonly passEnded: (result: PassResult, tookMs: number, nowMs: number) => IO<void>
  readonly requestSeen: (request: RequestSeen) => IO<void>
  readonly wrote: (verb: string, kind: string) => IO<void>
  readonly driftCorrected: (kind: string) => IO<void>
  readonly correctionContested: (kind: string) => IO<void>
  readonly conditionsAre: (conditions: ReadonlyArray<Condition>) => IO<void>
  readonly leaderIs: (leading: boolean) => IO<void>
  /** One request to a cloud, every attempt of it. */
  readonly storageRequestSeen: (call: CallRecord) => IO<void>
  /** The key of an Azure account was needed: whether it was known, or had to be asked for. */
  readonly accountKeySeen: (wasKnown: boolean) => IO<void>
  /** Images are kept in another kind of storage, or in another place, than before. */
  readonly storageReconfigured: IO<void>
  /** As the original calls it, e.g. `PVC`. */
  readonly storageTypeIs: (type: StorageType) => IO<void>
  readonly prunerIs: (state: PrunerState) => IO<void>
  readonly imageStreamTagsAre: (counts: ReadonlyArray<TagCount>) => IO<void>
  readonly eventFailed: IO<void>
  readonly text: Task<string>
  readonly contentType: string
}

const PREFIX = 'image_registry_operator_'
// A pass that finds nothing takes about a millisecond, one that writes everything about a second.
const SECONDS_BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

type Counters = {
  readonly counter: <L extends string>(
    name: string,
    help: string,
    labelNames: ReadonlyArray<L>,
  ) => Counter<L>
  readonly gauge: <L extends string>(
    name: string,
    help: string,
    labelNames: ReadonlyArray<L>,
  ) => Gauge<L>
}

const countersIn = (registry: Registry, prefix: string): Counters => ({
  counter: (name, help, labelNames) =>
    new Counter({
      name: `${prefix}${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    }),
  gauge: (name, help, labelNames) => {
    const made = new Gauge({
      name: `${prefix}${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    })
    // Nothing is said before it is known: a standby has looked at nothing yet.
    if (labelNames.length === 0) made.remove()
    return made
  },
})

/** What the original serves under these names and labels, for the dashboards and rules that are made for it. */
const originalMetrics = (
  registry: Registry,
): Pick<
  Metrics,
  | 'storageRequestSeen'
  | 'accountKeySeen'
  | 'storageReconfigured'
  | 'storageTypeIs'
  | 'prunerIs'
  | 'imageStreamTagsAre'
> => {
  const { counter, gauge } = countersIn(registry, PREFIX)
  const reconfigured = counter(
    'storage_reconfigured_total',
    'How often images began to be kept in another kind of storage, or in another place.',
    [],
  )
  const pruner = gauge(
    'image_pruner_install_status',
    'Whether images are cleaned up: 0 there is no CronJob, 1 it is suspended, 2 it is scheduled.',
    [],
  )
  const keyCache = counter(
    'azure_key_cache_requests_total',
    'Questions for the key of an Azure storage account, by whether it was known.',
    ['result'],
  )
  keyCache.inc({ result: 'hit' }, 0)
  keyCache.inc({ result: 'miss' }, 0)
  const storageRequests = counter('storage_requests_total', 'Requests to the storage of a cloud.', [
    'provider',
    'op',
    'code',
  ])
  const unprefixed = countersIn(registry, 'image_registry_')
  const tags = unprefixed.gauge('image_stream_tags_total', 'Tags of image streams.', [
    'source',
    'location',
  ])
  const storage = unprefixed.gauge('storage_type', 'Always 1; the label says where images are.', [
    'storage',
  ])
  return {
    storageRequestSeen:
      ({ backend, operation, code }) =>
      () =>
        storageRequests.inc({ provider: PROVIDERS[backend], op: operation, code }),
    accountKeySeen: (wasKnown) => () => keyCache.inc({ result: wasKnown ? 'hit' : 'miss' }),
    storageReconfigured: () => reconfigured.inc(),
    storageTypeIs: (type) => () => {
      storage.reset()
      storage.set({ storage: type }, 1)
    },
    prunerIs: (state) => () => pruner.set(PRUNER_STATES[state]),
    imageStreamTagsAre: (counts) => () => {
      tags.reset()
      counts.forEach(({ source, location, count }) => tags.set({ source, location }, count))
    },
  }
}

/** Metrics on a registry of their own, without the default collectors of the process, as the original. */
export const metrics = (version: string): Metrics => {
  const registry = new Registry()
  const { counter, gauge } = countersIn(registry, PREFIX)
  const passes = counter('reconcile_total', 'Passes, by how they ended.', ['result'])
  const seconds = new Histogram({
    name: `${PREFIX}reconcile_duration_seconds`,
    help: 'How long a pass takes.',
    buckets: SECONDS_BUCKETS,
    registers: [registry],
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
  const condition = gauge('condition', 'Always 1; the labels say how a condition stands.', [
    'type',
    'status',
    'reason',
  ])
  const eventFailures = counter('event_failures_total', 'Events that could not be written.', [])
  const leader = gauge('leader', '1 while this process holds the lease, else 0.', [])
  leader.set(0)
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
    conditionsAre: (conditions) => () => {
      condition.reset()
      conditions.forEach(({ type, status, reason }) => condition.set({ type, status, reason }, 1))
    },
    leaderIs: (leading) => () => leader.set(leading ? 1 : 0),
    ...originalMetrics(registry),
    eventFailed: () => eventFailures.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
