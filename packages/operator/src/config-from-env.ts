import {
  namedRegistryBuild,
  names,
  type Problem,
  REGISTRY_BUILDS,
  type Release,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as t from 'io-ts'

const isImage = (text: string): boolean => /^\S*$/.test(text)

/** The name of an image; empty when not set. */
const Image = t.refinement(t.string, isImage, 'the name of an image without blanks')

/** Everything that we write is in one namespace; asking for another one would be a mistake. */
const Namespace = t.refinement(
  t.string,
  (text) => text === '' || text === names.REGISTRY_NAMESPACE,
  `${names.REGISTRY_NAMESPACE}, or empty`,
)

const KNOWN_BUILDS: ReadonlyArray<string> = REGISTRY_BUILDS

/** Which registry the image is; empty: the usual one of the platform. */
const RegistryBuild = t.refinement(
  t.string,
  (text) => text === '' || KNOWN_BUILDS.includes(text),
  `one of ${REGISTRY_BUILDS.join(', ')}, or empty`,
)

const Env = t.partial({
  IMAGE: Image,
  OPERATOR_IMAGE: Image,
  IMAGE_PRUNER: Image,
  REGISTRY_BUILD: RegistryBuild,
  RELEASE_VERSION: t.string,
  OPERATOR_IMAGE_VERSION: t.string,
  WATCH_NAMESPACE: Namespace,
  POD_NAME: t.string,
  AZURE_ENVIRONMENT_FILEPATH: t.string,
  NO_COLOR: t.string,
})

/** What the environment says. */
export type EnvConfig = {
  readonly release: Release
  /** Name of the pod that we run in; empty outside of a cluster. */
  readonly podName: string
  /** Where the endpoints of an Azure Stack are kept for whoever speaks to it; empty: nowhere. */
  readonly endpointsFile: string
  /** NO_COLOR is set (no-color.org: every text but the empty one counts). */
  readonly noColour: boolean
}

const registryOf = (name: string): Pick<Release, 'registry'> => {
  const registry = namedRegistryBuild(name)
  return registry === undefined ? {} : { registry }
}

const toEnvConfig = (env: t.TypeOf<typeof Env>): EnvConfig => ({
  release: {
    registryImage: env.IMAGE ?? '',
    operatorImage: env.OPERATOR_IMAGE ?? '',
    prunerImage: env.IMAGE_PRUNER ?? '',
    version: env.RELEASE_VERSION ?? '',
    imageVersion: env.OPERATOR_IMAGE_VERSION ?? '',
    ...registryOf(env.REGISTRY_BUILD ?? ''),
  },
  podName: env.POD_NAME ?? '',
  endpointsFile: env.AZURE_ENVIRONMENT_FILEPATH ?? '',
  noColour: (env.NO_COLOR ?? '') !== '',
})

const IMAGE_REMEDY = 'set it to an image such as quay.io/openshift/origin-docker-registry:latest'

const REMEDIES: { readonly [variable: string]: string } = {
  WATCH_NAMESPACE: 'remove it: the operator works in no other one',
  REGISTRY_BUILD: 'name the registry that IMAGE is, or remove it for the usual one',
}

const toProblem = ({ context }: t.ValidationError): Problem => {
  const path = context.map(({ key }) => key).join('') || 'environment'
  return {
    path,
    message: `must be ${context.at(-1)?.type.name ?? 'another value'}`,
    remedy: REMEDIES[path] ?? IMAGE_REMEDY,
  }
}

type Decoded = E.Either<ReadonlyArray<Problem>, EnvConfig>

/** What an environment says, or every variable that cannot be used. */
export const configFromEnv = (env: unknown): Decoded =>
  pipe(
    Env.decode(env),
    E.bimap((errors) => errors.map(toProblem), toEnvConfig),
  )

/** Reads the environment of the process: the only place that does. */
export const processConfig: IO<Decoded> = () => configFromEnv(process.env)
