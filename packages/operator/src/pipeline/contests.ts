import {
  keyOf,
  type Action,
  type ApplyObject,
  type FieldChange,
  type ObjectRef,
  type Outcome,
  type Plan,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'

import { isOver, madeAgain, type Dispute } from './dispute'

/** A correction that waits, because somebody keeps undoing it. */
export type HeldCorrection = {
  readonly ref: ObjectRef
  readonly changes: ReadonlyArray<FieldChange>
  readonly heldForMs: number
  /** It has not waited yet since it was made last. */
  readonly beginsToWait: boolean
  /** It has not waited yet at all in this dispute. */
  readonly isNews: boolean
}

/** What of a plan is to be done now, and what has to wait. */
export type DuePlan = { readonly due: Plan; readonly held: ReadonlyArray<HeldCorrection> }

/** Corrections that were made so often that somebody else must be undoing them. */
export type Contests = {
  readonly dueOf: (plan: Plan) => IO<DuePlan>
  /** Notes the corrections that have just been made. */
  readonly note: (outcome: Outcome) => IO<void>
}

type Known = {
  readonly dispute: Dispute
  /** In this dispute: not at all, before it was made last, or since then. */
  readonly waited: 'never' | 'before' | 'now'
}
/** Disputes about an object as it is wanted now, by what was changed. */
type Contest = { readonly wish: string; readonly known: ReadonlyMap<string, Known> }

const wishOf = ({ desired }: ApplyObject): string => JSON.stringify(desired)

/** The same fields: whoever changes another one is answered at once. */
const fieldsOf = ({ change, changes }: ApplyObject): string =>
  JSON.stringify([change, ...changes.map(({ path }) => path).sort()])

const afterOneMore = (before: Known | undefined, nowMs: number): Known => {
  const dispute = madeAgain(before?.dispute, nowMs)
  const goesOn = dispute.rounds > 1 && before !== undefined && before.waited !== 'never'
  return { dispute, waited: goesOn ? 'before' : 'never' }
}

/**
 * Remembers from pass to pass what was corrected, so that nobody is fought twenty times a second.
 *
 * A correction that was needed more than ten times within a minute waits, ever longer, up to a minute. Other
 * fields do not wait for it. What we want ourselves goes first: an object that is to be another one starts anew.
 */
export const contests = (nowMs: IO<number>): Contests => {
  let contested: ReadonlyMap<string, Contest> = new Map()

  const contestOf = (action: ApplyObject): Contest => {
    const known = contested.get(keyOf(action.ref))
    const wish = wishOf(action)
    return known?.wish === wish ? known : { wish, known: new Map() }
  }

  const remember = (action: ApplyObject, correction: Known): void => {
    const { wish, known } = contestOf(action)
    const lasting = [...known].filter(([, { dispute }]) => !isOver(dispute, nowMs()))
    const now = new Map([...lasting, [fieldsOf(action), correction] as const])
    contested = new Map([...contested, [keyOf(action.ref), { wish, known: now }]])
  }

  const held = (action: Action): ReadonlyArray<HeldCorrection> => {
    if (action._tag !== 'ApplyObject') return []
    const correction = contestOf(action).known.get(fieldsOf(action))
    const heldForMs = Math.ceil((correction?.dispute.heldUntil ?? 0) - nowMs())
    if (correction === undefined || heldForMs <= 0) return []
    remember(action, { ...correction, waited: 'now' })
    const { ref, changes } = action
    const { waited } = correction
    return [{ ref, changes, heldForMs, beginsToWait: waited !== 'now', isNews: waited === 'never' }]
  }

  return {
    dueOf: (plan) => () => {
      const sorted = plan.map((action) => ({ action, held: held(action) }))
      return {
        due: sorted.filter((one) => one.held.length === 0).map(({ action }) => action),
        held: sorted.flatMap((one) => one.held),
      }
    },
    note: (outcome) => () =>
      outcome.forEach(({ action, result }) => {
        if (E.isLeft(result) || action._tag !== 'ApplyObject') return
        const before = contestOf(action).known.get(fieldsOf(action))
        remember(action, afterOneMore(before, nowMs()))
      }),
  }
}
