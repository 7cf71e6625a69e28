import type { CloudSecret } from '../../model'

/** A variable of the registry's Swift driver; the user's Secret has the secret ones under the same names. */
export const swiftKey = (name: string): string => `REGISTRY_STORAGE_SWIFT_${name}`

/** What is secret of a Swift, in the original's order: its variables, and where a clouds.yaml has them. */
export const SWIFT_SECRETS: ReadonlyArray<readonly [variable: string, field: CloudSecret]> = [
  [swiftKey('USERNAME'), 'username'],
  [swiftKey('PASSWORD'), 'password'],
  [swiftKey('TOKENID'), 'token'],
  [swiftKey('APPLICATIONCREDENTIALID'), 'application_credential_id'],
  [swiftKey('APPLICATIONCREDENTIALNAME'), 'application_credential_name'],
  [swiftKey('APPLICATIONCREDENTIALSECRET'), 'application_credential_secret'],
]

/** How one may be let in. */
export type SwiftForm = 'password' | 'application-credential' | 'token'

/** The values that each form cannot do without. */
export const SWIFT_FORMS: {
  readonly [Form in SwiftForm]: ReadonlyArray<CloudSecret>
} = {
  password: ['username', 'password'],
  'application-credential': [
    'application_credential_id',
    'application_credential_name',
    'application_credential_secret',
  ],
  token: ['token'],
}
