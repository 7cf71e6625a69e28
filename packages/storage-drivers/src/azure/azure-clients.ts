import type { AzureConnection } from '@image-registry-operator/render/model'

import {
  type ArmDns,
  type ArmNetwork,
  type ArmStorage,
  type ContainerClient,
  type HttpClient,
  loadArmDns,
  loadArmNetwork,
  loadArmStorage,
  loadBlob,
  loadHttp,
  type PipelinePolicy,
  type TokenCredential,
} from './azure-client'
import type { Principal } from './azure-identity'
import type { AzureTransport } from './azure-transport'

/** Opens the containers of an account: a key of it, or tokens. */
export type DataCredential =
  { readonly _tag: 'Key'; readonly key: string } | { readonly _tag: 'Token' }

/** Azure Resource Manager, in the name of a principal. */
export type ArmClients = {
  readonly storage: () => Promise<ArmStorage>
  readonly network: () => Promise<ArmNetwork>
  readonly dns: () => Promise<ArmDns>
}

/** How the services of Azure are spoken to. */
export type AzureClients = {
  /** Absent for somebody who only has the key of an account. */
  readonly arm?: ArmClients
  readonly container: (credential: DataCredential) => Promise<ContainerClient>
}

// Shown in the logs of Azure; at most 24 characters.
const USER_AGENT = { userAgentPrefix: 'ocp-ciro' }

// Versions of the service that every cloud has had for long; those of the libraries are new in the public one.
const STORAGE_VERSION = '2023-05-01'
const NETWORK_VERSION = '2023-11-01'
const DNS_VERSION = '2020-06-01'
/** Azure Stack Hub knows nothing newer than its profile 2020-09-01-hybrid. */
const STACK_STORAGE_VERSION = '2019-06-01'
const STACK_BLOB_VERSION = '2018-11-09'

const once = <A>(make: () => Promise<A>): (() => Promise<A>) => {
  let made: Promise<A> | undefined
  return () => (made ??= make())
}

/** Sends requests by the agents of their hosts. */
export const httpOver = ({ agentOf }: AzureTransport): (() => Promise<HttpClient>) =>
  once(async () => {
    const { createDefaultHttpClient } = await loadHttp()
    const http = createDefaultHttpClient()
    return {
      sendRequest: (request) => {
        // After every policy: those of the SDK would take a proxy from the environment.
        request.agent = agentOf(request.url)
        return http.sendRequest(request)
      },
    }
  })

// The library for networks has no option for its version.
const pinned = (version: string): PipelinePolicy => ({
  name: 'pinned-api-version',
  sendRequest: (request, next) => {
    const url = new URL(request.url)
    url.searchParams.set('api-version', version)
    request.url = url.toString()
    return next(request)
  },
})

const armOptions = ({ resourceManager, audience }: AzureConnection, http: HttpClient) => ({
  endpoint: resourceManager.replace(/\/$/, ''),
  credentials: { scopes: [`${audience}/.default`] },
  httpClient: http,
  retryOptions: { maxRetries: 0 },
  userAgentOptions: USER_AGENT,
})

/** Azure Resource Manager for a subscription of a principal. */
export const armClients = (
  connection: AzureConnection,
  { subscriptionId }: Principal,
  { http, credential }: { http: () => Promise<HttpClient>; credential: TokenCredential },
): ArmClients => {
  const options = async () => armOptions(connection, await http())
  return {
    storage: once(async () => {
      const { StorageManagementClient } = await loadArmStorage()
      const apiVersion = connection.isStack ? STACK_STORAGE_VERSION : STORAGE_VERSION
      return new StorageManagementClient(credential, subscriptionId, {
        ...(await options()),
        apiVersion,
      })
    }),
    network: once(async () => {
      const { NetworkManagementClient } = await loadArmNetwork()
      return new NetworkManagementClient(credential, subscriptionId, {
        ...(await options()),
        additionalPolicies: [{ policy: pinned(NETWORK_VERSION), position: 'perCall' }],
      })
    }),
    dns: once(async () => {
      const { PrivateDnsManagementClient } = await loadArmDns()
      return new PrivateDnsManagementClient(credential, subscriptionId, {
        ...(await options()),
        apiVersion: DNS_VERSION,
      })
    }),
  }
}

/** Opens the container of a connection. */
export const containerClients =
  (connection: AzureConnection, { agentOf }: AzureTransport, tokens: TokenCredential | undefined) =>
  async (credential: DataCredential): Promise<ContainerClient> => {
    const { AnonymousCredential, BlobServiceClient, newPipeline, StorageSharedKeyCredential } =
      await loadBlob()
    const { accountName, realm, container, isStack } = connection
    const whose =
      credential._tag === 'Key'
        ? new StorageSharedKeyCredential(accountName, credential.key)
        : (tokens ?? new AnonymousCredential())
    const pipeline = newPipeline(whose, {
      retryOptions: { maxTries: 1 },
      userAgentOptions: USER_AGENT,
    })
    pipeline.factories.push({
      create: (next) => ({
        sendRequest: (request) => {
          // This library takes a client of another kind than the others do.
          request.agent = agentOf(request.url)
          // Signed like every other header, so it has to be right before that.
          if (isStack) request.headers.set('x-ms-version', STACK_BLOB_VERSION)
          return next.sendRequest(request)
        },
      }),
    })
    const url = `https://${accountName}.blob.${realm}`
    return new BlobServiceClient(url, pipeline).getContainerClient(container)
  }
