import type { Content } from './bundle'
import type { StorageTrust } from './storage-trust'

/** Where the registry's pods look for the authorities of their storage. */
export const STORAGE_KEY = 'storage-ca-bundle.pem'

type Texts = Content['data']

/** The texts, of which those of the given hosts name the storage as well where clients are sent there. */
export const withStorage = (
  texts: Texts,
  hosts: Texts,
  { forClients }: Pick<StorageTrust, 'forClients'>,
): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      forClients !== '' && Object.hasOwn(hosts, key) ? `${text}\n${forClients}` : text,
    ]),
  )

/** Everybody together. The later, the stronger: what the user says of a host replaces what we know of it. */
export const assembled = (own: Texts, named: Content, storage: StorageTrust): Content => {
  const texts = { ...without(own, named.binaryData), ...named.data }
  const kept = storage.authorities === '' ? {} : { [STORAGE_KEY]: storage.authorities }
  return {
    data: { ...withStorage(texts, own, storage), ...kept },
    binaryData: without(named.binaryData, kept),
  }
}

const without = (texts: Texts, others: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([key]) => !Object.hasOwn(others, key)))
