import { digestOfJson, digestOfText } from '../../digest'
import {
  type ComposedValue,
  type ContentDigests,
  type CopiedValue,
  type Json,
  names,
  objectRef,
} from '../../model'
import type { SecretEntry } from './contribution'

/** A Secret of our namespace that holds credentials; only those of its entries that are not empty. */
export type CredentialSource = {
  readonly name: string
  readonly entries: ContentDigests['entries']
}

const copyOf = ({ name, entries }: CredentialSource, key: string): CopiedValue => ({
  _tag: 'CopyOf',
  ref: objectRef('v1', 'Secret', name, names.REGISTRY_NAMESPACE),
  path: ['data', key],
  digest: entries[key] ?? '',
})

/** An entry that is the same, byte for byte, as one of the credentials. */
export const copiedAs = (key: string, from: CredentialSource, sourceKey: string): SecretEntry => {
  const source = copyOf(from, sourceKey)
  return { key, digest: source.digest, source }
}

const composed = (
  key: string,
  parts: ComposedValue['parts'],
  form: ComposedValue['form'],
): SecretEntry => ({
  key,
  digest: digestOfJson([form, ...parts.map(partDigest)]),
  source: { _tag: 'Composed', parts, form },
})

/** Told apart: a fixed text could look like a digest. */
const partDigest = (part: string | CopiedValue): Json =>
  typeof part === 'string' ? { text: part } : { digest: part.digest }

/** A variable of the registry with one of the credentials as its value; with none, it is empty. */
export const variableEntry = (from: CredentialSource, key: string): SecretEntry =>
  Object.hasOwn(from.entries, key)
    ? composed(key, [copyOf(from, key)], 'variable')
    : { key, digest: digestOfText('""'), source: { _tag: 'Literal', text: '""' } }

/** Where the registry's S3 driver reads its credentials, in the form that tools of AWS share. */
export const CREDENTIALS_KEY = 'credentials'

/** A pair of keys in the form that tools of AWS share. */
export const sharedCredentials = (
  from: CredentialSource,
  { id, secret }: { readonly id: string; readonly secret: string },
): SecretEntry =>
  composed(
    CREDENTIALS_KEY,
    [
      '[default]\naws_access_key_id = ',
      copyOf(from, id),
      '\naws_secret_access_key = ',
      copyOf(from, secret),
      '\n',
    ],
    'text',
  )
