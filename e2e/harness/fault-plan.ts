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

/** Lasting faults that come to the same for who asks: one of each is enough. */
const ALIKE: ReadonlyArray<ReadonlyArray<Fault>> = [
  ['timeout', 'reset', 'truncated'],
  [429, 500, 503],
]

const withoutAlike = (mishaps: ReadonlyArray<Mishap>, turn: number): ReadonlyArray<Mishap> =>
  mishaps.filter(({ fault }) => {
    const group = ALIKE.find((faults) => faults.includes(fault))
    return group === undefined || group[turn % group.length] === fault
  })

const groupedBy = <A>(
  all: ReadonlyArray<A>,
  keyOf: (one: A) => string,
): ReadonlyArray<ReadonlyArray<A>> => {
  const keys = [...new Set(all.map(keyOf))]
  return keys.map((key) => all.filter((one) => keyOf(one) === key))
}

/**
 * Fewer of them: everything that can go wrong with a kind of request goes wrong with one of that kind, and with every
 * request something does.
 */
export const chosenMishaps = (
  requests: ReadonlyArray<FaultyRequest>,
  kindOf: (request: FaultyRequest) => string,
): ReadonlyArray<Mishap> => {
  const numbered = requests.map((request, index) => ({ request, nth: index + 1 }))
  return groupedBy(numbered, ({ request }) => kindOf(request)).flatMap((same, turn) => {
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
}
