import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  isDistributionSince,
  names,
  type RegistryBuild,
  registryBuild,
  type RenderProblem,
  type S3Storage,
} from '../../model'
import { cloudFrontSecret, cloudFrontVolumes } from './cloud-front'
import type { Contribution, SecretEntry } from './contribution'
import { usableCredentials } from './credentials'
import { notInRegistry } from './not-in-registry'
import { provisioned } from './provisioned'
import { credentialsVolume } from './s3-credentials-file'
import { s3Variables } from './s3-variables'
import { copiedAs, CREDENTIALS_KEY, type CredentialSource, sharedCredentials } from './secret-entry'

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
          variables: s3Variables(storage, registryBuild(facts)),
          volumes: [credentialsVolume, ...cloudFrontVolumes(storage)],
          secretEntries: [entry],
          mountedSecrets,
        })),
      ),
    ),
  )
}

/** Both or neither: a region of the user's has nothing to do with an endpoint of the cluster's. */
export const located = (storage: S3Storage, { infrastructure }: ClusterFacts): S3Storage => {
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
  usableCredentials(facts, [
    {
      secret: names.USER_CREDENTIALS_SECRET,
      keys: Object.values(USER_KEYS),
      use: (from) => E.right(sharedCredentials(from, USER_KEYS)),
    },
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: [CREDENTIALS_KEY],
      use: (from) =>
        isRole(from) && !knowsRoles(registryBuild(facts))
          ? notInRegistry(facts, 's3', 'a role of the cloud')
          : E.right(copiedAs(CREDENTIALS_KEY, from, CREDENTIALS_KEY)),
    },
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: Object.values(MINTED_KEYS),
      use: (from) => E.right(sharedCredentials(from, MINTED_KEYS)),
    },
  ])

const isRole = ({ readings }: CredentialSource): boolean => {
  const reading = readings[CREDENTIALS_KEY]
  return reading?._tag === 'AwsProfile' && reading.form === 'role'
}

/** The library in older registries of the distribution project changes no token for a role. */
const knowsRoles = (build: RegistryBuild): boolean =>
  build._tag === 'OpenShift' || isDistributionSince(build, [3, 0])
