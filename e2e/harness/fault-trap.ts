import type { Fault, FaultMoment, Faults, FaultyRequest } from '../storage-servers/faults/faults'

/** One thing that goes wrong, with one request of many, or with all. */
export type Mishap = Readonly<{
  /** Which request, from 1; `each`: every one, the first time that it is made. */
  nth: number | 'each'
  fault: Fault
  moment: FaultMoment
  /** How often: when the same request comes again, it fails again. */
  times: number
}>

/** All servers of a cloud, as one: their requests are counted together. */
export type FaultTrap = Readonly<{
  /** From now on, requests are counted from 1, and this goes wrong, though not with a request that is spared. */
  arm: (mishap: Mishap | undefined, isSpared: (request: FaultyRequest) => boolean) => void
  /** Since it was armed, in that order. */
  requests: () => ReadonlyArray<FaultyRequest>
  /** How many of them have failed. */
  faults: () => number
  stop: () => Promise<void>
}>

/** The same request, made once more, has another id. */
const identity = ({ method, path }: FaultyRequest): string =>
  `${method} ${path.replace(/client-request-id=[^&]*/, '')}`

/** More requests than a life has where half of them fail. */
const MOST = 200

/** Whether a request is meant, one after the other. */
const meant = (
  { nth, times, fault }: Mishap,
  requests: ReadonlyArray<FaultyRequest>,
): ((request: FaultyRequest) => boolean) => {
  let chosen: string | undefined
  let left = times
  let wasLast = ''
  return (request) => {
    const asked = identity(request)
    // There is nothing of such an answer that could be missing.
    if (fault === 'truncated' && request.method === 'HEAD') return false
    if (nth === 'each') {
      // Whoever makes that many has nothing but half answers: that is no passing fault.
      if (requests.length > MOST) return false
      // Who is refused asks the same again at once.
      const isMeant = asked !== wasLast
      wasLast = isMeant ? asked : ''
      return isMeant
    }
    if (requests.length === nth) chosen = asked
    if (chosen !== asked || left === 0) return false
    left -= 1
    return true
  }
}

/** A trap before the servers of one cloud. */
export const faultTrap = (servers: ReadonlyArray<Faults>): FaultTrap => {
  let requests: FaultyRequest[] = []
  let faults = 0
  return {
    arm: (mishap, isSpared) => {
      requests = []
      faults = 0
      const isMeant = mishap === undefined ? () => false : meant(mishap, requests)
      for (const server of servers) {
        server.heal()
        server.failAll(mishap?.fault ?? 500, mishap?.moment ?? 'before', (request) => {
          requests.push(request)
          const fails = isMeant(request) && !isSpared(request)
          if (fails) faults += 1
          return fails
        })
      }
    },
    requests: () => requests,
    faults: () => faults,
    stop: async () => {
      for (const server of servers) await server.stop()
    },
  }
}
