import type {
  Courier,
  InProcessAnswer,
  InProcessRequest,
} from '@image-registry-operator/apply/testing'
import { isJsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import { LOST, refusalOf, type CourierDeps } from './courier-deps'
import { watching, type OpenWatch } from './open-watch'
import { sentBy } from './world'

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
      world.pend(sentBy(actor), '', () => {
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

/** Takes the requests of one process to the server, each in two steps: its effect, and its answer. */
export const apiCourier = (deps: CourierDeps, watches: Set<OpenWatch>): Courier => ({
  deliver: delivered(deps),
  watch: watching(deps, watches),
})
