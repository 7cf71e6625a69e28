import { createPrivateKey, type KeyObject, sign } from 'node:crypto'

import * as E from 'fp-ts/Either'

import type { ServiceAccountKey } from './google-credentials'

/** What an assertion says besides who makes it. */
export type Assertion = {
  readonly scope: string
  /** When it is made, in milliseconds since 1970. */
  readonly nowMs: number
}

/** The longest that Google takes. */
const LIFE_SECONDS = 3600

const part = (fields: { readonly [name: string]: string | number }): string =>
  Buffer.from(JSON.stringify(fields)).toString('base64url')

/** The key of an account, as it can be used; Left if the PEM is none of an RSA key. */
export const signingKey = ({ privateKey }: ServiceAccountKey): E.Either<string, KeyObject> => {
  // What goes wrong may quote the text, so nobody gets to see it.
  const key = E.tryCatch(
    () => createPrivateKey(privateKey),
    () => undefined,
  )
  return E.isRight(key) && key.right.asymmetricKeyType === 'rsa'
    ? key
    : E.left('its private_key is not the PEM of an RSA key')
}

/** What shows, to who gives tokens, that we have the key of the account (RFC 7523). */
export const signedAssertion = (
  { email, keyId, tokenUrl }: ServiceAccountKey,
  key: KeyObject,
  { scope, nowMs }: Assertion,
): string => {
  const iat = Math.floor(nowMs / 1000)
  const head = part({ alg: 'RS256', typ: 'JWT', ...(keyId === '' ? {} : { kid: keyId }) })
  const claims = part({ iss: email, scope, aud: tokenUrl, iat, exp: iat + LIFE_SECONDS })
  const signature = sign('RSA-SHA256', Buffer.from(`${head}.${claims}`), key)
  return `${head}.${claims}.${signature.toString('base64url')}`
}
