import type {
  ApplyError,
  Condition,
  DesiredState,
  KubeObject,
  Observation,
  StorageTarget,
} from '@image-registry-operator/render/model'
import type { StatusDecision } from '@image-registry-operator/render'
import type { Either } from 'fp-ts/Either'

import type { Applied } from './apply'

/** What one pass saw, did and said. */
export type Pass = Applied & {
  readonly observation: Observation
  /** What was not made, and why. */
  readonly withheld?: DesiredState['withheld']
  /** The storage outside of the cluster that was wanted, or has to go. */
  readonly storage?: StorageTarget
  readonly conditions: ReadonlyArray<Condition>
  /** What became of the statuses that were not right. */
  readonly written: ReadonlyArray<Either<ApplyError, KubeObject>>
  /** For the next pass. */
  readonly failingSince: StatusDecision['failingSince']
  /** Look again after that long although nothing changes. */
  readonly requeueAfterMs?: number
}
