import type { Clock } from '@image-registry-operator/apply'

import type { Choices } from './choices'

/** Whoever has something pending: a process, or the rest of the world. */
export type Actor = {
  readonly name: string
  /** Is never heard of again. */
  isDead: boolean
  /** Nothing happens to it before that time. */
  frozenUntil: number
}

/** Something that can happen now. */
type Pending = {
  readonly actor: Actor
  /** What happens, in words; empty where nobody has to read it. */
  readonly words: string
  readonly run: () => void
  passedOver: number
}

type Timer = { readonly actor: Actor; readonly at: number; readonly run: () => void }

/** Time, everything that is pending, and what has happened. */
export type World = {
  readonly choices: Choices
  readonly now: () => number
  /** Something that happens when it is chosen: soon, but perhaps after other things. */
  readonly pend: (actor: Actor, words: string, run: () => void) => void
  /** Something that happens after that time; the result calls it off. */
  readonly after: (actor: Actor, ms: number, run: () => void) => () => void
  readonly tell: (line: string) => void
  readonly told: () => ReadonlyArray<string>
  /** The clock of a process. */
  readonly clockOf: (actor: Actor) => Clock
  /** Nothing is out of order any more: what is pending longest happens next. */
  readonly calm: () => void
  readonly isCalm: () => boolean
  /** Nothing happens before that has come to its end, which takes no time. */
  readonly outside: <A>(work: Promise<A>) => Promise<A>
  /** Makes the next thing happen. */
  readonly step: () => Promise<void>
}

/** 2026-01-01. */
const START_MS = 1_767_225_600_000
/** Of what is pending, so many may come first. */
const WINDOW = 5
/** Nothing is passed over more often than that: nothing waits for ever. */
const PATIENCE = 16
/** Time passes although something is pending: not longer than a request may take. */
const LONGEST_PENDING_MS = 25_000

/** All promises that can settle have settled. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const newActor = (name: string): Actor => ({ name, isDead: false, frozenUntil: 0 })

/** What a process has sent: it arrives although the process is frozen, and nobody waits for it when it is dead. */
export const sentBy = (actor: Actor): Actor => ({
  name: actor.name,
  get isDead() {
    return actor.isDead
  },
  frozenUntil: 0,
})

/** A world in which nothing has happened yet. `disturb` is what may happen out of turn. */
export const newWorld = (choices: Choices, disturb: (world: World) => void): World => {
  let now = 0
  let isCalm = false
  let pending: Pending[] = []
  let pendingSince = 0
  const timers = new Set<Timer>()
  const lines: string[] = []
  const outside = new Set<Promise<unknown>>()

  const isAwake = ({ isDead, frozenUntil }: Actor): boolean => !isDead && frozenUntil <= now
  const tell = (line: string): void => void lines.push(`${(now / 1000).toFixed(3)} s: ${line}`)

  const nextTimer = (): Timer | undefined => {
    let next: Timer | undefined
    let nextAt = Infinity
    for (const timer of timers) {
      if (timer.actor.isDead) {
        timers.delete(timer)
        continue
      }
      const at = Math.max(timer.at, timer.actor.frozenUntil)
      if (at < nextAt) {
        next = timer
        nextAt = at
      }
    }
    return next
  }

  const passTime = (timer: Timer): void => {
    now = Math.max(now, timer.at, timer.actor.frozenUntil)
    timers.delete(timer)
    timer.run()
  }

  const happen = (one: Pending): void => {
    pending = pending.filter((other) => other !== one)
    if (one.words !== '') tell(one.words)
    one.run()
  }

  /** Mostly what is pending longest; sometimes something else, or time passes. */
  const happenByChoice = (eligible: ReadonlyArray<Pending>): void => {
    const window = eligible.slice(0, WINDOW)
    const [first] = window
    if (first === undefined) return
    if (isCalm || first.passedOver >= PATIENCE) return happen(first)
    const choice = choices.choose(48)
    const timer = choice === 46 ? nextTimer() : undefined
    if (choice === 47) return disturb(world)
    if (
      timer !== undefined &&
      Math.max(timer.at, timer.actor.frozenUntil) <= pendingSince + LONGEST_PENDING_MS
    )
      return passTime(timer)
    const index = choice < 24 ? 0 : choice % window.length
    window.slice(0, index).forEach((one) => (one.passedOver += 1))
    happen(window[index] ?? first)
  }

  const world: World = {
    choices,
    now: () => now,
    pend: (actor, words, run) => {
      if (!actor.isDead) pending.push({ actor, words, run, passedOver: 0 })
    },
    after: (actor, ms, run) => {
      const timer = { actor, at: now + Math.max(0, ms), run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    tell,
    told: () => lines,
    clockOf: (actor) => ({
      monotonicMs: () => now,
      wallMs: () => START_MS + now,
      after: (ms, run) => world.after(actor, ms, run),
    }),
    calm: () => {
      isCalm = true
    },
    isCalm: () => isCalm,
    outside: (work) => {
      outside.add(work)
      const over = (): void => void outside.delete(work)
      work.then(over, over)
      return work
    },
    step: async () => {
      pending = pending.filter(({ actor }) => !actor.isDead)
      const eligible = pending.filter(({ actor }) => isAwake(actor))
      if (eligible.length > 0) happenByChoice(eligible)
      else {
        const timer = nextTimer()
        if (timer !== undefined) passTime(timer)
        pendingSince = now
      }
      await settled()
      while (outside.size > 0) {
        await Promise.allSettled(outside)
        await settled()
      }
    },
  }
  return world
}
