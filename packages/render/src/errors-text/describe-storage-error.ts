import { names, type StorageBackend, type StorageError } from '../model'

import { shortText } from './stable-text'

const SECRETS = `Secret ${names.REGISTRY_NAMESPACE}/${names.USER_CREDENTIALS_SECRET} or ${names.MINTED_CREDENTIALS_SECRET}`

/** How services call themselves in messages. */
const SERVICES: { readonly [Backend in StorageBackend]: string } = {
  S3: 'S3',
  Gcs: 'Google Cloud Storage',
  Azure: 'Azure',
  Swift: 'Swift',
  IbmCos: 'IBM Cloud',
}

const answered = ({ backend, operation, code, message }: StorageError): string =>
  `${operation} on ${SERVICES[backend]} (${code}${message === '' ? '' : `: ${shortText(message)}`})`

/** In one line: what did not work, and what to do about it. */
export const describeStorageError = (error: StorageError): string => {
  const what = answered(error)
  switch (error._tag) {
    case 'AccessDenied':
      return `no permission for ${what}; grant it to the credentials in ${SECRETS}, or let the owner do so`
    case 'CredentialsRefused':
      return `the credentials are refused by ${what}; put valid ones into ${SECRETS}`
    case 'NameTaken':
      return `the name belongs to somebody else, says ${what}; set another one in spec.storage`
    case 'QuotaExceeded':
      return `a quota is exhausted, says ${what}; raise it, or remove what is not needed`
    case 'StorageThrottled':
      return `the service asks for a pause at ${what}; it is tried again`
    case 'Unsupported':
      return `the service does not have ${what}; nothing has to be done`
    case 'StorageNotFound':
      return `something that is needed is not there at ${what}; it is looked at again`
    case 'StorageConflict':
      return `something else is under way at ${what}; it is tried again`
    case 'StorageRefused':
      return `the request is refused by ${what}; correct spec.storage`
    case 'StorageFailed':
      return `the service failed at ${what}; it is tried again`
    case 'StorageUnreachable':
      return `no answer to ${what}, which is tried again; check the endpoint in spec.storage, the network, the proxy and the trusted authorities`
    case 'MarksMissing':
      return `nothing was done, because ${what} does not carry the marks of this registry any more; it is looked at again`
  }
}
