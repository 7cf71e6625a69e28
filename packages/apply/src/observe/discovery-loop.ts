import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'

import type { JsonObject } from '@image-registry-operator/render/model'

import type { KubeClient, RequestFailure } from '../client/kube-client'
import type { Clock } from '../clock'
import { backoffMs } from './backoff'

/** Whoever has just installed our definitions should not wait; whoever never will should not be asked often. */
const SOON_MS = 60_000
const LATER_MS = 300_000

const pauseMs = (attempt: number, random: number): number => {
  const soon = 1000 * 2 ** attempt
  return (soon < SOON_MS ? soon : LATER_MS) * (1 + random / 10)
}

export type DiscoveryLoopDeps = {
  readonly client: Pick<KubeClient, 'discover'>
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: IO<number>
  readonly onFound: (manifest: JsonObject) => void
  readonly onFailed: (failure: RequestFailure) => void
  /** Whether something that we look for is not served. */
  readonly isLacking: IO<boolean>
}

export type DiscoveryLoop = {
  /** Something changed that makes it likely that more is served now. */
  readonly hurry: IO<void>
  /** Something is no longer served. Does not start over with short pauses when that has just been done: kinds may come and go. */
  readonly doubt: IO<void>
  readonly stop: IO<void>
}

/**
 * Asks what the cluster serves.
 *
 * Expected flow: once; again while something is lacking, after 1, 2, 4 … seconds and then every five minutes.
 * Guarantees: a cluster that serves everything is asked once.
 */
export const startDiscoveryLoop = (deps: DiscoveryLoopDeps): DiscoveryLoop => {
  const { clock } = deps
  let attempt = 0
  let hurriedMs = clock.monotonicMs()
  let dueMs = Infinity
  let cancel: IO<void> = () => undefined
  let over = false

  /** An earlier appointment stands. */
  const schedule = (ms: number): void => {
    const at = clock.monotonicMs() + ms
    if (over || dueMs <= at) return
    cancel()
    dueMs = at
    cancel = clock.after(ms, discover)
  }
  const again = (): void => schedule(pauseMs(attempt, deps.random()))

  const found = (manifest: JsonObject): void => {
    deps.onFound(manifest)
    if (deps.isLacking()) again()
    attempt += 1
  }
  const failed = (failure: RequestFailure): void => {
    deps.onFailed(failure)
    attempt += 1
    schedule(backoffMs(attempt, deps.random()))
  }
  const discover = (): void => {
    dueMs = Infinity
    void deps.client.discover().then((answer) => {
      if (!over) E.match(failed, found)(answer)
    })
  }
  const startOver = (): void => {
    attempt = 0
    hurriedMs = clock.monotonicMs()
    again()
  }

  discover()
  return {
    hurry: () => (deps.isLacking() ? startOver() : undefined),
    doubt: () => (clock.monotonicMs() - hurriedMs > LATER_MS ? startOver() : again()),
    stop: () => {
      over = true
      cancel()
    },
  }
}
