import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContextOptions } from 'node:tls'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { readControllerConfig, type ControllerConfig } from './controller-config'
import { tlsCiphers, tlsVersion } from './tls-names'

/** Where health and metrics are served, and how. */
export type Serving = {
  readonly address: string
  /** Absent: over plain HTTP. With a `ca`, metrics are for clients with a certificate of it. */
  readonly tls?: SecureContextOptions
}

/** The flags that decide it. */
export type ServingOptions = {
  /** Counts without `config`. */
  readonly bindAddress: string
  /** Path of a GenericControllerConfig. Given, even if empty: over HTTPS. */
  readonly config?: string
  /** Given: over HTTPS. */
  readonly tlsCertFile?: string
  readonly tlsKeyFile?: string
  /** Certificates of the authorities of clients. */
  readonly metricsClientCa?: string
}

// Where the cluster's Deployment of the operator mounts what service-ca makes.
const CERTIFICATE = '/etc/secrets/tls.crt'
const KEY = '/etc/secrets/tls.key'

const refused = (problem: string): string => `failed to run metrics server: ${problem}`

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

const read = (path: string): TE.TaskEither<string, Buffer> =>
  TE.tryCatch(
    () => readFile(path),
    (cause) => refused(`failed to load TLS certificate: ${textOf(cause)}`),
  )

/** Read once: whoever renews them has the process start anew (`--files`). */
const certificates = ({
  tlsCertFile = CERTIFICATE,
  tlsKeyFile = KEY,
  metricsClientCa,
}: ServingOptions): TE.TaskEither<string, SecureContextOptions> =>
  pipe(
    [tlsCertFile, tlsKeyFile, ...(metricsClientCa === undefined ? [] : [metricsClientCa])],
    TE.traverseArray(read),
    TE.map(([cert, key, ca]) => ({
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(ca === undefined ? {} : { ca }),
    })),
  )

const protocol = ({
  minTlsVersion,
  cipherSuites,
}: ControllerConfig): E.Either<string, SecureContextOptions> =>
  pipe(
    tlsVersion(minTlsVersion),
    E.fromOption(() => refused(`failed to parse min tls version: unknown ${minTlsVersion}`)),
    E.flatMap((minVersion) =>
      pipe(
        tlsCiphers(cipherSuites),
        E.bimap(
          (name) => refused(`failed to parse cipher suite ${name}: unknown`),
          (ciphers) => ({ minVersion, ...(ciphers === undefined ? {} : { ciphers }) }),
        ),
      ),
    ),
  )

/** A certificate that does not fit its key is better found before anybody connects. */
const usable = (tls: SecureContextOptions): E.Either<string, SecureContextOptions> =>
  pipe(
    E.tryCatch(
      () => createSecureContext(tls),
      (cause) => refused(`failed to load TLS certificate: ${textOf(cause)}`),
    ),
    E.map(() => tls),
  )

const secure = (
  options: ServingOptions,
  config: ControllerConfig,
): TE.TaskEither<string, Serving> =>
  pipe(
    TE.fromEither(protocol(config)),
    TE.flatMap((settings) =>
      pipe(
        certificates(options),
        TE.map((files) => ({ ...settings, ...files })),
      ),
    ),
    TE.flatMapEither(usable),
    TE.map((tls) => ({ address: config.bindAddress, tls })),
  )

/** What the flags ask for; a Left says in one line why that cannot be. */
export const serving = (options: ServingOptions): TE.TaskEither<string, Serving> => {
  const { bindAddress, config, tlsCertFile, tlsKeyFile } = options
  if (config !== undefined) {
    return pipe(
      readControllerConfig(config),
      TE.flatMap((said) => secure(options, said)),
    )
  }
  return tlsCertFile === undefined && tlsKeyFile === undefined
    ? TE.right({ address: bindAddress })
    : secure(options, { bindAddress, minTlsVersion: '', cipherSuites: [] })
}
