import { retry } from '@image-registry-operator/render'
import type { ApplyError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { Pass } from '../pipeline/pass'
import type { PassVerdict } from './run-loop'

/** Everything that a pass could not write, the status included. */
export const failuresOf = ({ outcome, written }: Pass): ReadonlyArray<ApplyError> =>
  [...outcome.map(({ result }) => result), ...written].flatMap((result) =>
    E.isLeft(result) ? [result.left] : [],
  )

const wishOf = (error: ApplyError): PassVerdict => {
  const when = retry(error)
  switch (when._tag) {
    case 'Soon':
      return { retry: 'soon' }
    case 'After':
      // Who is throttled has to wait whatever happens; else it is a look after that time, and changes go first.
      return error._tag === 'Throttled'
        ? { retry: { afterMs: when.ms } }
        : { requeueAfterMs: when.ms }
    case 'OnChange':
      return {}
  }
}

type Retry = NonNullable<PassVerdict['retry']>

/** The API server that asks us to wait is the same for all objects, so its wish goes before `soon`. */
const stricter = (one: Retry, other: Retry): Retry => {
  if (one === 'soon') return other
  return other === 'soon' ? one : { afterMs: Math.max(one.afterMs, other.afterMs) }
}

const both = (one: PassVerdict, other: PassVerdict): PassVerdict => {
  const retries = [one.retry, other.retry].filter((wish) => wish !== undefined)
  const waits = [one.requeueAfterMs, other.requeueAfterMs].filter((ms) => ms !== undefined)
  return {
    ...(retries.length === 0 ? {} : { retry: retries.reduce(stricter) }),
    ...(waits.length === 0 ? {} : { requeueAfterMs: Math.min(...waits) }),
  }
}

const statusWish = ({ requeueAfterMs }: Pass): PassVerdict =>
  requeueAfterMs === undefined ? {} : { requeueAfterMs }

const heldWishes = ({ held }: Pass): ReadonlyArray<PassVerdict> =>
  held.map(({ heldForMs }) => ({ requeueAfterMs: heldForMs }))

/** What the loop is asked for after a pass: to try again what may succeed then, and what is waited for. */
export const verdictOf = (pass: Pass): PassVerdict =>
  [...failuresOf(pass).map(wishOf), ...heldWishes(pass)].reduce(both, statusWish(pass))
