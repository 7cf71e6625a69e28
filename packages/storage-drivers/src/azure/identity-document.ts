import * as E from 'fp-ts/Either'

import { textOf } from './unknown-fields'

/** A managed identity as its file describes it. */
export type IdentityDocument = {
  readonly clientId: string
  readonly tenantId: string
  /** PEM: the certificate, and its private key. */
  readonly certificate: string
  /** Who gives it tokens; empty: as everybody. */
  readonly authority: string
}

const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

const pemOf = (secret: string): string =>
  PEM.test(secret) ? secret : Buffer.from(secret, 'base64').toString('utf8')

const parsed = (text: string): unknown =>
  E.getOrElse((): unknown => undefined)(E.tryCatch((): unknown => JSON.parse(text), E.toError))

/** The identity that a file describes; a Left says what is wrong with it, and quotes nothing. */
export const identityDocument = (text: string): E.Either<string, IdentityDocument> => {
  const document = parsed(text)
  const read = (...names: ReadonlyArray<string>): string =>
    names.map((name) => textOf(document, name)).find((value) => value !== undefined) ?? ''
  const clientId = read('clientID', 'client_id')
  const tenantId = read('tenantID', 'tenant_id')
  const certificate = pemOf(read('clientSecret', 'client_secret'))
  if (clientId === '' || tenantId === '')
    return E.left('the file of the managed identity names no client or no tenant')
  return PEM.test(certificate)
    ? E.right({
        clientId,
        tenantId,
        certificate,
        authority: read('authenticationEndpoint', 'authentication_endpoint'),
      })
    : E.left('the file of the managed identity holds no certificate in PEM form')
}
