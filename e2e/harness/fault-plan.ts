import type { Fault, FaultMoment, FaultyRequest } from '../storage-servers/faults/faults'
import type { Mishap } from './fault-trap'

/** What is asked again at once, so that once is as good as never. */
const PASSING: ReadonlyArray<Fault> = ['timeout', 'reset', 'truncated', 429, 500, 503]
/** What is believed at once. */
const TELLING: ReadonlyArray<Fault> = [403, 404, 409]
const FAULTS = [...TELLING, ...PASSING]
const MOMENTS: ReadonlyArray<FaultMoment> = ['before', 'after']

/** More often than a request is repeated. */
const LASTING = 5

const isRead = ({ method }: FaultyRequest): boolean => method === 'GET' || method === 'HEAD'

/** The server is the same before a read as after, and so is what the client gets; but for a part of an answer. */
const momentsOf = (request: FaultyRequest, fault: Fault): ReadonlyArray<FaultMoment> => {
  // There is nothing of such an answer that could be missing.
  if (request.method === 'HEAD' && fault === 'truncated') return []
  return isRead(request) && fault !== 'truncated' ? ['before'] : MOMENTS
}

/** Every passing fault, on every request at once: each is made again, and nobody gets to know. */
export const passingMishaps: ReadonlyArray<Mishap> = PASSING.flatMap((fault) =>
  MOMENTS.map((moment): Mishap => ({ nth: 'each', fault, moment, times: 1 })),
)

/** Everything else that can go wrong with the n-th request. */
const mishapsAt = (request: FaultyRequest, nth: number): ReadonlyArray<Mishap> =>
  FAULTS.flatMap((fault) =>
    momentsOf(request, fault).flatMap((moment) => [
      ...(TELLING.includes(fault) ? [{ nth, fault, moment, times: 1 }] : []),
      { nth, fault, moment, times: LASTING },
    ]),
  )

/** Every request, with everything that can go wrong with it. */
export const allMishaps = (requests: ReadonlyArray<FaultyRequest>): ReadonlyArray<Mishap> =>
  requests.flatMap((request, index) => mishapsAt(request, index + 1))

/** Of lasting faults one of each of these is enough: they come to much the same, and another kind gets the next one. */
const ALIKE: ReadonlyArray<ReadonlyArray<Fault>> = [
  [403, 409],
  ['timeout', 'reset', 'truncated'],
  [429, 500, 503],
]

const withoutAlike = (mishaps: ReadonlyArray<Mishap>, turn: number): ReadonlyArray<Mishap> =>
  mishaps.filter(({ fault, times }) => {
    const group = ALIKE.find((faults) => faults.includes(fault))
    return times === 1 || group === undefined || group[turn % group.length] === fault
  })

const groupedBy = <A>(
  all: ReadonlyArray<A>,
  keyOf: (one: A) => string,
): ReadonlyArray<ReadonlyArray<A>> => {
  const keys = [...new Set(all.map(keyOf))]
  return keys.map((key) => all.filter((one) => keyOf(one) === key))
}

type KindOf = (request: FaultyRequest) => string

/** The requests of each kind, with their numbers. */
const byKind = (requests: ReadonlyArray<FaultyRequest>, kindOf: KindOf) =>
  groupedBy(
    requests.map((request, index) => ({ request, nth: index + 1 })),
    ({ request }) => kindOf(request),
  )

/**
 * Everything that can go wrong with a kind of request goes wrong with one of that kind, and with every request something
 * does.
 */
export const mishapsOfKinds = (
  requests: ReadonlyArray<FaultyRequest>,
  kindOf: KindOf,
): ReadonlyArray<Mishap> =>
  byKind(requests, kindOf).flatMap((same, turn) => {
    const [first] = same
    if (first === undefined) return []
    const mishaps = withoutAlike(mishapsAt(first.request, first.nth), turn).filter(
      // What lasts is tried before and after the server has heard of it, in turns.
      ({ times, fault, moment }) =>
        times === 1 ||
        isRead(first.request) ||
        moment === MOMENTS[(FAULTS.indexOf(fault) + turn) % 2],
    )
    const count = Math.max(mishaps.length, same.length)
    return Array.from({ length: count }, (_, index): Mishap => {
      const mishap = mishaps[index % mishaps.length] ?? { fault: 500, moment: 'before', times: 5 }
      return { ...mishap, nth: same[index % same.length]?.nth ?? first.nth }
    })
  })
/** Of what is believed at once, each kind of request gets one, in turns. */
export const someMishaps = (
  requests: ReadonlyArray<FaultyRequest>,
  kindOf: KindOf,
): ReadonlyArray<Mishap> =>
  byKind(requests, kindOf).flatMap((same, turn) =>
    same.slice(0, 1).flatMap(({ request, nth }) => {
      const once = mishapsAt(request, nth).filter(({ times }) => times === 1)
      const mishap = once[turn % once.length]
      return mishap === undefined ? [] : [mishap]
    }),
  )
