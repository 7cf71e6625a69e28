import type { AzureConnection } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { azureIdentity } from './azure-identity'
import { someAccess, someConnection } from '../testing/some-azure'

const PRINCIPAL = {
  tenantId: 't',
  clientId: 'c',
  subscriptionId: 's',
  resourceGroup: 'rg',
  region: 'eastus',
}

const identity = (values: { [name: string]: string }, connection: Partial<AzureConnection> = {}) =>
  azureIdentity(someAccess('service-principal', values), { ...someConnection, ...connection })

describe('who asks Azure', () => {
  it('is somebody with the key of an account', () => {
    expect(azureIdentity(someAccess('account-key', { key: 'k' }), someConnection)).toEqual(
      E.right({ _tag: 'AccountKey', key: 'k' }),
    )
    expect(azureIdentity(someAccess('account-key', { key: '' }), someConnection)).toMatchObject(
      E.left({ _tag: 'CredentialsRefused' }),
    )
  })

  it('is a principal with a secret, unless there is none', () => {
    expect(identity({ ...PRINCIPAL, clientSecret: 'x', tokenFile: '/f' })).toEqual(
      E.right({ _tag: 'Principal', ...PRINCIPAL, proof: { _tag: 'ClientSecret', secret: 'x' } }),
    )
    expect(identity({ ...PRINCIPAL, clientSecret: '', tokenFile: '/f' })).toMatchObject(
      E.right({ proof: { _tag: 'TokenFile', path: '/f' } }),
    )
  })

  it('is, before everybody else, who a file says', () => {
    const values = {
      subscriptionId: 's',
      resourceGroup: 'rg',
      identityFile: '/i',
      clientSecret: 'x',
    }
    expect(identity(values)).toMatchObject(
      E.right({ proof: { _tag: 'IdentityFile', path: '/i' }, clientId: '' }),
    )
  })

  it('belongs where the connection says, else where the credentials say', () => {
    const elsewhere = identity(
      { ...PRINCIPAL, clientSecret: 'x' },
      { resourceGroup: 'other', region: 'westus' },
    )
    expect(elsewhere).toMatchObject(E.right({ resourceGroup: 'other', region: 'westus' }))
  })

  it('is refused with the names of what is missing, and with no value', () => {
    const refused = identity({ clientId: 'c', clientSecret: 'not-to-be-seen' })
    expect(refused).toMatchObject(
      E.left({ message: 'no value for tenantId, subscriptionId, resourceGroup' }),
    )
    expect(JSON.stringify(refused)).not.toContain('not-to-be-seen')
    expect(identity(PRINCIPAL)).toMatchObject(E.left({ _tag: 'CredentialsRefused' }))
  })

  it('has a secret on Azure Stack Hub', () => {
    const stack = { isStack: true }
    expect(E.isRight(identity({ ...PRINCIPAL, clientSecret: 'x' }, stack))).toBe(true)
    expect(E.isLeft(identity({ ...PRINCIPAL, tokenFile: '/f' }, stack))).toBe(true)
  })
})
