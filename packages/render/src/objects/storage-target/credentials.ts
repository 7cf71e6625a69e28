import type * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { type ClusterFacts, names, type RenderProblem, type StorageCredentials } from '../../model'
import { contentDigests } from '../content-digests'
import { credentials, type Way } from '../storage/credentials'
import { copyOf } from '../storage/secret-entry'

type Form = StorageCredentials['form']
type Keys = { readonly [name: string]: string }
type Credentials = E.Either<RenderProblem, StorageCredentials>

const USER = names.USER_CREDENTIALS_SECRET
const MINTED = names.MINTED_CREDENTIALS_SECRET

/** All of the keys, and those of the others that are there. */
const way = (
  secret: string,
  form: Form,
  keys: Keys,
  optional: Keys = {},
): Way<StorageCredentials> => ({
  secret,
  keys: Object.values(keys),
  use: (from) => ({
    form,
    values: Object.fromEntries(
      Object.entries({ ...keys, ...optional })
        .filter(([, key]) => Object.hasOwn(from.entries, key))
        .map(([name, key]) => [name, copyOf(from, key)]),
    ),
  }),
})

const s3UserKeys = {
  id: 'REGISTRY_STORAGE_S3_ACCESSKEY',
  secret: 'REGISTRY_STORAGE_S3_SECRETKEY',
}

/** Who asks S3: the user's pair of keys, the shared file, or the cluster's pair of keys. */
export const s3Credentials = (facts: ClusterFacts): Credentials =>
  credentials(facts, [
    way(USER, 'keys', s3UserKeys),
    way(MINTED, 'file', { file: 'credentials' }),
    way(MINTED, 'keys', { id: 'aws_access_key_id', secret: 'aws_secret_access_key' }),
  ])

/** Who asks Google: a document with a key, or with the way to an identity of the pod. */
export const gcsCredentials = (facts: ClusterFacts): Credentials =>
  credentials(facts, [
    way(USER, 'file', { file: 'REGISTRY_STORAGE_GCS_KEYFILE' }),
    way(MINTED, 'file', { file: 'service_account.json' }),
  ])

const PRINCIPAL = {
  tenantId: 'azure_tenant_id',
  clientId: 'azure_client_id',
  subscriptionId: 'azure_subscription_id',
}
const PRINCIPAL_DETAILS = { resourceGroup: 'azure_resourcegroup', region: 'azure_region' }

/** Who asks Azure: a key of the user's account, or the cluster's principal, with a secret or an identity of the pod. */
export const azureCredentials = (facts: ClusterFacts): Credentials =>
  credentials(facts, [
    way(USER, 'account-key', { key: 'REGISTRY_STORAGE_AZURE_ACCOUNTKEY' }),
    way(
      MINTED,
      'service-principal',
      { ...PRINCIPAL, clientSecret: 'azure_client_secret' },
      PRINCIPAL_DETAILS,
    ),
    way(
      MINTED,
      'service-principal',
      { ...PRINCIPAL, tokenFile: 'azure_federated_token_file' },
      PRINCIPAL_DETAILS,
    ),
  ])

const swiftKey = (name: string): string => `REGISTRY_STORAGE_SWIFT_${name}`

/** Who asks Swift: the user's Secret in one of three forms, or the cluster's clouds.yaml. */
export const swiftCredentials = (facts: ClusterFacts): Credentials =>
  credentials(facts, [
    way(USER, 'password', { username: swiftKey('USERNAME'), password: swiftKey('PASSWORD') }),
    way(USER, 'application-credential', {
      id: swiftKey('APPLICATIONCREDENTIALID'),
      name: swiftKey('APPLICATIONCREDENTIALNAME'),
      secret: swiftKey('APPLICATIONCREDENTIALSECRET'),
    }),
    way(USER, 'token', { token: swiftKey('TOKENID') }),
    way(MINTED, 'clouds', { clouds: 'clouds.yaml' }, { cacert: 'cacert' }),
  ])

/** Who asks IBM: an API key, which makes HMAC keys, or HMAC keys of the user's. */
export const ibmCosCredentials = (facts: ClusterFacts): Credentials => {
  const ofUser = contentDigests(facts, 'Secret', {
    namespace: names.REGISTRY_NAMESPACE,
    name: USER,
  })
  const hasKeys = Object.values(s3UserKeys).every((key) => Object.hasOwn(ofUser ?? {}, key))
  return pipe(
    credentials(facts, [
      hasKeys
        ? way(USER, 'keys', s3UserKeys)
        : way(USER, 'api-key', { apiKey: 'REGISTRY_STORAGE_IBMCOS_IAMAPIKEY' }),
      way(MINTED, 'api-key', { apiKey: 'ibmcloud_api_key' }),
    ]),
  )
}
