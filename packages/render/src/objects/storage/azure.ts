import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type AzureStorage,
  type ClusterFacts,
  isDistributionSince,
  names,
  registryBuild,
  type RenderProblem,
} from '../../model'
import { scalarVariable, secretVariable, variable, type Variables } from '../deployment/variable'
import { type AzureCloud, azureCloud } from './azure-cloud'
import { azureGroupNamed } from './azure-group'
import { azureLayoutKept } from './azure-layout'
import type { Contribution } from './contribution'
import { usableCredentials } from './credentials'
import { notInRegistry } from './not-in-registry'
import { provisioned } from './provisioned'
import { copiedAs, type CredentialSource, variableEntry } from './secret-entry'
import { storageKeys } from './storage-keys'

const ACCOUNT_KEY = 'REGISTRY_STORAGE_AZURE_ACCOUNTKEY'

/** The key that the driver has been given, under its own name. */
const GIVEN_KEY = 'accountKey'

/** What a pod is known by that has a token of the cluster's: names of variables, and where their values are. */
const IDENTITY: ReadonlyArray<readonly [variable: string, key: string]> = [
  ['AZURE_CLIENT_ID', 'azure_client_id'],
  ['AZURE_TENANT_ID', 'azure_tenant_id'],
  ['AZURE_FEDERATED_TOKEN_FILE', 'azure_federated_token_file'],
]

/** What the cluster is known by that has a secret: enough to ask Azure for a key of the account. */
const PRINCIPAL = ['azure_client_id', 'azure_tenant_id', 'azure_client_secret']

/** A container of an Azure storage account. */
export const azure = (
  storage: AzureStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> =>
  pipe(
    provisioned('azure', { accountName: storage.accountName, container: storage.container }),
    E.tap(() => azureGroupNamed(facts)),
    E.flatMap(() => azureCloud(storage, facts)),
    E.tap(() => azureLayoutKept(storage, facts)),
    E.flatMap((cloud) =>
      pipe(
        identity(storage, cloud, facts),
        E.map(({ variables, secretEntries }) => ({
          variables: [...variables, ...placeVariables(storage, cloud)],
          volumes: [],
          secretEntries,
          mountedSecrets: [],
        })),
      ),
    ),
  )

const placeVariables = ({ container, accountName }: AzureStorage, cloud: AzureCloud): Variables => [
  scalarVariable('REGISTRY_STORAGE', 'azure'),
  scalarVariable('REGISTRY_STORAGE_AZURE_CONTAINER', container),
  scalarVariable('REGISTRY_STORAGE_AZURE_ACCOUNTNAME', accountName),
  ...(cloud.isNamed ? [scalarVariable('REGISTRY_STORAGE_AZURE_REALM', cloud.realm)] : []),
]

type Identity = Pick<Contribution, 'variables' | 'secretEntries'>

/** A key of the account that somebody gives, or the pod's own identity, or a key for which the driver has asked. */
const identity = (
  storage: AzureStorage,
  cloud: AzureCloud,
  facts: ClusterFacts,
): E.Either<RenderProblem, Identity> =>
  usableCredentials<Identity>(facts, [
    {
      secret: names.USER_CREDENTIALS_SECRET,
      keys: [ACCOUNT_KEY],
      use: (from) => E.right(byKey(from, ACCOUNT_KEY, facts)),
    },
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: IDENTITY.map(([, key]) => key),
      use: (from) => byIdentity(from, cloud, facts),
    },
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: PRINCIPAL,
      use: () =>
        pipe(
          storageKeys(storage, facts, [GIVEN_KEY]),
          E.map((from) => byKey(from, GIVEN_KEY, facts)),
        ),
    },
  ])

/** Registries of the distribution project want to be told how they are let in. */
const credentialsType = (facts: ClusterFacts, type: string): Variables =>
  isDistributionSince(registryBuild(facts), [3, 0])
    ? [scalarVariable('REGISTRY_STORAGE_AZURE_CREDENTIALS_TYPE', type)]
    : []

const byKey = (from: CredentialSource, key: string, facts: ClusterFacts): Identity => ({
  variables: [secretVariable(ACCOUNT_KEY), ...credentialsType(facts, 'shared_key')],
  secretEntries: [variableEntry(ACCOUNT_KEY, from, key)],
})

/** Distribution 3.0 takes the word for it, and looks for a key all the same. */
const byIdentity = (
  from: CredentialSource,
  { authority }: AzureCloud,
  facts: ClusterFacts,
): E.Either<RenderProblem, Identity> => {
  const build = registryBuild(facts)
  return build._tag === 'OpenShift' || isDistributionSince(build, [3, 1])
    ? E.right({
        variables: [
          ...IDENTITY.map(([name]) => secretVariable(name)),
          variable('AZURE_AUTHORITY_HOST', authority),
          ...credentialsType(facts, 'default_credentials'),
        ],
        secretEntries: IDENTITY.map(([name, key]) => copiedAs(name, from, key)),
      })
    : notInRegistry(facts, 'azure', 'the identity of its pods')
}
