import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import * as RA from 'fp-ts/ReadonlyArray'
import * as TE from 'fp-ts/TaskEither'

import {
  objectRef,
  type ApplyError,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import type { Collection, KubeClient } from '../client/kube-client'
import { toApplyError } from '../client/kube-error'
import type { Clock } from '../clock'
import { leaseRecord, microTime, withRecord, type LeaseRecord } from './lease-record'
import { momentOf, NEVER, since, surelySince, type Moment } from './moment'

export type LeaseDeps = {
  readonly client: Pick<KubeClient, 'list' | 'watch' | 'createObject' | 'replaceObject'>
  readonly clock: Clock
  /** For the log: a request failed and will be tried again. */
  readonly onProblem: (error: ApplyError) => void
}

export type LeaderElectionSettings = {
  readonly namespace: string
  readonly name: string
  /** Nobody else's, not even that of the same pod before a restart. */
  readonly identity: string
  /** Others wait that long after our last renewal before they take over. */
  readonly leaseDurationMs: number
  /** We stop leading that long after our last renewal; shorter than the duration. */
  readonly renewDeadlineMs: number
  readonly retryPeriodMs: number
}

/** What was last seen of a lease that somebody else holds, and when it was first seen so. */
export type Seen = {
  readonly record: LeaseRecord
  readonly at: Moment
  /** Its changes since can be watched; empty where nobody has said. */
  readonly resourceVersion: string
}

/** What this process is, as far as it knows. */
export type Role =
  | { readonly _tag: 'Candidate'; readonly seen?: Seen }
  /** `renewedAt` is before the renewing request was sent. */
  | { readonly _tag: 'Leader'; readonly lease: KubeObject; readonly renewedAt: Moment }
  | { readonly _tag: 'Over' }

const sameRecord = (one: LeaseRecord, other: LeaseRecord): boolean =>
  one.holder === other.holder &&
  one.renewTime === other.renewTime &&
  one.transitions === other.transitions

/** What a round of requests came to. */
export type Next = { readonly role: Role; readonly problem?: ApplyError }

const leaseRef = ({ namespace, name }: LeaderElectionSettings): ObjectRef =>
  objectRef('coordination.k8s.io/v1', 'Lease', name, namespace)

const emptyLease = ({ namespace, name }: LeaderElectionSettings): KubeObject => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { namespace, name },
})

/** The one lease, as a collection. */
export const leaseCollection = ({ namespace, name }: LeaderElectionSettings): Collection => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  plural: 'leases',
  namespace,
  name,
})

const find = (
  { client }: LeaseDeps,
  settings: LeaderElectionSettings,
): TE.TaskEither<ApplyError, ReadonlyArray<KubeObject>> =>
  pipe(
    client.list(leaseCollection(settings)),
    TE.mapBoth(toApplyError(leaseRef(settings)), ({ items }) => items),
  )

const heldRecord = (
  { clock }: LeaseDeps,
  { identity, leaseDurationMs }: LeaderElectionSettings,
  before: LeaseRecord,
): LeaseRecord => {
  const now = microTime(clock.wallMs())
  const renewed = before.holder === identity
  return {
    holder: identity,
    durationMs: leaseDurationMs,
    renewTime: now,
    acquireTime: renewed ? before.acquireTime : now,
    transitions: renewed || before.acquireTime === '' ? before.transitions : before.transitions + 1,
  }
}

const write = (
  deps: LeaseDeps,
  settings: LeaderElectionSettings,
  lease: KubeObject,
): TE.TaskEither<ApplyError, Role> =>
  pipe(
    // The moment before the request: the API server may have stored it long before we hear of it.
    TE.fromIO<Moment, ApplyError>(() => momentOf(deps.clock)),
    TE.flatMap((renewedAt) => {
      const held = withRecord(lease, heldRecord(deps, settings, leaseRecord(lease)))
      const writing =
        lease.metadata.resourceVersion === undefined
          ? deps.client.createObject(held)
          : deps.client.replaceObject(held)
      return pipe(
        writing,
        TE.map((stored): Role => ({ _tag: 'Leader', lease: stored, renewedAt })),
      )
    }),
  )

/** How long the lease still lasts, unless it is renewed; 0 and less: it is free. */
export const lastsFor = (
  clock: Clock,
  settings: LeaderElectionSettings,
  { record: { holder, durationMs }, at }: Seen,
): number =>
  holder === '' || holder === settings.identity
    ? 0
    : (durationMs > 0 ? durationMs : settings.leaseDurationMs) - surelySince(clock, at)

