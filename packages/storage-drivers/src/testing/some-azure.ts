import type {
  AzureConnection,
  StorageCredentials,
  StoragePart,
} from '@image-registry-operator/render/model'
import * as T from 'fp-ts/Task'

import type { ArmDns, ArmNetwork, ArmStorage, ContainerClient } from '../azure/azure-client'
import { azureError } from '../azure/azure-error'
import type { ArmScope } from '../azure/azure-scope'
import { storageCaller } from '../storage-call'
import type { StorageAccess } from '../storage-driver'

/** A connection to an account in the public cloud. */
export const someConnection: AzureConnection = {
  _tag: 'Azure',
  realm: 'core.windows.net',
  authority: 'https://login.microsoftonline.com/',
  resourceManager: 'https://management.azure.com/',
  audience: 'https://management.azure.com/',
  isStack: false,
  resourceGroup: '',
  region: '',
  infrastructureName: 'c1-x7k2p',
  accountName: 'account1',
  container: 'container1',
}

const part = (kind: StoragePart['kind'], name: string): StoragePart => ({
  kind,
  name,
  marks: { mark: 'ours' },
  formerMarks: {},
  isGeneratedName: true,
  settings: [],
  holdsImages: kind === 'container',
})

/** All parts that a storage on Azure may have. */
const someParts: ReadonlyArray<StoragePart> = [
  part('account', 'account1'),
  part('container', 'container1'),
  part('private-endpoint', 'endpoint1'),
  part('private-dns', 'privatelink.blob.core.windows.net'),
]

/** Somebody who wants all parts. */
export const someAccess = (
  form: StorageCredentials['form'],
  values: StorageAccess['values'],
): StorageAccess => ({
  target: {
    backend: 'Azure',
    place: 'azure/account1/container1',
    connection: someConnection,
    credentials: { form, values: {} },
    authorities: { pem: '', isOnly: false },
    proxy: { http: '', https: '', noProxy: '' },
    parts: someParts,
  },
  values,
})

/** What stands in for the services of Azure; whatever is missing fails the test that asks for it. */
export type AzureStandIn = {
  readonly storage?: unknown
  readonly network?: unknown
  readonly dns?: unknown
  /** By the key, or `token`. */
  readonly container?: (credential: string) => unknown
}

/** A scope in which nobody waits, and every request is sent once more at the most. */
export const armScope = (standIn: AzureStandIn, connection = someConnection): ArmScope => {
  const arm = {
    storage: async () => standIn.storage as ArmStorage,
    network: async () => standIn.network as ArmNetwork,
    dns: async () => standIn.dns as ArmDns,
  }
  const nothing = T.of(undefined)
  return {
    target: { ...someAccess('service-principal', {}).target, connection },
    connection,
    arm,
    clients: {
      arm,
      container: async (credential) =>
        standIn.container?.(
          credential._tag === 'Key' ? credential.key : 'token',
        ) as ContainerClient,
    },
    call: storageCaller(
      { wait: () => nothing, random: () => 0, timeoutMs: 5_000, onCall: () => () => undefined },
      'Azure',
      azureError,
    ),
    wait: () => nothing,
    principal: {
      _tag: 'Principal',
      tenantId: 't',
      clientId: 'c',
      subscriptionId: 's',
      resourceGroup: 'rg',
      region: 'eastus',
      proof: { _tag: 'ClientSecret', secret: 'not-to-be-seen' },
    },
  }
}

/** An answer of Azure that is a failure. */
export const refusal = (statusCode: number, code: string): Error =>
  Object.assign(new Error(`${code}.`), { name: 'RestError', statusCode, code })
