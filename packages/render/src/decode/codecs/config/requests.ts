import { duration } from '../../../schema/duration'
import { integer } from '../../../schema/integer'
import { atomic } from '../../../schema/modifiers'
import { optionalObject } from '../../../schema/object'

const limits = (description: string) =>
  optionalObject(description, {
    maxInQueue: integer('How many requests may wait in each registry pod. 0: no limit.'),
    maxRunning: integer('How many requests each registry pod answers at a time. 0: no limit.'),
    maxWaitInQueue: duration('How long a request may wait before it is refused.'),
  })

/** Limits of API requests. */
export const REQUESTS = atomic(
  optionalObject('How many requests each registry pod works on at a time.', {
    read: limits('Limits for requests that only read (pulls).'),
    write: limits('Limits for requests that write (pushes).'),
  }),
)
