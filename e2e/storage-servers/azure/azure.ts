import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'

import type { ServerProcess } from '../../cluster/server-process'
import { type HostRoutes, plainHost } from '../front/host-routes'
import { listenOnLoopback } from '../front/loopback-server'
import { type Upstream, wholeBody } from '../front/upstream'
import type { AccountKeeper } from './arm/account-actions'
import { type Arm, type ArmRequest, armServer } from './arm/arm-server'
import { accountKey, type Resource, type Resources } from './arm/resources'
import { type Azurite, startAzurite } from './azurite'
import { type BlobLayer, blobLayer } from './blob-layer'
import { type Entra, entra, type ServicePrincipal } from './entra'

/** Azure's public cloud on loopback: Entra ID, Resource Manager and blobs. */
export type Azure = Readonly<{
  /** One port for all of its hosts; they are told apart by the Host header. */
  port: number
  /** Its hosts, for a front. */
  hosts: HostRoutes
  subscription: string
  group: string
  location: string
  principal: ServicePrincipal
  /** A ServiceAccount's token that Entra takes in place of the principal's secret. */
  federatedToken: () => string
  /** What there is in Resource Manager, to be looked at and changed behind everybody's back. */
  resources: Resources
  armRequests: () => ReadonlyArray<ArmRequest>
  /** Has a virtual network with one subnet be there; returns its id. */
  addNetwork: (network: Network) => string
  /** Has there be a storage account as a user makes it, with nothing but its name. */
  addAccount: (name: string) => Promise<Resource>
  /** Has a name belong to somebody who is not of this subscription. */
  takeName: (name: string) => void
  /** The first key of an account. */
  keyOf: (account: string) => string
  /** Asks for blobs as an administrator of the account: `/container?restype=container`. */
  askBlobs: (account: string, method: string, path: string, body?: string) => Promise<BlobAnswer>
  server: ServerProcess
  stop: () => Promise<void>
}>

export type Network = Readonly<{
  name: string
  subnet: string
  tags?: Readonly<Record<string, string>>
  group?: string
}>

export type BlobAnswer = Readonly<{ status: number; text: string }>

/** What may be asked for; the defaults are in brackets. */
export type AzureOptions = Readonly<{
  /** The cluster's resource group (`cluster-rg`), and others that there are (none). */
  group?: string
  otherGroups?: ReadonlyArray<string>
  location?: string
  tokenLifeSeconds?: number
  /** How long it takes to make or delete what takes its time (50). */
  operationMs?: number
  /** How long the name of a deleted container stays taken; in Azure at least 30 s (0). */
  containerHeldMs?: number
}>

const blobSuffix = 'blob.core.windows.net'
/** The same accounts by the name that they would have in the cloud of the US government. */
const blobSuffixes = [blobSuffix, 'blob.core.usgovcloudapi.net']
const loginHosts = ['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net']

const askAzurite =
  ({ port, tls }: Upstream, tokenFor: Entra['tokenFor']): Azure['askBlobs'] =>
  (account, method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = {
        Host: `${account}.${blobSuffix}`,
        Authorization: `Bearer ${tokenFor('https://storage.azure.com')}`,
        'x-ms-version': '2024-05-04',
        'Content-Length': Buffer.byteLength(body ?? ''),
        ...(body !== undefined && { 'x-ms-blob-type': 'BlockBlob' }),
      }
      const options = { host: '127.0.0.1', port, path, method, headers, agent: false as const }
      const trust = { ca: tls?.authority, servername: tls?.name }
      const outgoing = httpsRequest({ ...options, ...trust }, (answer) => {
        wholeBody(answer).then(
          (content) => resolve({ status: answer.statusCode ?? 0, text: content.toString('utf8') }),
          reject,
        )
      })
      outgoing.once('error', reject)
      outgoing.end(body)
    })

const namesIn = (listing: string): ReadonlyArray<string> =>
  [...listing.matchAll(/<Name>([^<]+)<\/Name>/g)].map(([, name = '']) => name)

const isAccount = ({ type }: Resource): boolean => type === 'Microsoft.Storage/storageAccounts'