/** Candidates spread out, but for the moment in which the lease runs out. */
const waitOfCandidate = (
  { clock, random }: Waiting,
  settings: LeaderElectionSettings,
  seen: Seen | undefined,
): number => {
  const retry = settings.retryPeriodMs * (1 + 0.2 * random())
  const left = seen === undefined ? 0 : lastsFor(clock, settings, seen)
  // Where it could not be taken although it is free, a moment later is no better.
  return left > 0 ? Math.min(retry, left) : retry
}

type Waiting = Pick<LeaseDeps, 'clock'> & { readonly random: IO<number> }

/** How long until the next round. A leader keeps time, and looks up when its time is over. */
export const waitAs = (deps: Waiting, settings: LeaderElectionSettings, role: Role): number => {
  if (role._tag !== 'Leader')
    return waitOfCandidate(deps, settings, role._tag === 'Candidate' ? role.seen : undefined)
  const left = settings.renewDeadlineMs - since(deps.clock, role.renewedAt)
  return Math.min(settings.retryPeriodMs, left)
}

/** What is known of a lease that looks like that now. */
export const seenNow = (clock: Clock, lease: KubeObject, before: Seen | undefined): Seen => {
  const record = leaseRecord(lease)
  const { resourceVersion = '' } = lease.metadata
  return before !== undefined && sameRecord(before.record, record)
    ? { ...before, resourceVersion }
    : { record, at: momentOf(clock), resourceVersion }
}

/** A candidate's round: look, and take the lease if it is free. */
export const acquire = (
  deps: LeaseDeps,
  settings: LeaderElectionSettings,
  before: Exclude<Role, { readonly _tag: 'Leader' }>,
): Task<Next> => {
  const candidate = (problem: ApplyError): Next => ({
    role: before,
    ...(problem._tag === 'Conflict' ? {} : { problem }),
  })
  return pipe(
    find(deps, settings),
    TE.flatMap(([lease]): TE.TaskEither<ApplyError, Role> => {
      if (lease === undefined) return write(deps, settings, emptyLease(settings))
      const seen = seenNow(deps.clock, lease, before._tag === 'Candidate' ? before.seen : undefined)
      return lastsFor(deps.clock, settings, seen) <= 0
        ? write(deps, settings, lease)
        : TE.right({ _tag: 'Candidate', seen })
    }),
    TE.match(candidate, (role): Next => ({ role })),
  )
}

export type Leader = Extract<Role, { readonly _tag: 'Leader' }>

/** Somebody changed the lease: perhaps a renewal of our own whose answer was lost. */
const retake = (
  deps: LeaseDeps,
  settings: LeaderElectionSettings,
  before: Leader,
): TE.TaskEither<ApplyError, Role> =>
  pipe(
    find(deps, settings),
    TE.flatMap(([lease]): TE.TaskEither<ApplyError, Role> => {
      if (lease === undefined) return write(deps, settings, emptyLease(settings))
      return leaseRecord(lease).holder === settings.identity
        ? write(deps, settings, lease)
        : TE.right({ ...before, renewedAt: NEVER })
    }),
  )

/** A leader's round: renew, or find out that somebody else holds the lease. */
export const renew = (
  deps: LeaseDeps,
  settings: LeaderElectionSettings,
  before: Leader,
): Task<Next> =>
  pipe(
    write(deps, settings, before.lease),
    TE.orElse((error) =>
      error._tag === 'Conflict' || error._tag === 'NotFound'
        ? retake(deps, settings, before)
        : TE.left(error),
    ),
    TE.match(
      (problem): Next => ({ role: before, problem }),
      (role): Next => ({ role }),
    ),
  )

const released = (
  { clock, client }: LeaseDeps,
  lease: KubeObject,
): TE.TaskEither<ApplyError, KubeObject> =>
  client.replaceObject(
    withRecord(lease, {
      ...leaseRecord(lease),
      holder: '',
      durationMs: 1000,
      renewTime: microTime(clock.wallMs()),
    }),
  )

/** Gives the lease back. Never fails: it runs out by itself. */
export const giveBack = (
  deps: LeaseDeps,
  settings: LeaderElectionSettings,
  { lease }: Leader,
): Task<void> =>
  pipe(
    released(deps, lease),
    // A renewal was under way when we were told to stop: look once more.
    TE.orElse((error) =>
      error._tag === 'Conflict'
        ? pipe(
            find(deps, settings),
            TE.map(RA.filter((found) => leaseRecord(found).holder === settings.identity)),
            TE.flatMap(TE.traverseArray((found) => released(deps, found))),
            TE.map(() => lease),
          )
        : TE.left(error),
    ),
    // Nobody can do anything about a failure now; the lease runs out by itself.
    TE.match(
      (error) => deps.onProblem(error),
      () => undefined,
    ),
  )
