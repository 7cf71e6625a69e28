import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type { DeploymentOverrides, Problem } from '../../model'
import { decodeAt } from '../../schema/problems'

import type { ConfigSpec } from '../codecs/config/config-spec'
import { aString, lenient, textByKey } from '../manifest/lenient'

const OVERRIDES = lenient({
  deployment: lenient({ annotations: textByKey, runtimeClassName: aString }),
})

const shapeProblem = ({ path, message }: Problem): Problem => ({
  path,
  message: `invalid unsupportedConfigOverrides: ${message}`,
  remedy: 'correct or remove it',
})

/** The overrides that we know, or what is wrong with them. Others are nobody's. */
export const deploymentOverrides = (
  spec: Pick<ConfigSpec, 'unsupportedConfigOverrides'>,
): E.Either<ReadonlyArray<Problem>, DeploymentOverrides> =>
  pipe(
    decodeAt(OVERRIDES, 'spec.unsupportedConfigOverrides', spec.unsupportedConfigOverrides ?? {}),
    E.mapLeft((problems) => problems.map(shapeProblem)),
    E.map(({ deployment: { annotations = {}, runtimeClassName = '' } = {} }) => ({
      annotations,
      ...(runtimeClassName === '' ? {} : { runtimeClassName }),
    })),
  )
