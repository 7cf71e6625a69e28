import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'

import {
  httpKubeClient,
  systemClock,
  systemRandomBytes,
  waiting,
  x509Issue,
  bcryptHash,
  type Clock,
  type ConnectionError,
  type ConnectionSource,
  type KubeClient,
  type PerformDeps,
  type RequestRecord,
} from '@image-registry-operator/apply'
import { keptObject } from '@image-registry-operator/render'
import type { LogLevel as OperatorLogLevel, Release } from '@image-registry-operator/render/model'
import {
  cloudsSecret,
  probeObjectStore,
  sendRequest,
  storageDrivers,
  type DriverFor,
} from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'

import type { ProbeObjectStore } from './loop/looks/object-store-look'
import { endpointsFile, type KeepEndpoints } from './pipeline/endpoints-file'
import { jsonLogger, type Log, type LogSink } from './telemetry/logger'
import type { LogLevel } from './telemetry/log-event'
import { metrics, type Metrics } from './telemetry/metrics'
import { redacted } from './redacted'
import { USER_AGENT, VERSION } from './version'

/** Every effect of the operator, and the few facts that it starts with. */
export type OperatorDeps = {
  readonly client: KubeClient
  readonly clock: Clock
  /** Between 0 and 1. */
  readonly random: IO<number>
  readonly randomBytes: (count: number) => IO<Uint8Array>
  readonly redact: typeof redacted
  readonly keep: typeof keptObject
  readonly log: Log
  /** Has more or less logged, as a Config asks for; `Normal` is what the command line asks for. */
  readonly setLogLevel: (level: OperatorLogLevel) => IO<void>
  readonly keepEndpoints: KeepEndpoints
  readonly extracted: PerformDeps['extracted']
  readonly issue: PerformDeps['issue']
  readonly hashPassword: PerformDeps['hashPassword']
  readonly probeObjectStore: ProbeObjectStore
  /** The driver of a kind of storage; its libraries are loaded when it is first asked for. */
  readonly driverFor: DriverFor
  readonly metrics: Metrics
  readonly release: Release
  /** Of the pod that we run in; empty outside of a cluster. */
  readonly podName: string
  /** Who we are on the Lease; nobody else's. */
  readonly identity: string
}

export type DepsSettings = {
  readonly source: ConnectionSource
  readonly release: Release
  readonly podName: string
  /** Path of the file with the endpoints of an Azure Stack; empty: none. */
  readonly endpointsFile: string
  readonly logLevel: LogLevel
  readonly logSink: LogSink
}

const WRITES: ReadonlyArray<RequestRecord['verb']> = [
  'apply',
  'patch',
  'create',
  'update',
  'delete',
]

const counting =
  (counts: Metrics) =>
  ({ verb, kind, code }: RequestRecord): void => {
    counts.requestSeen({ verb, kind, code: code === 0 ? 'none' : String(code) })()
    if (WRITES.includes(verb) && code >= 200 && code < 300) counts.wrote(verb, kind)()
  }

/** A cloud that takes longer is asked again later. */
const CLOUD_TIMEOUT_MS = 10_000

/** One request of a storage driver; several may make one step. */
const STORAGE_TIMEOUT_MS = 30_000

/** The real world. */
export const systemDeps = (settings: DepsSettings): E.Either<ConnectionError, OperatorDeps> => {
  const counts = metrics(VERSION)
  const { log, setLevel } = jsonLogger(settings.logLevel, settings.logSink)
  return pipe(
    httpKubeClient({
      source: settings.source,
      userAgent: USER_AGENT,
      onRequest: counting(counts),
    }),
    E.map((client) => ({
      client,
      clock: systemClock,
      random: () => Math.random(),
      randomBytes: systemRandomBytes,
      redact: redacted,
      keep: keptObject,
      log,
      setLogLevel: (level: OperatorLogLevel) =>
        setLevel(level === 'Normal' ? settings.logLevel : 'debug'),
      keepEndpoints: endpointsFile(settings.endpointsFile),
      issue: x509Issue(systemClock),
      hashPassword: bcryptHash,
      extracted: (document, { cloud, field }) => cloudsSecret(document, cloud, field),
      probeObjectStore: probeObjectStore({ send: sendRequest(CLOUD_TIMEOUT_MS) }),
      driverFor: storageDrivers({
        wait: waiting(systemClock),
        random: () => Math.random(),
        now: systemClock.wallMs,
        timeoutMs: STORAGE_TIMEOUT_MS,
        onCall: counts.storageRequestSeen,
        onAccountKey: counts.accountKeySeen,
        readText: (path) => readFile(path, 'utf8'),
        userAgent: USER_AGENT,
      }),
      metrics: counts,
      release: settings.release,
      podName: settings.podName,
      identity: `${settings.podName === '' ? hostname() : settings.podName}_${randomUUID()}`,
    })),
  )
}
