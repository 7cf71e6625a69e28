import type {
  ApplyError,
  Condition,
  KubeObject,
  Observation,
  Outcome,
} from '@image-registry-operator/render/model'
import type { Either } from 'fp-ts/Either'

/** What one pass saw, did and said. */
export type Pass = {
  readonly observation: Observation
  readonly outcome: Outcome
  readonly conditions: ReadonlyArray<Condition>
  /** What became of the status; absent when it was right already. */
  readonly written?: Either<ApplyError, KubeObject>
  /** Look again after that long although nothing changes. */
  readonly requeueAfterMs?: number
}
