import type {
  ApplyError,
  Condition,
  KubeObject,
  Observation,
} from '@image-registry-operator/render/model'
import type { Either } from 'fp-ts/Either'

import type { Applied } from './apply'

/** What one pass saw, did and said. */
export type Pass = Applied & {
  readonly observation: Observation
  readonly conditions: ReadonlyArray<Condition>
  /** What became of the status; absent when it was right already. */
  readonly written?: Either<ApplyError, KubeObject>
  /** Look again after that long although nothing changes. */
  readonly requeueAfterMs?: number
}
