import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type {
  AzureStorage,
  ClusterFacts,
  RenderProblem,
  StorageCredentials,
  StoragePart,
  StorageSetting,
} from '../../model'
import { hasAccountForm, hasGeneratedForm } from '../../storage/generated-names'
import { clusterMarks, formerMarks, ownMarks, type Owner } from '../../storage/marks'
import { type AzureCloud, azureCloud } from '../storage/azure-cloud'
import { azureGroupNamed } from '../storage/azure-group'
import { provisioned } from '../storage/provisioned'
import { azureCredentials } from './credentials'
import { infrastructureOf, owner } from './owner'
import type { PartialTarget } from './partial-target'

/** A container of Azure, with its account, and where that is private, its endpoint. */
export const azureTarget = (
  storage: AzureStorage,
  configUid: string,
  facts: ClusterFacts,
): E.Either<RenderProblem, PartialTarget> => {
  const { accountName, container } = storage
  return pipe(
    provisioned('azure', { accountName, container }),
    E.tap(() => azureGroupNamed(facts)),
    E.flatMap(() => azureCloud(storage, facts)),
    E.flatMap((cloud) =>
      pipe(
        azureCredentials(facts),
        E.map((credentials) => ({
          backend: 'Azure',
          connection: connection(storage, cloud, facts),
          credentials,
          parts: parts(storage, credentials, owner(configUid, facts), facts),
        })),
      ),
    ),
  )
}

const connection = (
  { accountName, container, privateNetwork }: AzureStorage,
  cloud: AzureCloud,
  facts: ClusterFacts,
): PartialTarget['connection'] => {
  const { resourceGroup = '', infrastructureName = '' } = infrastructureOf(facts)
  return {
    _tag: 'Azure',
    realm: cloud.realm,
    authority: cloud.authority,
    resourceManager: cloud.resourceManager,
    audience: cloud.audience,
    isStack: cloud.isStack,
    resourceGroup,
    region: '',
    infrastructureName,
    accountName,
    container,
    ...(privateNetwork === undefined
      ? {}
      : {
          network: {
            resourceGroup: privateNetwork.resourceGroup,
            vnet: privateNetwork.vnet,
            subnet: privateNetwork.subnet,
          },
        }),
  }
}

const parts = (
  storage: AzureStorage,
  credentials: StorageCredentials,
  whose: Owner,
  facts: ClusterFacts,
): ReadonlyArray<StoragePart> => [
  // Who only has a key of an account sees nothing but what is in it.
  ...(credentials.form === 'account-key'
    ? []
    : [account(storage, credentials, whose, facts), ...privateParts(storage, whose, facts)]),
  // The last one: where an account is private, it is reached by what comes before.
  container(storage, whose),
]

const tags = (whose: Owner, facts: ClusterFacts): StorageSetting => ({
  name: 'Tagged',
  wanted: {
    ...infrastructureOf(facts).resourceTags,
    ...clusterMarks('Azure', 'account', whose),
    ...ownMarks('Azure', 'account', whose),
  },
})

const account = (
  { accountName, privateNetwork }: AzureStorage,
  { values }: StorageCredentials,
  whose: Owner,
  facts: ClusterFacts,
): StoragePart => ({
  kind: 'account',
  name: accountName,
  marks: ownMarks('Azure', 'account', whose),
  formerMarks: formerMarks('Azure', 'account', whose),
  isGeneratedName: hasAccountForm(accountName, whose.infrastructureName),
  settings: [
    tags(whose, facts),
    { name: 'TransportSecured', wanted: { httpsOnly: true, minimumTls: 'TLS1_2' } },
    { name: 'PublicAccessBlocked', wanted: { allowBlobPublicAccess: false } },
    ...(Object.hasOwn(values, 'tokenFile')
      ? [{ name: 'SharedKeyAccess' as const, wanted: { allowed: false } }]
      : []),
    ...(privateNetwork === undefined
      ? []
      : [{ name: 'NetworkAccess' as const, wanted: { public: 'Disabled' } }]),
  ],
  holdsImages: false,
})

const container = ({ container: name }: AzureStorage, whose: Owner): StoragePart => ({
  kind: 'container',
  name,
  marks: ownMarks('Azure', 'container', whose),
  formerMarks: formerMarks('Azure', 'container', whose),
  isGeneratedName: hasGeneratedForm(name, whose.infrastructureName, ''),
  settings: [],
  holdsImages: true,
})

const privateParts = (
  { privateNetwork }: AzureStorage,
  whose: Owner,
  facts: ClusterFacts,
): ReadonlyArray<StoragePart> =>
  privateNetwork === undefined
    ? []
    : (['private-endpoint', 'private-dns'] as const).map((kind) => ({
        kind,
        name: privateNetwork.endpointName,
        marks: ownMarks('Azure', kind, whose),
        formerMarks: formerMarks('Azure', kind, whose),
        isGeneratedName: hasAccountForm(privateNetwork.endpointName, whose.infrastructureName),
        settings: [tags(whose, facts)],
        holdsImages: false,
      }))
