import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { awsProfile, type CredentialReading, isJsonObject, textOf } from '../../model'
import { certificatesIn } from '../certificates/certificates-in'
import { cloudsReading } from './credential-readings-clouds'

/** What a YAML document says; or what is wrong with it, without a word of what stands in it. */
export type ReadYaml = (text: string) => E.Either<string, unknown>

/** Facts of credentials by the keys of their documents. */
type CredentialReadings = { readonly [key: string]: CredentialReading }

type Reader = (text: string, readYaml: ReadYaml) => CredentialReading

const unreadable = (problem: string): CredentialReading => ({ _tag: 'Unreadable', problem })

const googleKey: Reader = (text) =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => undefined,
    ),
    E.filterOrElse(isJsonObject, () => undefined),
    E.match(
      () => unreadable('is no JSON object'),
      (document): CredentialReading => ({ _tag: 'GoogleKey', type: textOf(document['type']) }),
    ),
  )

/** Keys come before a role, as everywhere. */
const awsForm: Reader = (text) => {
  const profile = awsProfile(text)
  const has = (name: string): boolean => (profile.get(name) ?? '') !== ''
  const hasKeys = has('aws_access_key_id') && has('aws_secret_access_key')
  return { _tag: 'AwsProfile', form: has('role_arn') && !hasKeys ? 'role' : 'keys' }
}

const clouds: Reader = (text, readYaml) => pipe(readYaml(text), E.match(unreadable, cloudsReading))

const certificates: Reader = (text) => ({ _tag: 'Certificates', pem: certificatesIn(text) })

const READERS: { readonly [key: string]: Reader } = {
  credentials: awsForm,
  'clouds.yaml': clouds,
  cacert: certificates,
  'service_account.json': googleKey,
  REGISTRY_STORAGE_GCS_KEYFILE: googleKey,
}

/** What the documents among some credentials say that is no secret. What is empty is not there. */
export const credentialReadings =
  (readYaml: ReadYaml) =>
  (texts: { readonly [key: string]: string }): CredentialReadings =>
    Object.fromEntries(
      Object.entries(READERS).flatMap(([key, reader]) => {
        const text = Object.hasOwn(texts, key) ? (texts[key] ?? '') : ''
        return text === '' ? [] : [[key, reader(text, readYaml)]]
      }),
    )
