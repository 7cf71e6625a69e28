import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type { Problem, TlsSettings } from '../../model'
import { decodeAt } from '../../schema/problems'
import { showValue } from '../../schema/show-value'

import { CIPHER_SUITES } from './cipher-suites'
import type { ConfigSpec } from '../codecs/config/config-spec'
import { aString, lenient, strings } from '../manifest/lenient'
import { TLS_VERSIONS } from './tls-versions'

const OBSERVED_CONFIG = lenient({
  servingInfo: lenient({ minTLSVersion: aString, cipherSuites: strings }),
})

const PATH = 'spec.observedConfig'
const REMEDY = 'correct it, or remove spec.observedConfig: the registry then uses its defaults'

const shapeProblem = ({ path, message }: Problem): Problem => ({
  path,
  message: `failed to get ${path.slice(PATH.length + 1) || 'observedConfig'}: ${message}`,
  remedy: REMEDY,
})

const versionProblems = ({ minVersion }: TlsSettings): ReadonlyArray<Problem> =>
  minVersion === '' || TLS_VERSIONS.includes(minVersion)
    ? []
    : [
        {
          path: `${PATH}.servingInfo.minTLSVersion`,
          message: `unable to generate tls config: invalid TLS version: unknown tls version ${showValue(minVersion)}`,
          remedy: `use one of ${TLS_VERSIONS.join(', ')}`,
        },
      ]

const cipherProblems = ({ cipherSuites }: TlsSettings): ReadonlyArray<Problem> =>
  cipherSuites.flatMap((name, index) =>
    CIPHER_SUITES.has(name)
      ? []
      : [
          {
            path: `${PATH}.servingInfo.cipherSuites[${index}]`,
            message: `unable to generate tls config: invalid cipher suite: unknown cipher name ${showValue(name)}`,
            remedy: 'use the IANA name of a cipher suite that Go knows, or remove it',
          },
        ],
  )

const settings = (
  spec: Pick<ConfigSpec, 'observedConfig'>,
): E.Either<ReadonlyArray<Problem>, TlsSettings> =>
  pipe(
    decodeAt(OBSERVED_CONFIG, PATH, spec.observedConfig ?? {}),
    E.mapLeft((problems) => problems.map(shapeProblem)),
    E.map(({ servingInfo: { minTLSVersion = '', cipherSuites = [] } = {} }) => ({
      minVersion: minTLSVersion,
      cipherSuites,
    })),
  )

/** The TLS settings that OpenShift has observed, or what is wrong with them. */
export const observedTls = (
  spec: Pick<ConfigSpec, 'observedConfig'>,
): E.Either<ReadonlyArray<Problem>, TlsSettings> =>
  pipe(
    settings(spec),
    E.flatMap((tls) => {
      const problems = [...versionProblems(tls), ...cipherProblems(tls)]
      return problems.length > 0 ? E.left(problems) : E.right(tls)
    }),
  )
