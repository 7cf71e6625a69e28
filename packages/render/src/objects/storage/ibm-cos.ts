import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  cloudOf,
  type IbmCosStorage,
  names,
  type RegistryBuild,
  registryBuild,
  type RenderProblem,
} from '../../model'
import { contentDigests } from '../content-digests'
import { scalarVariable, type Variables } from '../deployment/variable'
import type { Contribution, SecretEntry } from './contribution'
import { usableCredentials, type Way } from './credentials'
import { provisioned } from './provisioned'
import { USER_KEYS } from './s3'
import { CREDENTIALS_PATH, credentialsVolume } from './s3-credentials-file'
import { PATH_STYLE, sharedFileVariables } from './s3-variables'
import { sharedCredentials } from './secret-entry'
import { storageKeys } from './storage-keys'

const USER_API_KEY = 'REGISTRY_STORAGE_IBMCOS_IAMAPIKEY'
const MINTED_API_KEY = 'ibmcloud_api_key'

/** A bucket of IBM Cloud Object Storage, which speaks the language of S3. */
export const ibmCos = (
  storage: IbmCosStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> => {
  const { bucket, location: named } = storage
  const known = E.isRight(facts.infrastructure) ? facts.infrastructure.right : undefined
  const { region = '', storageEndpoint } = cloudOf('IbmCos', known)
  const location = named === '' ? region : named
  const endpoint = storageEndpoint ?? `s3.${location}.cloud-object-storage.appdomain.cloud`
  return pipe(
    provisioned('ibmcos', { bucket, location }),
    E.flatMap(() => hmacKeys(storage, facts)),
    E.map((entry) => ({
      variables: variables({ bucket, location, endpoint }, registryBuild(facts)),
      volumes: [credentialsVolume],
      secretEntries: [entry],
      mountedSecrets: [],
    })),
  )
}

/** A person may give them, under the names that S3 has for them; else IBM makes them for whoever has a key of its own. */
const hmacKeys = (
  storage: IbmCosStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, SecretEntry> => {
  const given = contentDigests(facts, 'Secret', {
    namespace: names.REGISTRY_NAMESPACE,
    name: names.USER_CREDENTIALS_SECRET,
  })
  const isGiven = Object.values(USER_KEYS).every((key) => Object.hasOwn(given ?? {}, key))
  const made = (secret: string, key: string): Way<E.Either<RenderProblem, SecretEntry>> => ({
    secret,
    keys: [key],
    use: () => madeKeys(storage, facts),
  })
  return usableCredentials(facts, [
    isGiven ? givenKeys : made(names.USER_CREDENTIALS_SECRET, USER_API_KEY),
    made(names.MINTED_CREDENTIALS_SECRET, MINTED_API_KEY),
  ])
}

const givenKeys: Way<E.Either<RenderProblem, SecretEntry>> = {
  secret: names.USER_CREDENTIALS_SECRET,
  keys: Object.values(USER_KEYS),
  use: (from) => E.right(sharedCredentials(from, USER_KEYS)),
}

/** The driver's names. */
const MADE_KEYS = { id: 'id', secret: 'secret' }

const madeKeys = (
  storage: IbmCosStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, SecretEntry> =>
  pipe(
    storageKeys(storage, facts, Object.values(MADE_KEYS)),
    E.map((from) => sharedCredentials(from, MADE_KEYS)),
  )

type Place = { readonly bucket: string; readonly location: string; readonly endpoint: string }

const variables = ({ bucket, location, endpoint }: Place, build: RegistryBuild): Variables => [
  scalarVariable('REGISTRY_STORAGE', 's3'),
  scalarVariable('REGISTRY_STORAGE_S3_BUCKET', bucket),
  scalarVariable('REGISTRY_STORAGE_S3_REGION', location),
  ...(build._tag === 'OpenShift' ? ofOpenShift(endpoint) : ofDistribution(endpoint)),
]

const ofOpenShift = (endpoint: string): Variables => [
  scalarVariable('REGISTRY_STORAGE_S3_REGIONENDPOINT', endpoint),
  scalarVariable('REGISTRY_STORAGE_S3_ENCRYPT', false),
  PATH_STYLE,
  scalarVariable('REGISTRY_STORAGE_S3_USEDUALSTACK', false),
  scalarVariable('REGISTRY_STORAGE_S3_CREDENTIALSCONFIGPATH', CREDENTIALS_PATH),
]

const ofDistribution = (endpoint: string): Variables => [
  scalarVariable('REGISTRY_STORAGE_S3_REGIONENDPOINT', withScheme(endpoint)),
  scalarVariable('REGISTRY_STORAGE_S3_ENCRYPT', false),
  PATH_STYLE,
  ...sharedFileVariables,
]

const withScheme = (endpoint: string): string =>
  endpoint.includes('://') ? endpoint : `https://${endpoint}`
