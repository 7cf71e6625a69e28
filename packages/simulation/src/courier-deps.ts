import type {
  InProcessAnswer,
  InProcessRequest,
  InProcessWatch,
} from '@image-registry-operator/apply/testing'
import type * as E from 'fp-ts/Either'
import type * as O from 'fp-ts/Option'

import type { Fault, FaultPolicy } from './faults'
import type { Actor, World } from './world'

type Failure = E.Either<Parameters<InProcessWatch['listener']['ended']>[0], never>

/** Why nothing comes of a request. */
export type RequestFailure = Failure extends E.Either<O.Option<infer F>, never> ? F : never

/** What a process and its API server have to do with each other. */
export type CourierDeps = {
  readonly world: World
  readonly actor: Actor
  readonly fault: FaultPolicy
  /** The number of a write that is sent. */
  readonly nextEffect: (words: string) => number
  /** Right before the server does what it is asked to. */
  readonly onEffect: (actor: Actor, request: InProcessRequest) => void
  readonly onAnswered: (actor: Actor, request: InProcessRequest, answer: InProcessAnswer) => void
  /** A watch showed something out of order. */
  readonly onDisorder: (what: string) => void
  readonly crash: (actor: Actor) => void
  readonly freeze: (actor: Actor) => void
}

/** The API server says no. */
export const refused = (code: number, reason: string, more: object = {}): RequestFailure => ({
  _tag: 'Refused',
  code,
  reason,
  message: `simulated: ${reason}`,
  ...more,
})

/** Nobody knows whether it was done. */
export const LOST: RequestFailure = { _tag: 'NoAnswer', cause: 'the connection was reset' }

/** What is answered instead of doing it; undefined where it is done. */
export const refusalOf = (fault: Fault): RequestFailure | undefined => {
  switch (fault) {
    case 'refused with 409':
      return refused(409, 'Conflict')
    case 'refused with 429':
      return refused(429, 'TooManyRequests', { retryAfterMs: 2_000 })
    case 'refused with 500':
      return refused(500, 'InternalError')
    case 'lost before its effect':
      return LOST
    default:
      return undefined
  }
}
