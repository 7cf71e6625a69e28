import type { InProcessWatch } from '@image-registry-operator/apply/testing'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'

import { refusalOf, refused, type CourierDeps, type RequestFailure } from './courier-deps'
import type { Actor } from './world'

type WatchEvent = Parameters<InProcessWatch['listener']['event']>[0]

/** A watch that is open. */
export type OpenWatch = {
  readonly actor: Actor
  /** Ends it. */
  readonly cut: () => void
  /** Nobody listens any more. */
  readonly drop: () => void
  readonly bookmark: () => void
}

/** So many events a watch may be behind, until the world is calm or has waited for long. */
const LAGS = [0, 0, 0, 1, 2, 5, 20]
const LONGEST_LAG_MS = 20_000
/** One delivery in so many is disturbed, in one way each. */
const ONE_IN = 40

/** What was forgotten cannot be told: whoever watched has to look at everything again. */
const FORGOTTEN: WatchEvent = { _tag: 'Error', failure: refused(410, 'Expired') }

/** How a delivery is disturbed: what is told of the events that are due. */
const disturbed = (
  choice: number,
  events: ReadonlyArray<WatchEvent>,
): { readonly what: string; readonly told: ReadonlyArray<WatchEvent> } | undefined => {
  switch (choice) {
    case 1:
      return { what: 'every event twice', told: events.flatMap((event) => [event, event]) }
    case 2:
      return { what: 'all events again', told: [...events, ...events] }
    case 3:
      return { what: 'events lost, then a new list', told: [FORGOTTEN] }
    default:
      return undefined
  }
}

/** A watch on its way: what it shows arrives when the world likes. */
export const watching =
  ({ world, actor, fault, onDisorder }: CourierDeps, watches: Set<OpenWatch>) =>
  ({ request, listener, source }: InProcessWatch): (() => void) => {
    const { kind } = request.collection
    let over = false
    let unfollow: () => void = () => undefined
    let queue: ReadonlyArray<WatchEvent> = []
    let isPending = false
    let lag = 0
    const stop = (): void => {
      over = true
      unfollow()
      watches.delete(open)
    }
    const end = (failure: O.Option<RequestFailure>): void => {
      if (over) return
      stop()
      listener.ended(failure)
    }
    const show = (events: ReadonlyArray<WatchEvent>): void => {
      for (const event of events) {
        if (over) return
        listener.received()
        listener.event(event)
        if (event._tag === 'Error') return end(O.none)
      }
    }
    /** Shows what is due, and keeps the rest for later. */
    const deliver = (behind: number): void => {
      isPending = false
      if (over) return
      const due = queue.slice(0, Math.max(0, queue.length - behind))
      queue = queue.slice(due.length)
      if (due.length === 0) return
      const harm = world.isCalm() ? undefined : disturbed(world.choices.choose(ONE_IN), due)
      if (harm !== undefined) {
        world.tell(`${actor.name}: its watch of ${kind} shows ${harm.what}`)
        onDisorder(harm.what)
      }
      show(harm?.told ?? due)
    }
    const push = (event: WatchEvent): void => {
      queue = [...queue, event]
      if (isPending) return
      isPending = true
      const behind = world.isCalm() ? 0 : lag
      world.pend(actor, '', () => deliver(behind))
      if (behind > 0) world.after(actor, LONGEST_LAG_MS, () => deliver(0))
    }
    const open: OpenWatch = {
      actor,
      cut: () => world.pend(actor, '', () => end(O.none)),
      drop: stop,
      bookmark: () => {
        // What is still on its way comes first.
        if (queue.length > 0 || over || actor.isDead || actor.frozenUntil > world.now()) return
        listener.received()
        listener.event(source.bookmark())
      },
    }
    const opened = (): void => {
      if (over) return
      const harm = fault({ effect: undefined, words: `watch ${kind}` })
      const refusal = harm === undefined ? undefined : refusalOf(harm)
      if (refusal !== undefined) return end(O.some(refusal))
      const begun = source.begin()
      if (E.isLeft(begun)) return end(O.some(begun.left))
      unfollow = source.follow(push)
      watches.add(open)
      listener.opened()
      show(begun.right)
      if (world.isCalm()) return
      lag = LAGS[world.choices.choose(LAGS.length)] ?? 0
      if (lag === 0) return
      world.tell(`${actor.name}: its watch of ${kind} is ${lag} events behind`)
      onDisorder('a watch that lags')
    }
    world.pend(actor, '', opened)
    world.after(actor, request.timeoutSeconds * 1000, () => end(O.none))
    return stop
  }
