import { createPrivateKey, createPublicKey, KeyObject, webcrypto } from 'node:crypto'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

/** A key that can sign, and what it signs with. */
export type SigningKey = {
  /** As PEM (PKCS #8). */
  readonly pem: string
  readonly keys: webcrypto.CryptoKeyPair
  readonly algorithm: SigningAlgorithm
}

type SigningAlgorithm = {
  readonly name: string
  readonly hash: 'SHA-256'
  readonly namedCurve?: string
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** Names of the curves as OpenSSL has them, and as Web Crypto has them. */
const CURVES: { readonly [name: string]: string } = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

/** A new one. */
export const newSigningKey = async (): Promise<SigningKey> => {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify'])
  return { pem: pemOf(KeyObject.from(keys.privateKey)), keys, algorithm: P256 }
}

/** Ours are of P-256; those of people may be others. */
const algorithmOf = (key: KeyObject): SigningAlgorithm | undefined => {
  if (key.asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const namedCurve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? '']
  return namedCurve === undefined ? undefined : { name: 'ECDSA', namedCurve, hash: 'SHA-256' }
}

const imported = async (key: KeyObject, algorithm: SigningAlgorithm): Promise<SigningKey> => {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey(
      'pkcs8',
      key.export({ type: 'pkcs8', format: 'der' }),
      algorithm,
      true,
      ['sign'],
    ),
    webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  ])
  return { pem: pemOf(key), keys: { privateKey, publicKey }, algorithm }
}

/** The one that stands in a text; undefined where there is none, or one of another kind. */
export const signingKey = async (pem: string): Promise<SigningKey | undefined> => {
  const key = pipe(
    E.tryCatch(
      () => createPrivateKey(pem),
      () => undefined,
    ),
    E.toUnion,
  )
  const algorithm = key === undefined ? undefined : algorithmOf(key)
  return key === undefined || algorithm === undefined ? undefined : imported(key, algorithm)
}
