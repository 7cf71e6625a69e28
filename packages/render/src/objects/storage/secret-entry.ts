import { digestOfJson, digestOfText } from '../../digest'
import type {
  CloudSecret,
  ComposedValue,
  ContentDigests,
  CopiedValue,
  ExtractedValue,
  Json,
  ObjectRef,
} from '../../model'
import type { SecretEntry } from './contribution'

/** What holds credentials: a Secret of our namespace, or what a cloud has given. Only those of its entries that are not empty. */
export type CredentialSource = {
  readonly ref: ObjectRef
  readonly entries: ContentDigests['entries']
  readonly readings: NonNullable<ContentDigests['readings']>
}

/** The value of one of the credentials. */
export const copyOf = ({ ref, entries }: CredentialSource, key: string): CopiedValue => ({
  _tag: 'CopyOf',
  ref,
  path: ['data', key],
  digest: entries[key] ?? '',
})

/** An entry that is the same, byte for byte, as one of the credentials. */
export const copiedAs = (key: string, from: CredentialSource, sourceKey: string): SecretEntry => {
  const source = copyOf(from, sourceKey)
  return { key, digest: source.digest, source }
}

/** An entry that is put together from fixed texts and credentials. */
export const composed = (
  key: string,
  parts: ComposedValue['parts'],
  form: ComposedValue['form'],
): SecretEntry => ({
  key,
  digest: digestOfJson([form, ...parts.map(partDigest)]),
  source: { _tag: 'Composed', parts, form },
})

/** Told apart: a fixed text could look like a digest. */
const partDigest = (part: ComposedValue['parts'][number]): Json => {
  if (typeof part === 'string') return { text: part }
  switch (part._tag) {
    case 'CopyOf':
      return { digest: part.digest }
    case 'Extracted':
      return { digest: part.digest, cloud: part.cloud, field: part.field }
    case 'Hashed':
    case 'UserLines':
      return { digest: part.digest, as: part._tag }
  }
}

/** A variable of the registry with one of the credentials as its value. */
export const variableEntry = (
  key: string,
  from: CredentialSource,
  sourceKey: string,
): SecretEntry => composed(key, [copyOf(from, sourceKey)], 'variable')

/** A variable of the registry with nothing as its value. */
export const emptyEntry = (key: string): SecretEntry => ({
  key,
  digest: digestOfText('""'),
  source: { _tag: 'Literal', text: '""' },
})

const CLOUDS = 'clouds.yaml'

/** A variable of the registry with a value out of a clouds.yaml. */
export const extractedEntry = (
  key: string,
  from: CredentialSource,
  { cloud, field }: { readonly cloud: string; readonly field: CloudSecret },
): SecretEntry => {
  const document = copyOf(from, CLOUDS)
  const value: ExtractedValue = { ...document, _tag: 'Extracted', document: CLOUDS, cloud, field }
  return composed(key, [value], 'variable')
}

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
