import { readFile } from 'node:fs/promises'

import { systemClock, waiting } from '@image-registry-operator/apply'
import { decode, render, targetDigest } from '@image-registry-operator/render'
import type {
  Observation,
  Release,
  Snapshot,
  StorageTarget,
} from '@image-registry-operator/render/model'
import { storageDrivers, type DriverFor } from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'

import { lookAt, type StorageLookDeps } from '../../loop/storage/storage-look'
import { keyDigests, seenStorage, troublesOf } from '../../loop/storage/storage-seen'
import { USER_AGENT } from '../../version'

/** Who runs a command waits for it: a cloud that does not answer is given up early. */
const REQUEST_TIMEOUT_MS = 5_000

/** The drivers, for one look. */
export const onceDrivers: DriverFor = storageDrivers({
  wait: waiting(systemClock),
  random: () => Math.random(),
  now: systemClock.wallMs,
  timeoutMs: REQUEST_TIMEOUT_MS,
  onCall: () => () => undefined,
  readText: (path) => readFile(path, 'utf8'),
  userAgent: USER_AGENT,
})

const isGoing = ({ config }: Observation): boolean =>
  E.isRight(config) && config.right.managementState === 'Removed'

const looked = (
  deps: StorageLookDeps,
  target: StorageTarget,
  counts: boolean,
): T.Task<ReturnType<typeof seenStorage>> =>
  pipe(
    lookAt(deps, target, { _tag: 'Everything', counts }),
    T.map((look) =>
      seenStorage({
        target: targetDigest(target),
        place: target.place,
        ...(E.isRight(look) ? { sight: look.right.sight } : {}),
        troubles: troublesOf(look),
        keys: E.isRight(look) ? keyDigests(look.right.keys) : {},
      }),
    ),
  )

/**
 * A snapshot with what is seen, once, of the storage outside of the cluster that its Config is about. Only reads, with the
 * credentials of the cluster; as it is where there is no such storage, or it cannot be said which.
 */
export const withStorage =
  (deps: StorageLookDeps, release: Release) =>
  (snapshot: Snapshot): T.Task<Snapshot> => {
    const observation = decode(snapshot, release)
    const { storage } = render(observation, observation.facts)
    return storage === undefined
      ? T.of(snapshot)
      : pipe(
          looked(deps, storage, isGoing(observation)),
          T.map((object) => [...snapshot, object]),
        )
  }
