import { isJsonObject, type Json, type KubeObject } from '../src/model'

export const SECRET = 'a secret that must not be seen'
export const ENCODED = Buffer.from(SECRET).toString('base64')

/** The object with values where the case has digests of secrets, as the API server has it. */
export const withSecrets = (object: KubeObject): KubeObject => {
  if (object.kind !== 'Secret' && object.kind !== 'Config') return object
  return revealed(object, object.kind === 'Secret' ? ENCODED : SECRET) as KubeObject
}

const revealed = (value: Json, secret: string): Json => {
  if (typeof value === 'string') return value.replace(/^sha256:([0-9a-f])\1{63}$/, secret)
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, field]) => [key, revealed(field, secret)]),
      )
    : value
}
