import type { JsonObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { googleCredentials } from './google-credentials'

const SECRET = 'not-to-be-seen'

const KEY = {
  type: 'service_account',
  client_email: 'registry@project.iam.gserviceaccount.com',
  private_key: SECRET,
  private_key_id: 'abc',
  token_uri: 'https://oauth2.googleapis.com/token',
}

const EXTERNAL = {
  type: 'external_account',
  audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  token_url: 'https://sts.googleapis.com/v1/token',
  credential_source: { file: '/var/run/secrets/openshift/serviceaccount/token' },
}

const read = (document: JsonObject) => googleCredentials(JSON.stringify(document))

describe('credentials of Google', () => {
  it('are a key of a service account', () => {
    expect(read(KEY)).toEqual(
      E.right({
        _tag: 'ServiceAccountKey',
        email: 'registry@project.iam.gserviceaccount.com',
        keyId: 'abc',
        privateKey: SECRET,
        tokenUrl: 'https://oauth2.googleapis.com/token',
      }),
    )
  })

  it('are tried at the usual place when a key names none', () => {
    const { type, client_email, private_key } = KEY
    expect(read({ type, client_email, private_key })).toMatchObject({
      right: { tokenUrl: 'https://oauth2.googleapis.com/token' },
    })
  })

  it('are a token of the cluster that is exchanged', () => {
    expect(read(EXTERNAL)).toEqual(
      E.right({
        _tag: 'ExternalAccount',
        audience: EXTERNAL.audience,
        subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
        tokenUrl: 'https://sts.googleapis.com/v1/token',
        tokenFile: '/var/run/secrets/openshift/serviceaccount/token',
        tokenField: '',
        impersonationUrl: '',
        impersonationSeconds: 3600,
      }),
    )
  })

  it('are a token within JSON, exchanged for one of a service account', () => {
    const file = '/token'
    const format = { type: 'json', subject_token_field_name: 'id' }
    const url = 'https://iamcredentials.googleapis.com/v1/a:generateAccessToken'
    expect(
      read({
        ...EXTERNAL,
        credential_source: { file, format },
        service_account_impersonation_url: url,
        service_account_impersonation: { token_lifetime_seconds: 600 },
      }),
    ).toMatchObject({
      right: { tokenField: 'id', impersonationUrl: url, impersonationSeconds: 600 },
    })
  })
})

describe('no credentials of Google are', () => {
  it.each<[string, string]>([
    ['', 'it is no JSON object'],
    [`{"private_key": "${SECRET}`, 'it is no JSON object'],
    ['[]', 'it is no JSON object'],
    [
      JSON.stringify({ type: 'authorized_user', refresh_token: SECRET }),
      'its type is neither service_account nor external_account',
    ],
    [JSON.stringify({ ...KEY, client_email: '' }), 'it has no client_email'],
    [JSON.stringify({ ...KEY, private_key: 7 }), 'it has no private_key'],
    [JSON.stringify({ ...KEY, token_uri: 'http://a' }), 'its token_uri is no https URL'],
    [JSON.stringify({ ...EXTERNAL, audience: null }), 'it has no audience'],
    [JSON.stringify({ ...EXTERNAL, token_url: 'sts' }), 'its token_url is no https URL'],
    [
      JSON.stringify({ ...EXTERNAL, credential_source: { url: 'http://169.254.169.254' } }),
      'its credential_source names no file',
    ],
    [
      JSON.stringify({ ...EXTERNAL, credential_source: { executable: { command: 'id' } } }),
      'its credential_source names no file',
    ],
    [
      JSON.stringify({
        ...EXTERNAL,
        credential_source: { file: '/a', format: { type: 'json' } },
      }),
      'it has no subject_token_field_name',
    ],
  ])('%s', (document, problem) => {
    expect(googleCredentials(document)).toEqual(E.left(problem))
  })
})
