import type { Either } from 'fp-ts/Either'

import type { Action } from './action'
import type { ApplyError } from './errors'
import type { KubeObject } from './kube-object'

/** What became of one action: the object as the API server answered it (secret values as digests), or why not. */
export type ActionOutcome = {
  readonly action: Action
  readonly result: Either<ApplyError, KubeObject | undefined>
}

export type Outcome = ReadonlyArray<ActionOutcome>
