import { retry } from '@image-registry-operator/render'
import {
  keyOf,
  type Action,
  type ApplyError,
  type KubeObject,
  type Outcome,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'

import { EARLIEST_RESYNC_MS } from '../resync'

/** Actions that the API server has refused for good, so that they are not sent again and again. */
export type Refusals = {
  /** Why this very action need not be tried again now. */
  readonly of: (action: Action) => ApplyError | undefined
  /** Notes what has just been refused, and forgets everything else. */
  readonly note: (outcome: Outcome) => IO<void>
}

type Refusal = {
  readonly sameAs: string
  readonly error: ApplyError
  readonly until: number
}

/** What somebody decided about an object: all of it but its status, and what counts or dates its changes. */
const decided = (object: KubeObject | undefined): unknown => {
  if (object === undefined) return undefined
  const { status: _status, metadata, ...rest } = object
  const { resourceVersion: _version, managedFields: _managers, ...kept } = metadata
  return { ...rest, metadata: kept }
}

/** The same wish about the same live object; that its status goes on changing, e.g. in a rollout, cures nothing. */
const identity = (action: Action): string =>
  action._tag === 'ApplyObject'
    ? JSON.stringify([action.desired, decided(action.before)])
    : JSON.stringify([action._tag, 'before' in action ? decided(action.before) : action.ref])

const holdMs = (error: ApplyError): number => {
  const when = retry(error)
  switch (when._tag) {
    case 'Soon':
      return 0
    case 'After':
      return error._tag === 'Throttled' ? 0 : when.ms
    case 'OnChange':
      // The cure may be something that we do not watch, e.g. an admission rule: then the resync finds it.
      return EARLIEST_RESYNC_MS
  }
}

/**
 * Remembers refusals from pass to pass.
 *
 * A pass is made whenever anything changes, and must not repeat a request that cannot succeed: the pods of
 * a rollout alone change a dozen times.
 */
export const refusals = (nowMs: IO<number>): Refusals => {
  let known = new Map<string, Refusal>()
  const held = (action: Action): Refusal | undefined => {
    const refusal = known.get(keyOf(action.ref))
    // A little early, or the pass that was asked for at that time would miss it.
    return refusal !== undefined &&
      refusal.until > nowMs() + 1_000 &&
      refusal.sameAs === identity(action)
      ? refusal
      : undefined
  }
  return {
    of: (action) => held(action)?.error,
    note: (outcome) => () => {
      known = new Map(
        outcome.flatMap(({ action, result }): ReadonlyArray<[string, Refusal]> => {
          const error = E.isLeft(result) ? result.left : undefined
          if (error === undefined || holdMs(error) === 0) return []
          const refusal = held(action) ?? {
            sameAs: identity(action),
            error,
            until: nowMs() + holdMs(error),
          }
          return [[keyOf(action.ref), refusal]]
        }),
      )
    },
  }
}
