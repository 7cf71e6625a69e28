import { plan as planOf } from '@image-registry-operator/render'
import type {
  DecodeError,
  DesiredState,
  Observation,
  Plan,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

/** What to do about the difference: nothing where it is not known what should be. */
export const plan = (
  desired: E.Either<DecodeError, DesiredState>,
  observation: Observation,
): Plan =>
  pipe(
    desired,
    E.match(
      (): Plan => [],
      (state) => planOf(state, observation),
    ),
  )
