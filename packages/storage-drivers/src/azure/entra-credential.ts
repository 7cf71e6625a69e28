import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

import type { AzureConnection } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'

import { type HttpClient, loadIdentity, type TokenCredential } from './azure-client'
import type { Principal } from './azure-identity'
import { identityDocument } from './identity-document'
import { rememberingCredential, type RememberedTokens } from './remembered-tokens'
import { unhiddenFailures } from './unhidden-failures'

/** What tokens are kept in from one opening of a storage to the next, and the time in milliseconds. */
export type TokenMemory = { readonly tokens: RememberedTokens; readonly now: IO<number> }

type Door = { readonly authority: string; readonly http: HttpClient }

const optionsOf = ({ authority, http }: Door) => ({
  authorityHost: authority,
  // It would ask the public cloud about every other one. Who gives tokens is known.
  disableInstanceDiscovery: true,
  httpClient: http,
  retryOptions: { maxRetries: 0 },
})

const byFile = async (path: string, door: Door): Promise<TokenCredential> => {
  const { ClientCertificateCredential } = await loadIdentity()
  const document = identityDocument(await readFile(path, 'utf8'))
  if (E.isLeft(document))
    return Promise.reject(
      Object.assign(new Error(document.left), { name: 'CredentialUnavailableError' }),
    )
  const { tenantId, clientId, certificate, authority } = document.right
  return new ClientCertificateCredential(
    tenantId,
    clientId,
    { certificate },
    {
      ...optionsOf({ ...door, authority: authority || door.authority }),
      sendCertificateChain: true,
    },
  )
}

const credentialOf = async (
  { proof, tenantId, clientId }: Principal,
  door: Door,
): Promise<TokenCredential> => {
  const { ClientAssertionCredential, ClientSecretCredential } = await loadIdentity()
  switch (proof._tag) {
    case 'ClientSecret':
      return new ClientSecretCredential(tenantId, clientId, proof.secret, optionsOf(door))
    case 'TokenFile':
      return new ClientAssertionCredential(
        tenantId,
        clientId,
        () => readFile(proof.path, 'utf8').then((token) => token.trim()),
        optionsOf(door),
      )
    case 'IdentityFile':
      return byFile(proof.path, door)
  }
}

const holderOf = (principal: Principal, { authority }: AzureConnection): string =>
  createHash('sha256')
    .update(JSON.stringify([principal, authority]))
    .digest('hex')

type Ending = NonNullable<Parameters<TokenCredential['getToken']>[1]>['abortSignal']

/**
 * The library for tokens does not hand on the signal that ends an attempt: the next ones would wait with it for an answer
 * that never comes, instead of asking again.
 */
const endedBy = (http: HttpClient, signal: Ending): HttpClient =>
  signal === undefined
    ? http
    : {
        sendRequest: (request) => {
          request.abortSignal = signal
          return http.sendRequest(request)
        },
      }

/** Gets tokens for a principal, from where his cloud gives them. Nothing is asked before the first one is needed. */
export const entraCredential = (
  principal: Principal,
  connection: AzureConnection,
  { http, memory }: { readonly http: () => Promise<HttpClient>; readonly memory: TokenMemory },
): TokenCredential =>
  rememberingCredential(
    { ...memory, holder: holderOf(principal, connection) },
    {
      getToken: async (scopes, options) => {
        const { client, orItsFailure } = unhiddenFailures(
          endedBy(await http(), options?.abortSignal),
        )
        const door = { authority: connection.authority, http: client }
        const credential = await credentialOf(principal, door)
        return orItsFailure(credential.getToken(scopes, options))
      },
    },
  )
