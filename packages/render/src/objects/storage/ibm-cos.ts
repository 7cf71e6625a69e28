import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { type ClusterFacts, type IbmCosStorage, names, type RenderProblem } from '../../model'
import { scalarVariable, type Variables } from '../variable'
import type { Contribution, SecretEntry } from './contribution'
import { credentials } from './credentials'
import { provisioned } from './provisioned'
import { USER_KEYS } from './s3'
import { CREDENTIALS_PATH, credentialsVolume } from './s3-credentials-file'
import { sharedCredentials } from './secret-entry'

/** A bucket of IBM Cloud Object Storage, which speaks the language of S3. */
export const ibmCos = (
  { bucket, location: named }: IbmCosStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> => {
  const { region = '', storageEndpoint } = cloudOf(facts)
  const location = named === '' ? region : named
  const endpoint = storageEndpoint ?? `s3.${location}.cloud-object-storage.appdomain.cloud`
  return pipe(
    provisioned('ibmcos', { bucket, location }),
    E.flatMap(() => hmacKeys(facts)),
    E.map((entry) => ({
      variables: variables(bucket, location, endpoint),
      volumes: [credentialsVolume],
      secretEntries: [entry],
      mountedSecrets: [],
    })),
  )
}

type Cloud = { readonly region?: string; readonly storageEndpoint?: string }

const IBM_PLATFORMS = ['IBMCloud', 'PowerVS']

const cloudOf = ({ infrastructure }: ClusterFacts): Cloud =>
  E.isRight(infrastructure) && IBM_PLATFORMS.includes(infrastructure.right.platformType)
    ? infrastructure.right
    : {}

/** IBM makes them from a key of its own when it is asked; here they have to be given, under the names that S3 has for them. */
const hmacKeys = (facts: ClusterFacts): E.Either<RenderProblem, SecretEntry> =>
  credentials(facts, [
    {
      secret: names.USER_CREDENTIALS_SECRET,
      keys: Object.values(USER_KEYS),
      use: (from) => sharedCredentials(from, USER_KEYS),
    },
  ])

const variables = (bucket: string, location: string, endpoint: string): Variables => [
  scalarVariable('REGISTRY_STORAGE', 's3'),
  scalarVariable('REGISTRY_STORAGE_S3_BUCKET', bucket),
  scalarVariable('REGISTRY_STORAGE_S3_REGION', location),
  scalarVariable('REGISTRY_STORAGE_S3_REGIONENDPOINT', endpoint),
  scalarVariable('REGISTRY_STORAGE_S3_ENCRYPT', false),
  scalarVariable('REGISTRY_STORAGE_S3_FORCEPATHSTYLE', true),
  scalarVariable('REGISTRY_STORAGE_S3_USEDUALSTACK', false),
  scalarVariable('REGISTRY_STORAGE_S3_CREDENTIALSCONFIGPATH', CREDENTIALS_PATH),
]
