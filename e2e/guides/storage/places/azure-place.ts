import { expect } from 'vitest'

import { asYaml } from '../../../harness/installed-objects'
import { startAzure } from '../../../storage-servers/azure/azure'
import { startFront } from '../../../storage-servers/front/front'
import { type StoragePlace, stopAll } from '../storage-place'

const ACCOUNT = 'imagesofmyteam'
const CONTAINER = 'images'

/** A cluster on Azure, with a service principal, and an account of the reader's with a container. */
export const azurePlace = async (platform: 'openshift' | 'kubernetes'): Promise<StoragePlace> => {
  const azure = await startAzure()
  const front = await startFront({ hosts: azure.hosts })
  const { tenantId, clientId, clientSecret } = azure.principal
  azure.addNetwork({
    name: 'network',
    subnet: 'workers',
    tags: { 'kubernetes.io_cluster.demo-x7k2p': 'owned' },
  })
  await azure.addAccount(ACCOUNT)
  await azure.askBlobs(ACCOUNT, 'PUT', `/${CONTAINER}?restype=container`)
  const minted = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'installer-cloud-credentials', namespace: 'openshift-image-registry' },
    stringData: {
      azure_subscription_id: azure.subscription,
      azure_tenant_id: tenantId,
      azure_client_id: clientId,
      azure_client_secret: clientSecret,
      azure_resourcegroup: azure.group,
      azure_region: azure.location,
    },
  }
  return {
    platform: {
      type: 'Azure',
      azure: { resourceGroupName: azure.group, cloudName: 'AzurePublicCloud' },
    },
    machines: {
      providerId: `azure:///subscriptions/${azure.subscription}/resourceGroups/${azure.group}/providers/Microsoft.Compute/virtualMachines/worker`,
    },
    network: front,
    ...(platform === 'openshift' ? { objects: asYaml([minted]) } : {}),
    variables: {
      AZURE_SUBSCRIPTION: azure.subscription,
      AZURE_TENANT: tenantId,
      AZURE_CLIENT: clientId,
      AZURE_CLIENT_SECRET: clientSecret,
      AZURE_GROUP: azure.group,
      AZURE_REGION: azure.location,
      AZURE_NETWORK: 'network',
      AZURE_SUBNET: 'workers',
      AZURE_ACCOUNT: ACCOUNT,
      AZURE_CONTAINER: CONTAINER,
      AZURE_ACCOUNT_KEY: azure.keyOf(ACCOUNT),
      AZURE_CLOUD: 'AzureUSGovernmentCloud',
    },
    look: async () => {
      const accounts = azure.resources
        .all()
        .filter(({ type }) => type === 'Microsoft.Storage/storageAccounts')
        .map(({ name, properties }) => [name, properties['publicNetworkAccess']])
      expect(accounts).toEqual([
        [ACCOUNT, undefined],
        [expect.stringMatching(/^imageregistry/), 'Disabled'],
      ])
    },
    stop: stopAll(azure, front),
  }
}
