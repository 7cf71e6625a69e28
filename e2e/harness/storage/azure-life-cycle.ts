import type { KubeObject } from '../../cluster/cluster-client'
import { accountResource, containerMetadata } from '../../cases/storage/azure-world'
import type { Resource } from '../../storage-servers/azure/arm/resources'
import { type Azure, startAzure } from '../../storage-servers/azure/azure'
import { type Faults, startFaults } from '../../storage-servers/faults/faults'
import { type Front, startFront } from '../../storage-servers/front/front'
import { MINTED_SECRET, USER_SECRET } from './cloud-cluster'
import { storageName } from './config-storage'
import { heldRequests } from './held-requests'
import type { Credentials, LifeCycleBackend, OwnLook, OwnStorage } from './life-cycle-backend'

const LAYOUT_OF = 'imageregistry.operator.openshift.io/storage-layout-of'
/** An account that a user has made beside the cluster's, and one that a user has made for the cluster. */
const USERS_ACCOUNT = 'accountofauser'
const GIVEN_ACCOUNT = 'accountwithakey'

const elements = (xml: string, name: string): ReadonlyArray<string> =>
  [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, text = '']) => text)

const isAccount = ({ type }: Resource): boolean => type === 'Microsoft.Storage/storageAccounts'

/** What of an account is of interest to whoever looks at how safe it is. */
const accountShown = ({ tags = {}, properties }: Resource): unknown => {
  const { allowBlobPublicAccess, minimumTlsVersion, supportsHttpsTrafficOnly } = properties
  return { tags, allowBlobPublicAccess, minimumTlsVersion, supportsHttpsTrafficOnly }
}

const containersOf = async (azure: Azure, account: string): Promise<unknown> => {
  const { text } = await azure.askBlobs(account, 'GET', '/?comp=list&include=metadata')
  return Object.fromEntries(
    elements(text, 'Container').map((one) => [
      elements(one, 'Name')[0] ?? '',
      elements(one, 'Metadata')[0] ?? '',
    ]),
  )
}

/** All accounts and their containers, without what is in them. */
const allAccounts = async (azure: Azure): Promise<Readonly<Record<string, object>>> => {
  const seen = await Promise.all(
    azure.resources
      .all()
      .filter(isAccount)
      .map(async (account): Promise<[string, object]> => [
        account.name,
        { account: accountShown(account), containers: await containersOf(azure, account.name) },
      ]),
  )
  return Object.fromEntries(seen)
}

const markedContainer = (config: KubeObject): unknown => ({
  [storageName(config, ['azure', 'container'])]:
    `<imageregistryconfiguid>${config.metadata.uid}</imageregistryconfiguid>`,
})

const ownLook = async (azure: Azure, account: string, container: string): Promise<OwnLook> => {
  const { text } = await azure.askBlobs(account, 'GET', `/${container}?restype=container&comp=list`)
  return {
    settings: {
      account: accountResource(azure, account),
      container: await containerMetadata(azure, { account, container }),
    },
    objects: Object.fromEntries(
      elements(text, 'Blob').map((one) => [
        elements(one, 'Name')[0] ?? '',
        `${elements(one, 'Content-MD5')[0] ?? ''} ${elements(one, 'Etag')[0] ?? ''}`,
      ]),
    ),
  }
}

/** A container of a user's in an account of the user's, with objects. */
const ownContainer = async (azure: Azure, account: string): Promise<OwnStorage> => {
  const container = 'images-of-a-user'
  if (accountResource(azure, account) === undefined) await azure.addAccount(account)
  await azure.askBlobs(account, 'PUT', `/${container}?restype=container`)
  for (const name of ['index', 'docker/of-a-user'])
    await azure.askBlobs(account, 'PUT', `/${container}/${name}`, `what is in ${name}`)
  return {
    spec: { azure: { accountName: account, container } },
    // What is in it was not written by OpenShift's registry, which names blobs in another way.
    annotations: { [LAYOUT_OF]: `azure/${account}/${container}=distribution-3.1` },
    look: () => ownLook(azure, account, container),
  }
}

