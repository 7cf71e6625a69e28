import type { StorageTarget } from '@image-registry-operator/render/model'

import type { FaultCloud } from '../../harness/fault-cloud'
import { faultyNetwork } from '../../harness/fault-network'
import { startAzure } from '../../storage-servers/azure/azure'
import { accountResource, azureWorld, containerMetadata } from './azure-world'
import { clusterOn, mintedSecret } from './fault-facts'

/** Of somebody else. */
const BYSTANDER = 'accountofsomebodyelse'
const CONTAINER = 'images'

const isBlobs = (host: string): boolean => host.includes('.blob.')

/** Azure, and clusters that have their images there, in accounts of their own. */
export const azureFaultCloud = async (): Promise<FaultCloud> => {
  const azure = await startAzure({ operationMs: 5 })
  const world = azureWorld(azure)
  await azure.addAccount(BYSTANDER)
  await azure.askBlobs(BYSTANDER, 'PUT', `/${CONTAINER}?restype=container`)
  await azure.askBlobs(BYSTANDER, 'PUT', `/${CONTAINER}/image`, 'of somebody else')
  const target = { port: azure.port }
  const names = Object.keys(azure.hosts)
  const hosts = [
    { target, dialect: 'arm', hosts: names.filter((name) => !isBlobs(name)) },
    { target, dialect: 'azure-blob', hosts: names.filter(isBlobs) },
  ] as const
  const accountOf = ({ connection }: StorageTarget): string =>
    connection._tag === 'Azure' ? connection.accountName : ''
  return {
    lane: async () => ({
      ...(await faultyNetwork(hosts, 'Azure')),
      facts: (name) => [
        ...clusterOn(name, {
          type: 'Azure',
          azure: { cloudName: 'AzurePublicCloud', resourceGroupName: azure.group },
        }),
        mintedSecret({
          azure_tenant_id: azure.principal.tenantId,
          azure_client_id: azure.principal.clientId,
          azure_client_secret: azure.principal.clientSecret,
          azure_subscription_id: azure.subscription,
          azure_resourcegroup: azure.group,
          azure_region: azure.location,
        }),
      ],
      spec: { managementState: 'Managed', replicas: 1, storage: { azure: {} } },
    }),
    look: async (wanted) => {
      const account = accountResource(azure, accountOf(wanted))
      if (account === undefined) return undefined
      const { creationTime: _created, ...properties } = account.properties ?? {}
      const inside = (await world.look(wanted)) as Readonly<Record<string, unknown>> | undefined
      return { ...inside, account: { ...account, properties } }
    },
    put: (wanted) => world.put(wanted, ['docker/image']),
    everything: async () =>
      azure.resources
        .all()
        .map(({ name }) => name)
        .filter((name) => name !== BYSTANDER),
    bystander: async () => [
      accountResource(azure, BYSTANDER),
      await containerMetadata(azure, { account: BYSTANDER, container: CONTAINER }),
      (await azure.askBlobs(BYSTANDER, 'GET', `/${CONTAINER}/image`)).text,
    ],
    tellsPresence: ({ method, path }) =>
      method === 'GET' &&
      (/storageAccounts\/[^/?]+\?/.test(path) || /restype=container/.test(path)),
    stop: azure.stop,
  }
}
