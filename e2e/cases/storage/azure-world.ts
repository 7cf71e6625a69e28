import type { SettingName, StorageTarget } from '@image-registry-operator/render/model'
import type { ContractWorld } from '@image-registry-operator/storage-drivers/testing'

import type { Resource } from '../../storage-servers/azure/arm/resources'
import type { Azure } from '../../storage-servers/azure/azure'

type Names = Readonly<{ account: string; container: string }>

const namesOf = ({ connection }: StorageTarget): Names =>
  connection._tag === 'Azure'
    ? { account: connection.accountName, container: connection.container }
    : { account: '', container: '' }

const elements = (xml: string, name: string): ReadonlyArray<string> =>
  [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, text = '']) => text)

/** The account of a name, as Azure Resource Manager has it. */
export const accountResource = ({ resources }: Azure, name: string): Resource | undefined =>
  resources
    .all()
    .find((one) => one.type === 'Microsoft.Storage/storageAccounts' && one.name === name)

/** The metadata of a container as XML; undefined when there is no such container. */
export const containerMetadata = async (
  azure: Azure,
  { account, container }: Names,
): Promise<string | undefined> => {
  if (accountResource(azure, account) === undefined) return undefined
  const { text } = await azure.askBlobs(account, 'GET', '/?comp=list&include=metadata')
  const found = elements(text, 'Container').find((one) => elements(one, 'Name').includes(container))
  return found === undefined ? undefined : (elements(found, 'Metadata')[0] ?? '')
}

/** A value that is not what is wanted, for each setting of an account. */
const WRONG: { readonly [Name in SettingName]?: Readonly<Record<string, unknown>> } = {
  TransportSecured: { supportsHttpsTrafficOnly: false, minimumTlsVersion: 'TLS1_0' },
  PublicAccessBlocked: { allowBlobPublicAccess: true },
  SharedKeyAccess: { allowSharedKeyAccess: true },
  NetworkAccess: { publicNetworkAccess: 'Enabled' },
}

const ADDED = { 'a-user-s-tag': 'a value' }

/** Azure as an administrator sees and touches it. */
export const azureWorld = (azure: Azure): ContractWorld => {
  const changeAccount = (target: StorageTarget, change: (one: Resource) => Resource): void => {
    const found = accountResource(azure, namesOf(target).account)
    if (found !== undefined) azure.resources.set(change(found))
  }
  const look = async (target: StorageTarget): Promise<unknown> => {
    const { account, container } = namesOf(target)
    const metadata = await containerMetadata(azure, { account, container })
    if (metadata === undefined) return undefined
    const path = `/${container}?restype=container&comp=list`
    const { text } = await azure.askBlobs(account, 'GET', path)
    return { account: accountResource(azure, account), metadata, blobs: elements(text, 'Name') }
  }
  const askContainer = async (target: StorageTarget, method: string, more = ''): Promise<void> => {
    const { account, container } = namesOf(target)
    await azure.askBlobs(account, method, `/${container}?restype=container${more}`)
  }
  return {
    look,
    makeAsUser: async (target) => {
      const { account } = namesOf(target)
      if (accountResource(azure, account) === undefined) await azure.addAccount(account)
      await askContainer(target, 'PUT')
    },
    put: async (target, names) => {
      const { account, container } = namesOf(target)
      for (const name of names)
        await azure.askBlobs(account, 'PUT', `/${container}/${name}`, `what is in ${name}`)
    },
    unmark: async (target) => {
      changeAccount(target, (one) => ({ ...one, tags: {} }))
      // Without any, there are none.
      await askContainer(target, 'PUT', '&comp=metadata')
    },
    destroy: (target) => askContainer(target, 'DELETE'),
    spoil: async (target, _part, setting) =>
      changeAccount(target, (one) => {
        if (setting !== 'Tagged')
          return { ...one, properties: { ...one.properties, ...WRONG[setting] } }
        const marks = target.parts.find(({ kind }) => kind === 'account')?.marks ?? {}
        const kept = Object.entries(one.tags ?? {}).filter(
          ([name]) => name in marks || name in ADDED,
        )
        return { ...one, tags: Object.fromEntries(kept) }
      }),
    additions: {
      add: async (target) =>
        changeAccount(target, (one) => ({ ...one, tags: { ...one.tags, ...ADDED } })),
      areThere: async (target) => {
        const found = accountResource(azure, namesOf(target).account)
        return found === undefined || Object.keys(ADDED).every((name) => name in (found.tags ?? {}))
      },
    },
  }
}
