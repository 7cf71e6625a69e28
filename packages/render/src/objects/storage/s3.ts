import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { type ClusterFacts, names, type RenderProblem, type S3Storage } from '../../model'
import { scalarVariable, type Variables } from '../variable'
import { cloudFrontSecret, cloudFrontVariables, cloudFrontVolumes } from './cloud-front'
import type { Contribution, SecretEntry } from './contribution'
import { credentials } from './credentials'
import { provisioned } from './provisioned'
import { CREDENTIALS_PATH, credentialsVolume } from './s3-credentials-file'
import { copiedAs, CREDENTIALS_KEY, sharedCredentials } from './secret-entry'

const BYTES_PER_MIB = 1_048_576

/** The credentials that people give, under the original's names. */
export const USER_KEYS = {
  id: 'REGISTRY_STORAGE_S3_ACCESSKEY',
  secret: 'REGISTRY_STORAGE_S3_SECRETKEY',
}
const MINTED_KEYS = { id: 'aws_access_key_id', secret: 'aws_secret_access_key' }

/** A bucket of S3. What the Config leaves open of where it is, the cluster says, if it runs on AWS. */
export const s3 = (
  specified: S3Storage,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> => {
  const storage = located(specified, facts)
  return pipe(
    provisioned('s3', { bucket: storage.bucket, region: storage.region }),
    E.flatMap(() => cloudFrontSecret(storage, facts)),
    E.flatMap((mountedSecrets) =>
      pipe(
        sharedFile(facts),
        E.map((entry) => ({
          variables: variables(storage),
          volumes: [credentialsVolume, ...cloudFrontVolumes(storage)],
          secretEntries: [entry],
          mountedSecrets,
        })),
      ),
    ),
  )
}

/** Both or neither: a region of the user's has nothing to do with an endpoint of the cluster's. */
const located = (storage: S3Storage, { infrastructure }: ClusterFacts): S3Storage => {
  const isOpen = storage.region === '' && storage.regionEndpoint === ''
  if (!isOpen || E.isLeft(infrastructure) || infrastructure.right.platformType !== 'AWS')
    return storage
  const { region = '', storageEndpoint = '' } = infrastructure.right
  return {
    ...storage,
    region,
    regionEndpoint: storageEndpoint,
    virtualHostedStyle: storage.virtualHostedStyle || storageEndpoint !== '',
  }
}

const sharedFile = (facts: ClusterFacts): E.Either<RenderProblem, SecretEntry> =>
  credentials(facts, [
    {
      secret: names.USER_CREDENTIALS_SECRET,
      keys: Object.values(USER_KEYS),
      use: (from) => sharedCredentials(from, USER_KEYS),
    },
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: [CREDENTIALS_KEY],
      use: (from) => copiedAs(CREDENTIALS_KEY, from, CREDENTIALS_KEY),
    },
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: Object.values(MINTED_KEYS),
      use: (from) => sharedCredentials(from, MINTED_KEYS),
    },
  ])

const variables = (storage: S3Storage): Variables => [
  ...whenSet('REGISTRY_STORAGE_S3_REGIONENDPOINT', storage.regionEndpoint),
  ...whenSet('REGISTRY_STORAGE_S3_KEYID', storage.keyId),
  ...whenSet('REGISTRY_STORAGE_S3_CHUNKSIZE', storage.chunkSizeMiB * BYTES_PER_MIB),
  scalarVariable('REGISTRY_STORAGE', 's3'),
  scalarVariable('REGISTRY_STORAGE_S3_BUCKET', storage.bucket),
  scalarVariable('REGISTRY_STORAGE_S3_REGION', storage.region),
  scalarVariable('REGISTRY_STORAGE_S3_ENCRYPT', storage.encrypt),
  scalarVariable('REGISTRY_STORAGE_S3_FORCEPATHSTYLE', !storage.virtualHostedStyle),
  scalarVariable('REGISTRY_STORAGE_S3_CREDENTIALSCONFIGPATH', CREDENTIALS_PATH),
  ...(isDualStack(storage) ? [scalarVariable('REGISTRY_STORAGE_S3_USEDUALSTACK', true)] : []),
  ...cloudFrontVariables(storage),
]

const whenSet = (name: string, value: number | string): Variables =>
  value === '' || value === 0 ? [] : [scalarVariable(name, value)]

/** Regions of AWS that are cut off from the others have no endpoints with both kinds of addresses. */
const CUT_OFF = /^[a-z]+-iso[a-z]*-/

const isDualStack = ({ region, regionEndpoint }: S3Storage): boolean =>
  regionEndpoint !== '' || !CUT_OFF.test(region)
