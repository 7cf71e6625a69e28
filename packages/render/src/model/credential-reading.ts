/** Values of a clouds.yaml that are secret, by their names in it. */
export type CloudSecret =
  | 'username'
  | 'password'
  | 'application_credential_id'
  | 'application_credential_name'
  | 'application_credential_secret'
  | 'token'

/** What one cloud of a clouds.yaml says that is no secret. What is empty is not said. */
export type CloudReading = {
  readonly authUrl: string
  /** Of the identity service, as it is written there, e.g. `3`. */
  readonly identityVersion: string
  readonly region: string
  readonly project: string
  readonly projectId: string
  /** That of the user where none is said for both. */
  readonly domain: string
  readonly domainId: string
  /** Which secret values are there, and not empty. */
  readonly secrets: ReadonlyArray<CloudSecret>
}

/** What a certificate says of itself. Times are RFC 3339 in UTC, whole seconds. */
export type CertificateReading = {
  readonly notBefore: string
  readonly notAfter: string
  /** The host names and addresses that it is for. */
  readonly names: ReadonlyArray<string>
}

/** A line of a file of users that cannot be used: it has no name before a colon, or no bcrypt hash after it. */
export type WrongUserLine = { readonly line: number; readonly lacks: 'name' | 'hash' }

/** What a document of credentials says that is no secret, and that depends on nothing else. */
export type CredentialReading =
  /** A key file of Google; `type` is its own word, e.g. `service_account` or `external_account`. */
  | { readonly _tag: 'GoogleKey'; readonly type: string }
  /** The file that tools of AWS share. `role`: a token of the pod's is changed for a role. */
  | { readonly _tag: 'AwsProfile'; readonly form: 'keys' | 'role' }
  /** A clouds.yaml: its clouds by their names. */
  | { readonly _tag: 'Clouds'; readonly clouds: { readonly [name: string]: CloudReading } }
  /** Certificates of authorities, and nothing else of what stands there. */
  | { readonly _tag: 'Certificates'; readonly pem: string }
  /** A certificate with those that lead to its authority; `fits`: the key beside it is the one that it is for. */
  | (CertificateReading & {
      readonly _tag: 'Certificate'
      readonly pem: string
      readonly fits: boolean
    })
  /** A file of users: how many can be read, and which lines cannot. */
  | {
      readonly _tag: 'Users'
      readonly users: number
      readonly wrong: ReadonlyArray<WrongUserLine>
    }
  /** Nobody can make sense of it; `problem` follows the name of the entry, e.g. `is no JSON object`. */
  | { readonly _tag: 'Unreadable'; readonly problem: string }
