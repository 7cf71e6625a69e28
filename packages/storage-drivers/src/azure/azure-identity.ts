import type { AzureConnection, StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { StorageAccess } from '../storage-driver'
import { azureProblem } from './azure-error'

/** What proves to Entra who a principal is. Files are read when a token is asked for, so that new ones count. */
export type PrincipalProof =
  | { readonly _tag: 'ClientSecret'; readonly secret: string }
  | { readonly _tag: 'TokenFile'; readonly path: string }
  /** A JSON document that names the identity, and holds its certificate. */
  | { readonly _tag: 'IdentityFile'; readonly path: string }

/** Somebody whom Azure Resource Manager knows, and where what is made for him belongs. */
export type Principal = {
  readonly _tag: 'Principal'
  /** Empty with an identity file, which says so itself. */
  readonly tenantId: string
  readonly clientId: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly region: string
  readonly proof: PrincipalProof
}

/** Who asks Azure. Somebody with the key of an account has its containers, and nothing else. */
export type AzureIdentity = { readonly _tag: 'AccountKey'; readonly key: string } | Principal

const refused = (message: string): E.Either<StorageError, never> =>
  E.left(azureProblem('CredentialsRefused', 'ReadCredentials', message))

type Values = StorageAccess['values']

const valueOf = (values: Values, name: string): string => values[name] ?? ''

const proofOf = (values: Values): PrincipalProof | undefined => {
  const path = valueOf(values, 'identityFile')
  const secret = valueOf(values, 'clientSecret')
  const tokenFile = valueOf(values, 'tokenFile')
  if (path !== '') return { _tag: 'IdentityFile', path }
  if (secret !== '') return { _tag: 'ClientSecret', secret }
  return tokenFile === '' ? undefined : { _tag: 'TokenFile', path: tokenFile }
}

const principal = (
  values: Values,
  connection: AzureConnection,
  proof: PrincipalProof,
): Principal => ({
  _tag: 'Principal',
  tenantId: valueOf(values, 'tenantId'),
  clientId: valueOf(values, 'clientId'),
  subscriptionId: valueOf(values, 'subscriptionId'),
  resourceGroup: connection.resourceGroup || valueOf(values, 'resourceGroup'),
  region: connection.region || valueOf(values, 'region'),
  proof,
})

/** What is needed of every principal. The region is needed only to make something. */
const missingFrom = (one: Principal): ReadonlyArray<string> => {
  const isNamed = one.proof._tag === 'IdentityFile'
  const needed = {
    tenantId: isNamed ? 'in its file' : one.tenantId,
    clientId: isNamed ? 'in its file' : one.clientId,
    subscriptionId: one.subscriptionId,
    resourceGroup: one.resourceGroup,
  }
  return Object.entries(needed).flatMap(([name, value]) => (value === '' ? [name] : []))
}

/** Who asks, by the values of the credentials; a Left says which are missing, and holds none of them. */
export const azureIdentity = (
  { target: { credentials }, values }: StorageAccess,
  connection: AzureConnection,
): E.Either<StorageError, AzureIdentity> => {
  if (credentials.form === 'account-key') {
    const key = valueOf(values, 'key')
    return key === ''
      ? refused('the key of the account is empty')
      : E.right({ _tag: 'AccountKey', key })
  }
  const proof = proofOf(values)
  if (proof === undefined) return refused('neither clientSecret nor tokenFile has a value')
  if (connection.isStack && proof._tag !== 'ClientSecret')
    return refused('Azure Stack Hub knows no identities but those with a client secret')
  const one = principal(values, connection, proof)
  const missing = missingFrom(one)
  return missing.length === 0 ? E.right(one) : refused(`no value for ${missing.join(', ')}`)
}
