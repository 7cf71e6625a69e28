import { readFile } from 'node:fs/promises'

import * as T from 'fp-ts/Task'

import { type DriverFor, storageDrivers } from '../storage-drivers'

/** All drivers as the operator has them, but that they wait for nobody. */
export const driversUnderTest = (timeoutMs: number): DriverFor =>
  storageDrivers({
    // Not at once: what is under way has to get on meanwhile.
    wait: (ms) => T.delay(Math.min(ms, 2))(T.of(undefined)),
    random: () => 0.5,
    timeoutMs,
    onCall: () => () => undefined,
    now: Date.now,
    readText: (path) => readFile(path, 'utf8'),
    userAgent: 'cluster-image-registry-operator/test',
  })
