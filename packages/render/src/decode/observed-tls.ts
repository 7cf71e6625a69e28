import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type { Problem, TlsSettings } from '../model'
import { decodeAt } from '../schema/problems'
import { showValue } from '../schema/show-value'

import type { ConfigSpec } from './config/config-spec'
import { aString, lenient, strings } from './lenient'

const OBSERVED_CONFIG = lenient({
  servingInfo: lenient({ minTLSVersion: aString, cipherSuites: strings }),
})

const VERSIONS = ['VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13']

const suites = (keyExchange: string, ...ciphers: ReadonlyArray<string>): ReadonlyArray<string> =>
  ciphers.map((cipher) => `TLS_${keyExchange}_WITH_${cipher}`)

const CBC_AND_GCM = [
  'AES_128_GCM_SHA256',
  'AES_256_GCM_SHA384',
  'AES_128_CBC_SHA256',
  'AES_128_CBC_SHA',
  'AES_256_CBC_SHA',
]
const ELLIPTIC = [...CBC_AND_GCM, 'CHACHA20_POLY1305_SHA256', 'CHACHA20_POLY1305', 'RC4_128_SHA']

/** IANA names of the cipher suites that the registry's TLS library knows. */
const CIPHER_SUITES: ReadonlySet<string> = new Set([
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  ...suites('ECDHE_ECDSA', ...ELLIPTIC),
  ...suites('ECDHE_RSA', ...ELLIPTIC, '3DES_EDE_CBC_SHA'),
  ...suites('RSA', ...CBC_AND_GCM, '3DES_EDE_CBC_SHA', 'RC4_128_SHA'),
])

const PATH = 'spec.observedConfig'
const REMEDY = 'correct it, or remove spec.observedConfig: the registry then uses its defaults'

const shapeProblem = ({ path, message }: Problem): Problem => ({
  path,
  message: `failed to get ${path.slice(PATH.length + 1) || 'observedConfig'}: ${message}`,
  remedy: REMEDY,
})

const versionProblems = ({ minVersion }: TlsSettings): ReadonlyArray<Problem> =>
  minVersion === '' || VERSIONS.includes(minVersion)
    ? []
    : [
        {
          path: `${PATH}.servingInfo.minTLSVersion`,
          message: `unable to generate tls config: invalid TLS version: unknown tls version ${showValue(minVersion)}`,
          remedy: `use one of ${VERSIONS.join(', ')}`,
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
