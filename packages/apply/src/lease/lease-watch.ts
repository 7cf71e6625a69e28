import type { IO } from 'fp-ts/IO'

import type { KubeObject } from '@image-registry-operator/render/model'

import {
  type LeaderElectionSettings,
  leaseCollection,
  type LeaseDeps,
  type Role,
} from './lease-round'

/** The API server ends it then, if nothing else has. */
const TIMEOUT_SECONDS = 3_600

/** The watch of those who wait for a lease. */
export type LeaseWatch = {
  /** Watches as long as the role is to wait: a leader hears of its lease by renewing it. */
  readonly follow: (role: Role) => void
  readonly stop: IO<void>
}

/**
 * Tells of each change of a lease; undefined: it is gone.
 *
 * Caveats: a watch that ends, for whatever reason, is begun again with the next round of the candidate, which looks by itself.
 */
export const leaseWatch = (
  { client }: Pick<LeaseDeps, 'client'>,
  settings: LeaderElectionSettings,
  changed: (lease: KubeObject | undefined) => void,
): LeaseWatch => {
  let watching: IO<void> | undefined

  const start = (resourceVersion: string): IO<void> =>
    client.watch(
      {
        collection: leaseCollection(settings),
        from: { _tag: 'ResourceVersion', resourceVersion },
        timeoutSeconds: TIMEOUT_SECONDS,
      },
      {
        opened: () => undefined,
        received: () => undefined,
        event: (event) => {
          if (event._tag === 'Put') changed(event.object)
          if (event._tag === 'Delete') changed(undefined)
        },
        ended: () => {
          watching = undefined
        },
      },
    )

  const stop = (): void => {
    watching?.()
    watching = undefined
  }

  return {
    follow: (role) => {
      if (role._tag !== 'Candidate') return stop()
      const { resourceVersion = '' } = role.seen ?? {}
      if (resourceVersion !== '') watching ??= start(resourceVersion)
    },
    stop,
  }
}
