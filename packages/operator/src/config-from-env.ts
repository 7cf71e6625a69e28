import type { Problem, Release } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as t from 'io-ts'

const isImage = (text: string): boolean => /^\S*$/.test(text)

/** The name of an image; empty when not set. */
const Image = t.refinement(t.string, isImage, 'the name of an image without blanks')

const Env = t.partial({
  IMAGE: Image,
  OPERATOR_IMAGE: Image,
  IMAGE_PRUNER: Image,
  RELEASE_VERSION: t.string,
  POD_NAME: t.string,
  NO_COLOR: t.string,
})

/** What the environment says. */
export type EnvConfig = {
  readonly release: Release
  /** Name of the pod that we run in; empty outside of a cluster. */
  readonly podName: string
  /** NO_COLOR is set (no-color.org: every text but the empty one counts). */
  readonly noColour: boolean
}

const toEnvConfig = (env: t.TypeOf<typeof Env>): EnvConfig => ({
  release: {
    registryImage: env.IMAGE ?? '',
    operatorImage: env.OPERATOR_IMAGE ?? '',
    prunerImage: env.IMAGE_PRUNER ?? '',
    version: env.RELEASE_VERSION ?? '',
  },
  podName: env.POD_NAME ?? '',
  noColour: (env.NO_COLOR ?? '') !== '',
})

const toProblem = ({ context }: t.ValidationError): Problem => ({
  path: context.map(({ key }) => key).join('') || 'environment',
  message: `must be ${context.at(-1)?.type.name ?? 'another value'}`,
  remedy: 'set it to an image such as quay.io/openshift/origin-docker-registry:latest',
})

type Decoded = E.Either<ReadonlyArray<Problem>, EnvConfig>

/** What an environment says, or every variable that cannot be used. */
export const configFromEnv = (env: unknown): Decoded =>
  pipe(
    Env.decode(env),
    E.bimap((errors) => errors.map(toProblem), toEnvConfig),
  )

/** Reads the environment of the process: the only place that does. */
export const processConfig: IO<Decoded> = () => configFromEnv(process.env)
