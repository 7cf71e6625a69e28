import type { StorageBackend } from '@image-registry-operator/render/model'
import * as T from 'fp-ts/Task'

import type { OpenBackend } from '../backend'
import { driverOfParts } from '../driver-of-parts'
import { type CallDeps, type CallRecord, storageCaller, type ToStorageError } from '../storage-call'
import type { StorageDriver } from '../storage-driver'

/** A driver as the operator has it, but that it does not wait as long; `calls` grows with every attempt. */
export type DriverUnderTest = {
  readonly driver: StorageDriver
  readonly calls: ReadonlyArray<CallRecord>
}

/** Waits that are long for a machine, and short for whoever runs tests. */
const shortWait = (ms: number): T.Task<void> => T.delay(Math.min(ms, 50))(T.of(undefined))

/** The driver of a backend, for tests. */
export const driverUnderTest = (
  backend: StorageBackend,
  toError: ToStorageError,
  open: (wait: CallDeps['wait']) => OpenBackend,
): DriverUnderTest => {
  const calls: CallRecord[] = []
  const deps: CallDeps = {
    wait: shortWait,
    random: () => 0.5,
    timeoutMs: 20_000,
    onCall: (record) => () => void calls.push(record),
  }
  return { driver: driverOfParts(open(shortWait), storageCaller(deps, backend, toError)), calls }
}
