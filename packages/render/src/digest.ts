import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

import { isJsonArray, isJsonObject, type Json } from './model'

/** JSON with the keys of every object sorted: equal values give equal text, however they were built. */
const stableJson = (value: Json): string => {
  if (isJsonArray(value)) return `[${value.map(stableJson).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const field = (key: string): string => `${JSON.stringify(key)}:${stableJson(value[key] ?? null)}`
  return `{${Object.keys(value).sort().map(field).join(',')}}`
}

/** `sha256:` and the lower-case hexadecimal digest: how a value is named where it must not stand itself. */
export const digestOfBytes = (bytes: Uint8Array): string => `sha256:${bytesToHex(sha256(bytes))}`

export const digestOfText = (text: string): string => digestOfBytes(utf8ToBytes(text))

export const digestOfJson = (value: Json): string => digestOfText(stableJson(value))
