import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { type AzureStorage, type ClusterFacts, names, type RenderProblem } from '../../model'
import { scalarVariable, secretVariable, variable, type Variables } from '../variable'
import { type AzureCloud, azureCloud } from './azure-cloud'
import type { Contribution, SecretEntry } from './contribution'
import { credentials } from './credentials'
import { provisioned } from './provisioned'
import { copiedAs, variableEntry } from './secret-entry'

const ACCOUNT_KEY = 'REGISTRY_STORAGE_AZURE_ACCOUNTKEY'

/** What a pod is known by that has a token of the cluster's: names of variables, and where their values are. */
const IDENTITY: ReadonlyArray<readonly [variable: string, key: string]> = [
  ['AZURE_CLIENT_ID', 'azure_client_id'],
  ['AZURE_TENANT_ID', 'azure_tenant_id'],
  ['AZURE_FEDERATED_TOKEN_FILE', 'azure_federated_token_file'],
]

/** A container of an Azure storage account. */
export const azure = (
  storage: AzureStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> =>
  pipe(
    provisioned('azure', { accountName: storage.accountName, container: storage.container }),
    E.flatMap(() => azureCloud(storage, facts)),
    E.flatMap((cloud) =>
      pipe(
        identity(cloud, facts),
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

type Identity = Pick<Contribution, 'variables'> & {
  readonly secretEntries: ReadonlyArray<SecretEntry>
}

/** A key of the account that somebody gives, or the pod's own identity. Asking Azure for a key is a driver's work. */
const identity = (
  { authority }: AzureCloud,
  facts: ClusterFacts,
): E.Either<RenderProblem, Identity> =>
  credentials<Identity>(facts, [
    {
      secret: names.USER_CREDENTIALS_SECRET,
      keys: [ACCOUNT_KEY],
      use: (from) => ({
        variables: [secretVariable(ACCOUNT_KEY)],
        secretEntries: [variableEntry(from, ACCOUNT_KEY)],
      }),
    },
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: IDENTITY.map(([, key]) => key),
      use: (from) => ({
        variables: [
          ...IDENTITY.map(([name]) => secretVariable(name)),
          variable('AZURE_AUTHORITY_HOST', authority),
        ],
        secretEntries: IDENTITY.map(([name, key]) => copiedAs(name, from, key)),
      }),
    },
  ])
