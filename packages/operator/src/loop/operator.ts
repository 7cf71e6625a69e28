import {
  startLeaderElection,
  startObserver,
  type LeaderElection,
  type Observer,
} from '@image-registry-operator/apply'
import { decode, describeApplyError, type ClusterEvent } from '@image-registry-operator/render'
import { WATCHED_KINDS } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { OperatorDeps } from '../deps'
import { describedCause } from '../described-cause'
import { contests } from '../pipeline/contests'
import { moment } from '../moment'
import { readCollection } from '../pipeline/read-collection'
import { readMachine } from '../pipeline/read-machine'
import { reconcile } from '../pipeline/reconcile'
import { refusals } from '../pipeline/refusals'
import { rfc3339 } from '../rfc3339'
import { eventRecorder } from '../telemetry/event-recorder'
import { collectionLook } from './looks/collection-look'
import { leaseSettings } from './lease-settings'
import { machineLook } from './looks/machine-look'
import { objectStoreLook } from './looks/object-store-look'
import { type FailedBefore, reconcilePass } from './reconcile-pass'
import { runLoop, type Loop } from './run-loop'
import { storageKeeper, wantedStorage } from './storage/storage-keeper'

/** A started operator. */
export type Operator = {
  /** The cluster has been read. */
  readonly isReady: IO<boolean>
  /** Ends the pass that runs, gives the lease back, closes all connections. */
  readonly stop: Task<void>
}

/** A pass that still runs gets that long to end; the rest of the ten seconds is for the lease. */
const PASS_END_MS = 5_000

/** Under the original's name. */
const defect = (error: string): ClusterEvent => ({
  type: 'Warning',
  reason: 'Image-Registry-OperatorPanic',
  message: `Panic observed: ${error}`,
  from: 'operator',
  lasting: true,
})

const startPasses = (deps: OperatorDeps, observer: Observer, mayWrite: IO<boolean>): Loop => {
  const { clock, log, metrics } = deps
  const record = eventRecorder({ ...deps, mayWrite })
  const objectStore = objectStoreLook({
    ...deps,
    valuesOf: observer.valuesOf,
    onChange: () => loop.trigger(),
  })
  const machine = machineLook({
    ...deps,
    readMachine: readMachine(deps.client),
    onChange: () => loop.trigger(),
  })
  const collections = collectionLook({
    ...deps,
    readCollection: readCollection(deps.client),
    onChange: () => loop.trigger(),
  })
  const storage = storageKeeper({
    ...deps,
    valuesOf: observer.valuesOf,
    mayWrite,
    onChange: () => loop.trigger(),
  })
  const reconcileDeps = {
    ...deps,
    snapshot: observer.snapshot,
    seen: () => [
      ...machine.seen(),
      ...collections.seen(),
      ...objectStore.seen(),
      ...storage.seen(),
      moment(clock.wallMs()),
    ],
    remember: observer.remember,
    valuesOf: storage.valuesOf,
    beginStorageWork: storage.begin,
    mayWrite,
    refusals: refusals(clock.monotonicMs),
    contests: contests(clock.monotonicMs),
    now: () => rfc3339(clock.wallMs()),
  }
  const loop = runLoop({
    ...deps,
    mayRun: mayWrite,
    pass: reconcilePass({
      ...deps,
      ...clock,
      record,
      reconcile: (before) =>
        pipe(
          reconcile({ ...reconcileDeps, ...toldBefore(before) }),
          TE.tapIO(({ observation }) => machine.consider(observation)),
          TE.tapIO(({ observation }) => collections.consider(observation)),
          TE.tapIO(({ observation }) => objectStore.consider(observation)),
          TE.tapIO((pass) => storage.consider(wantedStorage(pass))),
        ),
    }),
    onUnexpected: (cause) => () => {
      const described = describedCause(cause)
      log({ _tag: 'Unexpected', ...described })()
      record([defect(described.error)])()
      metrics.passEnded('unexpected', 0, clock.wallMs())()
    },
  })
  return {
    ...loop,
    stop: () => {
      machine.stop()
      collections.stop()
      objectStore.stop()
      storage.stop()
      return loop.stop()
    },
  }
}

const toldBefore = ({ passes, failingSince, watchingSinceMs }: FailedBefore) => ({
  failedBefore: () => passes,
  failingSince: () => failingSince,
  watchingSince: () => rfc3339(watchingSinceMs),
})

type Elected = { readonly onElected: IO<void>; readonly onLost: IO<void> }

const standForElection = (
  deps: OperatorDeps,
  singleReplicaControlPlane: boolean,
  { onElected, onLost }: Elected,
): LeaderElection => {
  const { log, metrics, identity } = deps
  return startLeaderElection(
    {
      ...deps,
      onElected: () => {
        log({ _tag: 'LeadershipAcquired', identity })()
        metrics.leaderIs(true)()
        onElected()
      },
      onLost: () => {
        log({ _tag: 'LeadershipLost', identity })()
        metrics.leaderIs(false)()
        onLost()
      },
      onProblem: (error) => log({ _tag: 'LeaseProblem', error: describeApplyError(error) })(),
    },
    leaseSettings(identity, singleReplicaControlPlane),
  )()
}

/** Whether there is one control plane node only; the lease lasts longer there. */
const hasSingleReplica = async (deps: OperatorDeps, { snapshot }: Observer): Promise<boolean> => {
  const now = await snapshot()
  return E.isRight(now) && decode(now.right, deps.release).facts.singleReplicaControlPlane
}

/**
 * Starts to look at the cluster, then to stand for election, then, once elected, to put things right.
 *
 * Guarantees: nothing is written before the cluster has been read and the lease is ours, nor after `stop`
 * began or the lease is in doubt. The lease is given back when no write can follow any more.
 * `onLost` is called at most once, when another process may lead.
 */
export const startOperator =
  (deps: OperatorDeps, onLost: IO<void>): IO<Operator> =>
  () => {
    const { clock, log, metrics, identity } = deps
    const startedAt = clock.monotonicMs()
    let stopping = false
    let synced = false
    let election: LeaderElection | undefined
    let loop: Loop | undefined

    const mayWrite = (): boolean => !stopping && election?.isLeader() === true
    const onElected = (): void => void (loop = startPasses(deps, observer, mayWrite))

    const noticeSync = async (): Promise<void> => {
      if (synced || stopping || !observer.isSynced()) return
      synced = true
      log({ _tag: 'CacheSynced', tookMs: Math.round(clock.monotonicMs() - startedAt) })()
      const single = await hasSingleReplica(deps, observer)
      if (!stopping) election = standForElection(deps, single, { onElected, onLost })
    }

    const observer: Observer = startObserver(
      {
        ...deps,
        onChange: () => {
          void noticeSync()
          loop?.trigger()
        },
        onProblem: ({ kind }, error) => log({ _tag: 'WatchProblem', kind, error })(),
      },
      WATCHED_KINDS,
    )()

    const passEnded = async (): Promise<void> => {
      const patience = new Promise<void>((resolve) => void clock.after(PASS_END_MS, resolve))
      await Promise.race([loop?.stop(), patience])
    }

    return {
      isReady: observer.isSynced,
      stop: async () => {
        stopping = true
        observer.stop()
        await passEnded()
        const led = election?.isLeader() === true
        await election?.release()
        if (led) log({ _tag: 'LeaseReleased', identity })()
        metrics.leaderIs(false)()
        deps.client.close()
      },
    }
  }
