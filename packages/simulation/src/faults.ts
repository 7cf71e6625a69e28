import type { World } from './world'

/** What may become of one request. */
export const FAULTS = [
  'refused with 409',
  'refused with 429',
  'refused with 500',
  'lost before its effect',
  'lost after its effect',
  'crash before its effect',
  'crash after its effect',
  'frozen past its lease',
] as const

export type Fault = (typeof FAULTS)[number]

/** A request that something may become of. */
export type Endangered = {
  /** How many writes, in the cluster and outside of it, were sent before; undefined for a request that only reads. */
  readonly effect: number | undefined
  readonly words: string
}

/** Decides what becomes of a request; undefined: it is carried out and answered. */
export type FaultPolicy = (request: Endangered) => Fault | undefined

/** One fault at one write, and none at any other. */
export const oneFault =
  (effect: number, fault: Fault): FaultPolicy =>
  (request) =>
    request.effect === effect ? fault : undefined

export const noFaults: FaultPolicy = () => undefined

/** One request in so many, as it is chosen, until the world is calm. */
export const chosenFaults =
  (
    world: World,
    { oneIn, faults }: { readonly oneIn: number; readonly faults: ReadonlyArray<Fault> },
  ): FaultPolicy =>
  ({ effect }) => {
    if (world.isCalm() || oneIn === 0) return undefined
    // There are many reads, and they matter less. 0 is no fault, so that a history shrinks towards none.
    return world.choices.choose(effect === undefined ? 4 * oneIn : oneIn) === 1
      ? faults[world.choices.choose(faults.length)]
      : undefined
  }
