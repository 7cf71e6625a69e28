import { credentialReadings, mutatedText, runs } from '@image-registry-operator/render/testing'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { expect, test } from 'vitest'

import { sharedCredentials } from './shared-credentials'

const keys = O.some({ _tag: 'StaticKeys', id: 'AKIA1', secret: 'a/b+c=', sessionToken: '' })
const role = O.some({
  _tag: 'WebRole',
  roleArn: 'arn:aws:iam::1:role/r',
  tokenFile: '/var/run/token',
  sessionName: 'image-registry-operator',
  isGlobal: false,
})

test.each<readonly [string, string]>([
  ['three lines', '[default]\naws_access_key_id = AKIA1\naws_secret_access_key = a/b+c=\n'],
  ['no blanks', '[default]\naws_access_key_id=AKIA1\naws_secret_access_key=a/b+c='],
  [
    'another line ending, comments and capital letters',
    '# of ours\r\n[ default ]\r\nAWS_ACCESS_KEY_ID = AKIA1 ; mine\r\naws_secret_access_key = a/b+c=\r\n',
  ],
  [
    'other profiles around it',
    '[a]\naws_access_key_id=x\n[default]\naws_access_key_id=AKIA1\naws_secret_access_key=a/b+c=\n[b]\naws_secret_access_key=y',
  ],
  [
    'the form of the configuration file',
    '[profile default]\naws_access_key_id=AKIA1\naws_secret_access_key=a/b+c=',
  ],
  [
    'a role beside them',
    '[default]\nrole_arn=r\nweb_identity_token_file=/t\naws_access_key_id=AKIA1\naws_secret_access_key=a/b+c=',
  ],
])('a pair of keys is found: %s', (_name, text) => {
  expect(sharedCredentials(text)).toEqual(keys)
})

test('a token of a session goes along with its keys', () => {
  const text =
    '[default]\naws_access_key_id=AKIA1\naws_secret_access_key=s\naws_session_token = abc==\n'
  expect(sharedCredentials(text)).toMatchObject({ value: { sessionToken: 'abc==' } })
})

const roleText = (more: string): string =>
  `[default]\n${more}\nrole_arn = arn:aws:iam::1:role/r\nweb_identity_token_file = /var/run/token\n`

test('a role is found, and by default the service of the region gives it', () => {
  expect(sharedCredentials(roleText('sts_regional_endpoints = regional'))).toEqual(role)
  expect(sharedCredentials(roleText(''))).toEqual(role)
})

test('a role may ask for the one service of all regions', () => {
  expect(sharedCredentials(roleText('sts_regional_endpoints = legacy'))).toMatchObject({
    value: { isGlobal: true },
  })
})

test.each([
  '',
  'aws_access_key_id=a\naws_secret_access_key=b',
  '[other]\naws_access_key_id=a\naws_secret_access_key=b',
  '[default]\naws_access_key_id=a',
  '[default]\nrole_arn=a',
  '[default]\naws_access_key_id=\naws_secret_access_key=',
  '{"not": "of this kind"}',
  '[default\n=\n[]\n==\u0000',
])('nothing is made of half of it: %j', (text) => {
  expect(sharedCredentials(text)).toEqual(O.none)
})

const FILES = [
  '[default]\naws_access_key_id=AKIA1\naws_secret_access_key=s # mine\n',
  '# ours\r\n[ profile "default" ]\r\nROLE_ARN = r ; of ours\r\nweb_identity_token_file = /t\r\n',
  '[a]\nrole_arn=x\n[default]\nrole_arn=y\nweb_identity_token_file=/t\nsts_regional_endpoints=legacy\n[b]\nz=1\n',
  '[default]\nrole_arn=y\nweb_identity_token_file=/t\naws_access_key_id=k\naws_secret_access_key=s\n',
]

const readings = credentialReadings(() => E.left('is not asked for'))

test('who asks is the same for the driver and for what is rendered', () => {
  fc.assert(
    fc.property(mutatedText(FILES), (text) => {
      const found = sharedCredentials(text)
      if (O.isNone(found)) return
      const form = found.value._tag === 'WebRole' ? 'role' : 'keys'
      expect(readings({ credentials: text })).toEqual({ credentials: { _tag: 'AwsProfile', form } })
    }),
    { numRuns: runs(300) },
  )
})
