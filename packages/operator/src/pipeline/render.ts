import { render as renderConfig } from '@image-registry-operator/render'
import type { DecodeError, DesiredState, Observation } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

/** What should be; without a usable Config nobody can say, and everything stays as it is. */
export const render = ({ config, facts }: Observation): E.Either<DecodeError, DesiredState> =>
  pipe(
    config,
    E.map((usable) => renderConfig(usable, facts)),
  )
