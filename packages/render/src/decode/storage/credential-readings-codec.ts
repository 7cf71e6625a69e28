import * as t from 'io-ts'

const CLOUD_SECRET = t.keyof({
  username: null,
  password: null,
  application_credential_id: null,
  application_credential_name: null,
  application_credential_secret: null,
  token: null,
})

const CLOUD = t.type({
  authUrl: t.string,
  identityVersion: t.string,
  region: t.string,
  project: t.string,
  projectId: t.string,
  domain: t.string,
  domainId: t.string,
  secrets: t.readonlyArray(CLOUD_SECRET),
})

const READING = t.union([
  t.type({ _tag: t.literal('GoogleKey'), type: t.string }),
  t.type({ _tag: t.literal('AwsProfile'), form: t.keyof({ keys: null, role: null }) }),
  t.type({ _tag: t.literal('Clouds'), clouds: t.record(t.string, CLOUD) }),
  t.type({ _tag: t.literal('Certificates'), pem: t.string }),
  t.type({
    _tag: t.literal('Certificate'),
    pem: t.string,
    notBefore: t.string,
    notAfter: t.string,
    names: t.readonlyArray(t.string),
    fits: t.boolean,
  }),
  t.type({
    _tag: t.literal('Users'),
    users: t.number,
    wrong: t.readonlyArray(t.type({ line: t.number, lacks: t.keyof({ name: null, hash: null }) })),
  }),
  t.type({ _tag: t.literal('Unreadable'), problem: t.string }),
])

/** What has been read of the documents in a Secret of credentials, by key. */
export const CredentialReadings = t.record(t.string, READING, 'readings of credentials')
