import { readFile } from 'node:fs/promises'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import * as t from 'io-ts'
import { parse } from 'yaml'

/** What the file of `--config` says: of a GenericControllerConfig of config.openshift.io/v1 the part that is used. */
export type ControllerConfig = {
  /** E.g. `:60000`. */
  readonly bindAddress: string
  /** E.g. `VersionTLS12`; empty: not said. */
  readonly minTlsVersion: string
  /** In IANA's names. */
  readonly cipherSuites: ReadonlyArray<string>
}

const DEFAULT_ADDRESS = ':60000'

const Absent = t.union([t.undefined, t.null])

const File = t.union([
  Absent,
  t.partial({
    servingInfo: t.union([
      Absent,
      t.partial({
        bindAddress: t.union([Absent, t.string]),
        minTLSVersion: t.union([Absent, t.string]),
        cipherSuites: t.union([Absent, t.readonlyArray(t.string)]),
      }),
    ]),
  }),
])

const toConfig = (file: t.TypeOf<typeof File>): ControllerConfig => {
  const serving = file?.servingInfo
  const address = serving?.bindAddress ?? ''
  return {
    bindAddress: address === '' ? DEFAULT_ADDRESS : address,
    minTlsVersion: serving?.minTLSVersion ?? '',
    cipherSuites: serving?.cipherSuites ?? [],
  }
}

/** Each alternative of a union is an error of its own: the one that goes deepest says which field it is. */
const wrongField = (errors: t.Errors): string => {
  const paths = errors.map(({ context }) =>
    context.map(({ key }) => key).filter((key) => key !== '' && !/^\d+$/.test(key)),
  )
  const [deepest = []] = [...paths].sort((a, b) => b.length - a.length)
  return `${deepest.join('.') || 'the file'} has another type than it should have`
}

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** What a text in YAML says, or why it cannot be used. */
export const parsedControllerConfig = (text: string): E.Either<string, ControllerConfig> =>
  pipe(
    E.tryCatch((): unknown => parse(text), textOf),
    E.flatMap((value) => pipe(File.decode(value), E.mapLeft(wrongField))),
    E.bimap((problem) => `failed to unmarshal config content: ${problem}`, toConfig),
  )

/** Reads the file; without a path there is nothing but defaults. */
export const readControllerConfig = (path: string): TE.TaskEither<string, ControllerConfig> =>
  path === ''
    ? TE.right(toConfig(undefined))
    : pipe(
        TE.tryCatch(
          () => readFile(path, 'utf8'),
          (cause) => `failed to read config file: ${textOf(cause)}`,
        ),
        TE.flatMapEither(parsedControllerConfig),
      )
