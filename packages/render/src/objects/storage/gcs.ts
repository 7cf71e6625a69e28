import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  type CredentialReading,
  type GcsStorage,
  isDistributionSince,
  names,
  registryBuild,
  type RenderProblem,
} from '../../model'
import { scalarVariable, variable } from '../deployment/variable'
import { type Volume, volume } from '../deployment/volume'
import type { Contribution, SecretEntry } from './contribution'
import { usableCredentials, type Way } from './credentials'
import { notInRegistry } from './not-in-registry'
import { provisioned } from './provisioned'
import { copiedAs } from './secret-entry'
import { unreadable } from './unreadable'

const KEY = 'REGISTRY_STORAGE_GCS_KEYFILE'
const MINTED_KEY = 'service_account.json'
const MOUNT_PATH = '/gcs'
const KEY_FILE = 'keyfile'

/** A bucket of Google Cloud Storage. */
export const gcs = (
  { bucket }: GcsStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> =>
  pipe(
    provisioned('gcs', { bucket }),
    E.flatMap(() => keyFile(facts)),
    E.map(({ entry, place }) => ({
      variables: [
        scalarVariable('REGISTRY_STORAGE', 'gcs'),
        scalarVariable('REGISTRY_STORAGE_GCS_BUCKET', bucket),
        PLACES[place],
      ],
      volumes: [keyVolume],
      secretEntries: [entry],
      mountedSecrets: [],
      // What is no key cannot sign addresses; asking Google to do it takes a permission that nobody is given.
      ...(place === 'library' ? { cannotRedirect: true as const } : {}),
    })),
  )

const PATH = `${MOUNT_PATH}/${KEY_FILE}`

/** Who reads the file: the registry itself, or the library of Google in it, which understands more than keys. */
const PLACES = {
  registry: scalarVariable(KEY, PATH),
  library: variable('GOOGLE_APPLICATION_CREDENTIALS', PATH),
} as const

type KeyFile = { readonly entry: SecretEntry; readonly place: keyof typeof PLACES }

const keyFile = (facts: ClusterFacts): E.Either<RenderProblem, KeyFile> =>
  usableCredentials(facts, [
    way(facts, names.USER_CREDENTIALS_SECRET, KEY),
    way(facts, names.MINTED_CREDENTIALS_SECRET, MINTED_KEY),
  ])

const way = (
  facts: ClusterFacts,
  secret: string,
  key: string,
): Way<E.Either<RenderProblem, KeyFile>> => ({
  secret,
  keys: [key],
  use: (from) =>
    pipe(
      from.readings[key]?._tag === 'Unreadable' && !understandsAll(facts)
        ? unreadable(secret, key, from.readings[key])
        : placeOf(from.readings[key], facts),
      E.map((place) => ({ entry: copiedAs(KEY, from, key), place })),
    ),
})

/** OpenShift's registry understands whatever Google gives. */
const understandsAll = (facts: ClusterFacts): boolean => registryBuild(facts)._tag === 'OpenShift'

const placeOf = (
  reading: CredentialReading | undefined,
  facts: ClusterFacts,
): E.Either<RenderProblem, KeyFile['place']> => {
  const isKey = reading?._tag !== 'GoogleKey' || reading.type !== 'external_account'
  if (isKey || understandsAll(facts)) return E.right('registry')
  return isDistributionSince(registryBuild(facts), [3, 0])
    ? E.right('library')
    : notInRegistry(facts, 'gcs', 'the identity of its pods')
}

const keyVolume: Volume = volume('registry-storage-keyfile', MOUNT_PATH, {
  secret: {
    secretName: names.PRIVATE_CONFIGURATION_SECRET,
    items: [{ key: KEY, path: KEY_FILE }],
    optional: false,
  },
})
