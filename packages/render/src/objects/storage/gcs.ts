import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { type ClusterFacts, type GcsStorage, names, type RenderProblem } from '../../model'
import { scalarVariable } from '../variable'
import { type Volume, volume } from '../volume'
import type { Contribution, SecretEntry } from './contribution'
import { credentials } from './credentials'
import { provisioned } from './provisioned'
import { copiedAs } from './secret-entry'

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
    E.map((entry) => ({
      variables: [
        scalarVariable('REGISTRY_STORAGE', 'gcs'),
        scalarVariable('REGISTRY_STORAGE_GCS_BUCKET', bucket),
        scalarVariable(KEY, `${MOUNT_PATH}/${KEY_FILE}`),
      ],
      volumes: [keyVolume],
      secretEntries: [entry],
      mountedSecrets: [],
    })),
  )

const keyFile = (facts: ClusterFacts): E.Either<RenderProblem, SecretEntry> =>
  credentials(facts, [
    {
      secret: names.USER_CREDENTIALS_SECRET,
      keys: [KEY],
      use: (from) => copiedAs(KEY, from, KEY),
    },
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: [MINTED_KEY],
      use: (from) => copiedAs(KEY, from, MINTED_KEY),
    },
  ])

const keyVolume: Volume = volume('registry-storage-keyfile', MOUNT_PATH, {
  secret: {
    secretName: names.PRIVATE_CONFIGURATION_SECRET,
    items: [{ key: KEY, path: KEY_FILE }],
    optional: false,
  },
})
