import type { Faults, FaultyRequest } from '../../storage-servers/faults/faults'
import type { Gate } from './life-cycle-backend'

/** Holds the requests that make something, and nothing else. */
export const heldRequests = (faults: Faults, makes: (request: FaultyRequest) => boolean): Gate => {
  let closedAt = 0
  return {
    close: () => {
      closedAt = faults.requests().length
      faults.failAll('timeout', 'before', makes)
    },
    open: () => {
      faults.heal()
    },
    held: () =>
      faults
        .requests()
        .slice(closedAt)
        .filter(({ fault }) => fault !== undefined).length,
  }
}
