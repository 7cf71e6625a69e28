import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

import type { KubeObject } from '@image-registry-operator/render/model'

import {
  acquire,
  giveBack,
  lastsFor,
  renew,
  seenNow,
  type LeaderElectionSettings,
  type LeaseDeps,
  type Next,
  type Role,
  waitAs,
} from './lease-round'
import { leaseWatch } from './lease-watch'
import { since } from './moment'

export type LeaderElectionDeps = LeaseDeps & {
  /** From 0 to 1. */
  readonly random: IO<number>
  readonly onElected: IO<void>
  /** Leadership is gone for good; the process should end. */
  readonly onLost: IO<void>
}

export type LeaderElection = {
  /** Whether this process leads, and has renewed recently enough that nobody else can. Looks at the clock each time. */
  readonly isLeader: IO<boolean>
  /** Stops; gives the lease back when we hold it, so that the next one need not wait. */
  readonly release: Task<void>
}

/**
 * Elects one of several processes by a Lease, as client-go does.
 *
 * Expected flow: LIST the one lease (a GET would answer 404 when there is none); create it, take it, or wait
 * until it has not changed for its duration on our own clock; then renew it by PUT every retry period. Whoever
 * waits watches it, so that a lease that is given back is taken at once; where nothing is heard of the watch, a
 * LIST looks after every retry period.
 * Guarantees: `isLeader` turns false before anybody else can take the lease, also when this process was
 * frozen in between: it looks at the clock, not at a timer. Every change is guarded by the resourceVersion.
 * Assumptions: clocks of different machines may differ, but run equally fast.
 */
export const startLeaderElection =
  (deps: LeaderElectionDeps, settings: LeaderElectionSettings): IO<LeaderElection> =>
  () => {
    const { clock } = deps
    let role: Role = { _tag: 'Candidate' }
    let cancelTimer: IO<void> = () => undefined
    let underWay: Promise<Next> = Promise.resolve({ role })
    let isAsking = false
    /** The lease became free while we were asking. */
    let isMissed = false

    const isFresh = (): boolean =>
      role._tag === 'Leader' && since(clock, role.renewedAt) < settings.renewDeadlineMs

    const lose = (): void => {
      cancelTimer()
      watch.stop()
      role = { _tag: 'Over' }
      deps.onLost()
    }

    const again = (ms: number): void => {
      cancelTimer()
      cancelTimer = clock.after(ms, tick)
    }

    const heard = (lease: KubeObject | undefined): void => {
      if (role._tag !== 'Candidate') return
      const seen = lease && seenNow(clock, lease, role.seen)
      role = { _tag: 'Candidate', ...(seen && { seen }) }
      const isFree = seen === undefined || lastsFor(clock, settings, seen) <= 0
      if (isAsking) isMissed = isFree
      else if (isFree) tick()
      else again(waitOf(role))
    }

    const waitOf = (next: Role): number => waitAs(deps, settings, next)

    const watch = leaseWatch(deps, settings, (lease) => heard(lease))

    const settle = (before: Role, { role: next, problem }: Next): void => {
      isAsking = false
      if (role._tag === 'Over') return
      role = next
      if (problem !== undefined) deps.onProblem(problem)
      if (before._tag === 'Candidate' && next._tag === 'Leader') deps.onElected()
      if (before._tag === 'Leader' && !isFresh()) return lose()
      watch.follow(role)
      if (next._tag === 'Candidate' && isMissed) tick()
      else again(waitOf(next))
    }

    const tick = (): void => {
      cancelTimer()
      if (role._tag === 'Leader' && !isFresh()) return lose()
      const before = role
      isAsking = true
      isMissed = false
      const round =
        before._tag === 'Leader' ? renew(deps, settings, before) : acquire(deps, settings, before)
      underWay = round()
      void underWay.then((next) => settle(before, next))
    }

    tick()
    return {
      isLeader: isFresh,
      release: () => {
        cancelTimer()
        watch.stop()
        const before = role
        role = { _tag: 'Over' }
        // A round under way may just be taking the lease, or renewing it.
        return underWay.then(({ role: reached }) => {
          const last = reached._tag === 'Leader' ? reached : before
          return last._tag === 'Leader' ? giveBack(deps, settings, last)() : undefined
        })
      },
    }
  }
