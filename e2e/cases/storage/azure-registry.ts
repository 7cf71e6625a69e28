import { randomBytes } from 'node:crypto'

import type {
  AzureConnection,
  StorageCredentials,
  StoragePart,
  StorageSetting,
} from '@image-registry-operator/render/model'
import type { StorageAccess } from '@image-registry-operator/storage-drivers/testing'

import type { Azure } from '../../storage-servers/azure/azure'
import { type Front, startFront } from '../../storage-servers/front/front'

/** The tag of an account that says whose it is, and what says so on a container. */
export const ACCOUNT_MARK = 'imageregistry.operator.openshift.io_config-uid'
const CONTAINER_MARK = 'imageregistryconfiguid'
export const INFRASTRUCTURE = 'c1-x7k2p'

/** How an account of ours is set up, whoever asks. */
export const SETTINGS: ReadonlyArray<StorageSetting> = [
  { name: 'Tagged', wanted: { [`kubernetes.io_cluster.${INFRASTRUCTURE}`]: 'owned' } },
  { name: 'TransportSecured', wanted: { httpsOnly: true, minimumTls: 'TLS1_2' } },
  { name: 'PublicAccessBlocked', wanted: { allowBlobPublicAccess: false } },
]

const part = (kind: StoragePart['kind'], more: Partial<StoragePart>): StoragePart => ({
  kind,
  name: '',
  marks: { [ACCOUNT_MARK]: 'uid-1' },
  formerMarks: {},
  isGeneratedName: true,
  settings: [],
  holdsImages: false,
  ...more,
})

const accountPart = (name: string, settings = SETTINGS): StoragePart =>
  part('account', { name, settings })

const containerPart = (name: string): StoragePart =>
  part('container', { name, marks: { [CONTAINER_MARK]: 'uid-1' }, holdsImages: true })

export const endpointPart = (name: string): StoragePart =>
  part('private-endpoint', { name, settings: SETTINGS.filter(({ name: one }) => one === 'Tagged') })

export const namesPart = (): StoragePart =>
  part('private-dns', { name: 'privatelink.blob.core.windows.net' })

const connectionTo = (azure: Azure, accountName: string): AzureConnection => ({
  _tag: 'Azure',
  realm: 'core.windows.net',
  authority: 'https://login.microsoftonline.com/',
  resourceManager: 'https://management.azure.com/',
  audience: 'https://management.azure.com/',
  isStack: false,
  resourceGroup: azure.group,
  region: '',
  infrastructureName: INFRASTRUCTURE,
  accountName,
  container: `${INFRASTRUCTURE}-image-registry-abc`,
})

/** Azure, and the network that leads to it and to nowhere else. */
export type Reached = Readonly<{ azure: Azure; front: Front }>

export const reached = async (azure: Azure): Promise<Reached> => ({
  azure,
  front: await startFront({ hosts: azure.hosts }),
})

export type Who = Readonly<{
  form: StorageCredentials['form']
  values: Readonly<Record<string, string>>
}>

/** Whoever Azure Resource Manager knows: with the secret, or with what stands in its place. */
export const principalWith = (azure: Azure, proof: Readonly<Record<string, string>>): Who => ({
  form: 'service-principal',
  values: {
    tenantId: azure.principal.tenantId,
    clientId: azure.principal.clientId,
    subscriptionId: azure.subscription,
    resourceGroup: azure.group,
    region: azure.location,
    ...proof,
  },
})

/** A name of an account that nobody has. */
export const freshAccount = (): string => `registry${randomBytes(6).toString('hex')}`

/** A storage on Azure, as somebody sees it. */
export const accessTo = (
  { azure, front }: Reached,
  { form, values }: Who,
  accountName: string,
  settings = SETTINGS,
): StorageAccess => {
  const connection = connectionTo(azure, accountName)
  return {
    target: {
      backend: 'Azure',
      place: `azure/${accountName}/${connection.container}`,
      connection,
      credentials: { form, values: {} },
      authorities: { pem: front.authorities, isOnly: true },
      proxy: { http: front.proxyUrl, https: front.proxyUrl, noProxy: '' },
      parts: [accountPart(accountName, settings), containerPart(connection.container)],
    },
    values,
  }
}