/** Azure behind its own host names. */
export type AzureCloud = Readonly<{
  azure: Azure
  faults: Faults
  front: Front
  stop: () => Promise<void>
}>

export const startAzureCloud = async (): Promise<AzureCloud> => {
  const azure = await startAzure()
  const faults = await startFaults({ target: { port: azure.port }, dialect: 'arm' })
  const hosts = Object.fromEntries(
    Object.keys(azure.hosts).map((host) => [host, { port: faults.port }]),
  )
  const front = await startFront({ hosts })
  return {
    azure,
    faults,
    front,
    stop: async () => {
      for (const server of [front, faults, azure]) await server.stop()
    },
  }
}

const ofAzure = ({ azure, faults, front }: AzureCloud) => ({
  platform: {
    type: 'Azure',
    azure: { resourceGroupName: azure.group, cloudName: 'AzurePublicCloud' },
  },
  registry: { build: 'distribution-3.1', program: 'distribution-3' } as const,
  network: front,
  look: () => allAccounts(azure),
  gate: heldRequests(faults, ({ method }) => method === 'PUT'),
  requests: faults.requests,
  stop: () => Promise.resolve(),
})

/** The cluster's own principal, which makes an account and has a key of it. */
export const azureByPrincipal = (cloud: AzureCloud): LifeCycleBackend => {
  const { azure } = cloud
  const { tenantId, clientId, clientSecret } = azure.principal
  const minted = (secret: string): Credentials => ({
    azure_subscription_id: azure.subscription,
    azure_tenant_id: tenantId,
    azure_client_id: clientId,
    azure_client_secret: secret,
    azure_resourcegroup: azure.group,
    azure_region: azure.location,
  })
  return {
    ...ofAzure(cloud),
    secret: MINTED_SECRET,
    credentials: minted(clientSecret),
    wrong: minted('a secret that is wrong'),
    nothing: {},
    made: (config) => ({
      [storageName(config, ['azure', 'accountName'])]: {
        account: {
          tags: {
            'kubernetes.io_cluster.demo-x7k2p': 'owned',
            'imageregistry.operator.openshift.io_config-uid': config.metadata.uid,
          },
          allowBlobPublicAccess: false,
          minimumTlsVersion: 'TLS1_2',
          supportsHttpsTrafficOnly: true,
        },
        containers: markedContainer(config),
      },
    }),
    own: () => ownContainer(azure, USERS_ACCOUNT),
    drift: async () => {
      for (const one of azure.resources.all().filter(isAccount))
        azure.resources.set({
          ...one,
          properties: { ...one.properties, allowBlobPublicAccess: true },
        })
    },
  }
}

/** An account of the user's, of which the cluster only has a key: a container is made in it. */
export const azureByAccountKey = async (cloud: AzureCloud): Promise<LifeCycleBackend> => {
  const { azure } = cloud
  await azure.addAccount(GIVEN_ACCOUNT)
  const given = (key: string): Credentials => ({ REGISTRY_STORAGE_AZURE_ACCOUNTKEY: key })
  const nothing = await allAccounts(azure)
  const place = { accountName: GIVEN_ACCOUNT, container: 'images-of-the-cluster' }
  return {
    ...ofAzure(cloud),
    spec: {
      managementState: 'Managed',
      replicas: 1,
      storage: { azure: place, managementState: 'Managed' },
    },
    secret: USER_SECRET,
    credentials: given(azure.keyOf(GIVEN_ACCOUNT)),
    wrong: given(Buffer.alloc(64, 1).toString('base64')),
    nothing,
    own: () => ownContainer(azure, GIVEN_ACCOUNT),
    made: (config) => ({
      ...nothing,
      [GIVEN_ACCOUNT]: {
        ...nothing[GIVEN_ACCOUNT],
        containers: markedContainer(config),
      },
    }),
  }
}