const accountKeeper = (
  azurite: Azurite,
  ask: Azure['askBlobs'],
  taken: ReadonlySet<string>,
): AccountKeeper => {
  const keys = new Map<string, readonly [string, string]>()
  const keysOf = (name: string): readonly [string, string] => {
    const found = keys.get(name) ?? [accountKey(), accountKey()]
    keys.set(name, found)
    return found
  }
  return {
    keysOf,
    renewKey: (name, index) => {
      const [first, second] = keysOf(name)
      keys.set(name, index === 0 ? [accountKey(), second] : [first, accountKey()])
    },
    isTaken: (name) => taken.has(name),
    refresh: (resources) => {
      const names = resources
        .all()
        .filter(isAccount)
        .map(({ name }) => name)
      return azurite.setAccounts(Object.fromEntries(names.map((name) => [name, keysOf(name)[0]])))
    },
    empty: async (name) => {
      const { text } = await ask(name, 'GET', '/?comp=list')
      for (const container of namesIn(text))
        await ask(name, 'DELETE', `/${container}?restype=container`)
      // An account of the same name is another account.
      keys.delete(name)
    },
  }
}

type Parts = Readonly<{ login: Entra; arm: Arm; blobs: BlobLayer }>

const answers =
  ({ login, arm, blobs }: Parts) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = plainHost(request.headers.host ?? '')
    if (loginHosts.includes(host)) return login.answer(request, response)
    if (host === 'management.azure.com') return arm.answer(request, response)
    const isBlobs = blobSuffixes.some((suffix) => host.endsWith(`.${suffix}`))
    return isBlobs ? blobs(request, response) : void response.destroy()
  }

const managementAudience = /^https:\/\/management\.(azure\.com|core\.windows\.net)\/*$/

const networkResource = (
  groupId: string,
  location: string,
  { name, subnet, tags = {} }: Network,
): Resource => {
  const id = `${groupId}/providers/Microsoft.Network/virtualNetworks/${name}`
  const inside = {
    name: subnet,
    id: `${id}/subnets/${subnet}`,
    type: 'Microsoft.Network/virtualNetworks/subnets',
    properties: { addressPrefix: '10.0.1.0/24', provisioningState: 'Succeeded' },
  }
  const properties = { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets: [inside] }
  return { id, name, type: 'Microsoft.Network/virtualNetworks', location, tags, properties }
}

/** Starts it, with an empty subscription but for the resource groups. */
export const startAzure = async ({
  group = 'cluster-rg',
  otherGroups = [],
  location = 'eastus',
  tokenLifeSeconds = 3600,
  operationMs = 50,
  containerHeldMs = 0,
}: AzureOptions = {}): Promise<Azure> => {
  const azurite = await startAzurite()
  const subscription = randomUUID()
  const login = entra(tokenLifeSeconds)
  const taken = new Set<string>()
  const askBlobs = askAzurite(azurite.upstream, login.tokenFor)
  const accounts = accountKeeper(azurite, askBlobs, taken)
  const arm = armServer({
    subscription,
    groups: [group, ...otherGroups],
    location,
    operationMs,
    isAuthorized: (request) => login.isAuthorized(request, managementAudience),
    accounts,
  })
  const { resources } = arm
  const accountNamed = (name: string): Resource | undefined =>
    resources.all().find((one) => isAccount(one) && one.name === name)
  const blobs = blobLayer(azurite.upstream, accountNamed, containerHeldMs)
  const answer = answers({ login, arm, blobs })
  const { port, stop } = await listenOnLoopback(
    createServer((request, response) => {
      answer(request, response).catch(() => response.destroy())
    }),
  )
  const idOfGroup = (name: string): string =>
    `/subscriptions/${subscription}/resourceGroups/${name}`
  const names = [
    ...loginHosts,
    'management.azure.com',
    ...blobSuffixes.map((suffix) => `*.${suffix}`),
  ]
  return {
    port,
    hosts: Object.fromEntries(names.map((name) => [name, { port }])),
    subscription,
    group,
    location,
    principal: login.principal,
    federatedToken: login.federatedToken,
    resources,
    armRequests: arm.requests,
    addNetwork: (network) => {
      const resource = networkResource(idOfGroup(network.group ?? group), location, network)
      resources.set(resource)
      return resource.id
    },
    addAccount: async (name) => {
      const id = `${idOfGroup(group)}/providers/Microsoft.Storage/storageAccounts/${name}`
      const shape = { kind: 'StorageV2', sku: { name: 'Standard_LRS' }, location }
      const type = 'Microsoft.Storage/storageAccounts'
      const account: Resource = { id, name, type, ...shape, properties: {} }
      resources.set(account)
      await accounts.refresh(resources)
      return account
    },
    takeName: (name) => void taken.add(name),
    keyOf: (name) => accounts.keysOf(name)[0],
    askBlobs,
    server: azurite.server,
    stop: async () => {
      await stop()
      arm.stop()
      await azurite.stop()
    },
  }
}
