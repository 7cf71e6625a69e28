import { readFile } from 'node:fs/promises'

import * as T from 'fp-ts/Task'

import type { Alarm } from '../storage-call'
import { type DriverFor, storageDrivers } from '../storage-drivers'

/** All drivers as the operator has them, but that they wait for nobody, and time their requests by that clock. */
export const driversUnderTest = (timeoutMs: number, alarm?: Alarm): DriverFor =>
  storageDrivers({
    // Not at once: what is under way has to get on meanwhile.
    wait: (ms) => T.delay(Math.min(ms, 2))(T.of(undefined)),
    random: () => 0.5,
    timeoutMs,
    ...(alarm === undefined ? {} : { alarm }),
    onCall: () => () => undefined,
    now: Date.now,
    readText: (path) => readFile(path, 'utf8'),
    userAgent: 'cluster-image-registry-operator/test',
  })
