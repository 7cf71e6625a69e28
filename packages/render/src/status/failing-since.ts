import type { Part } from '../model'
import type { Failure } from './failure'

/** Since when a part has failed without a success in between: RFC 3339 times in UTC. Parts that work are not in it. */
export type FailingSince = { readonly [P in Part]?: string }

/** The same after a pass with these failures. */
export const failingSinceAfter = (
  before: FailingSince,
  failures: ReadonlyArray<Failure>,
  now: string,
): FailingSince => Object.fromEntries(failures.map(({ part }) => [part, before[part] ?? now]))
