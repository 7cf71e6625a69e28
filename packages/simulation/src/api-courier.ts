import type {
  Courier,
  InProcessAnswer,
  InProcessRequest,
  InProcessWatch,
} from '@image-registry-operator/apply/testing'
import { isJsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'

import type { Fault, FaultPolicy } from './faults'
import type { Actor, World } from './world'

type Failure = E.Either<Parameters<InProcessWatch['listener']['ended']>[0], never>
type RequestFailure = Failure extends E.Either<O.Option<infer F>, never> ? F : never
type WatchEvent = Parameters<InProcessWatch['listener']['event']>[0]

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
  readonly crash: (actor: Actor) => void
  readonly freeze: (actor: Actor) => void
}

const WRITES: ReadonlyArray<InProcessRequest['verb']> = [
  'create',
  'update',
  'patch',
  'apply',
  'delete',
]

export const isWrite = ({ verb }: InProcessRequest): boolean => WRITES.includes(verb)

const nameIn = (body: unknown): string =>
  isJsonObject(body) && isJsonObject(body['metadata']) ? textOf(body['metadata']['name']) : ''

/** `apply Deployment image-registry`, `apply Config cluster/status`. */
export const wordsOf = ({ verb, kind, name, subresource, body }: InProcessRequest): string => {
  const called = [name === '' ? nameIn(body) : name, subresource].filter((word) => word !== '')
  return [verb, kind, called.join('/')].filter((word) => word !== '').join(' ')
}

const refused = (code: number, reason: string, more: object = {}): RequestFailure => ({
  _tag: 'Refused',
  code,
  reason,
  message: `simulated: ${reason}`,
  ...more,
})

const LOST: RequestFailure = { _tag: 'NoAnswer', cause: 'the connection was reset' }

const refusalOf = (fault: Fault): RequestFailure | undefined => {
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

const delivered =
  ({ world, actor, fault, nextEffect, onEffect, onAnswered, crash, freeze }: CourierDeps) =>
  (request: InProcessRequest): Promise<InProcessAnswer> =>
    new Promise((resolve) => {
      const words = wordsOf(request)
      const says = (what: string): string => `${actor.name}: ${words}, ${what}`
      const answer = (given: InProcessAnswer): void => world.pend(actor, '', () => resolve(given))
      const effect = isWrite(request) ? nextEffect(words) : undefined
      const carryOut = (): InProcessAnswer => {
        onEffect(actor, request)
        const given = request.carryOut()
        onAnswered(actor, request, given)
        return given
      }
      world.pend(actor, '', () => {
        const harm = fault({ effect, words: `${actor.name}: ${words}` })
        if (harm === undefined) {
          const given = carryOut()
          if (E.isLeft(given)) world.tell(says(JSON.stringify(given.left)))
          else if (effect !== undefined) world.tell(says('done'))
          return answer(given)
        }
        world.tell(says(harm))
        const refusal = refusalOf(harm)
        if (refusal !== undefined) return answer(E.left(refusal))
        if (harm === 'crash before its effect') return crash(actor)
        const given = carryOut()
        if (harm === 'lost after its effect') return answer(E.left(LOST))
        if (harm === 'frozen past its lease') {
          freeze(actor)
          return answer(given)
        }
        crash(actor)
      })
    })

/** A watch on its way: what it shows arrives when the world likes. */
const watching =
  ({ world, actor, fault }: CourierDeps, watches: Set<OpenWatch>) =>
  ({ request, listener, source }: InProcessWatch): (() => void) => {
    let over = false
    let unfollow: () => void = () => undefined
    let queue: WatchEvent[] = []
    let isPending = false
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
    const deliver = (): void => {
      isPending = false
      const events = queue
      queue = []
      for (const event of events) {
        if (over) return
        listener.received()
        listener.event(event)
        if (event._tag === 'Error') return end(O.none)
      }
    }
    const push = (event: WatchEvent): void => {
      queue.push(event)
      if (isPending) return
      isPending = true
      world.pend(actor, '', deliver)
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
    world.pend(actor, '', () => {
      if (over) return
      const harm = fault({ effect: undefined, words: `watch ${request.collection.kind}` })
      const refusal = harm === undefined ? undefined : refusalOf(harm)
      if (refusal !== undefined) return end(O.some(refusal))
      const begun = source.begin()
      if (E.isLeft(begun)) return end(O.some(begun.left))
      unfollow = source.follow(push)
      watches.add(open)
      listener.opened()
      queue = [...begun.right]
      deliver()
    })
    world.after(actor, request.timeoutSeconds * 1000, () => end(O.none))
    return stop
  }

/** A watch that is open. */
export type OpenWatch = {
  readonly actor: Actor
  /** Ends it. */
  readonly cut: () => void
  /** Nobody listens any more. */
  readonly drop: () => void
  readonly bookmark: () => void
}

/** Takes the requests of one process to the server, each in two steps: its effect, and its answer. */
export const apiCourier = (deps: CourierDeps, watches: Set<OpenWatch>): Courier => ({
  deliver: delivered(deps),
  watch: watching(deps, watches),
})
