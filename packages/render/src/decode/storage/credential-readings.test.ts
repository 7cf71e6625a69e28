import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import type { KubeObject } from '../../model'
import { someFacts } from '../../testing/some-facts'
import { credentialReadings, type ReadYaml } from './credential-readings'
import { withCredentialReadings } from './credential-readings-seen'
import { decode } from '../decode'
import { redact } from '../manifest/redact'

const readYaml: ReadYaml = (text) =>
  E.tryCatch(
    (): unknown => parse(text, { logLevel: 'error' }),
    () => 'is no YAML',
  )

const readings = credentialReadings(readYaml)

const CLOUDS = `clouds:
  openstack:
    auth:
      auth_url: https://who:pass@keystone.local:5000
      username: somebody
      password: 12345
      token: ""
      project_name: images
      user_domain_name: Default
      domain_id: d1
      user_domain_id: d2
    region_name: north
    identity_api_version: 3
  bare: {}
  broken: 7
`

describe('what is read of credentials', () => {
  it('of a key file of Google is its type', () => {
    const typeOf = (text: string) => readings({ 'service_account.json': text })
    expect(typeOf('{"type":"external_account","private_key":"p"}')).toEqual({
      'service_account.json': { _tag: 'GoogleKey', type: 'external_account' },
    })
    expect(typeOf('{}')).toEqual({ 'service_account.json': { _tag: 'GoogleKey', type: '' } })
    for (const text of ['p', '[]', 'null'])
      expect(typeOf(text)).toEqual({
        'service_account.json': { _tag: 'Unreadable', problem: 'is no JSON object' },
      })
    expect(typeOf('')).toEqual({})
  })

  it.each([
    ['[default]\naws_access_key_id = a\naws_secret_access_key = b\n', 'keys'],
    ['[default]\r\nrole_arn = arn:aws:iam::1:role/r\r\nweb_identity_token_file = f\r\n', 'role'],
    ['[default]\nROLE_ARN=arn\n', 'role'],
    ['# ours\n[ default ] ; of the cluster\nrole_arn = arn\n', 'role'],
    ['[profile default]\nrole_arn = arn\n', 'role'],
    ['[default]\n[other]\n[default]\nrole_arn = arn\n', 'role'],
    ['[default]\nrole_arn = a\naws_access_key_id = b\naws_secret_access_key = c\n', 'keys'],
    ['[default]\nrole_arn = # none\n', 'keys'],
    ['role_arn=arn\n', 'keys'],
    ['[other]\nrole_arn = arn\n[default]\naws_access_key_id = a\n', 'keys'],
    ['[default]\naws_access_key_id = a\n[other]\nrole_arn = arn\n', 'keys'],
    ['[default]\nrole_arn =\n', 'keys'],
  ])('of the file %j of AWS is its form: %s', (text, form) => {
    expect(readings({ credentials: text })).toEqual({ credentials: { _tag: 'AwsProfile', form } })
  })

  it('of a clouds.yaml is where its clouds are, and what is secret of them by name only', () => {
    const read = readings({ 'clouds.yaml': CLOUDS })
    expect(read).toEqual({
      'clouds.yaml': {
        _tag: 'Clouds',
        clouds: {
          openstack: {
            authUrl: 'https://keystone.local:5000',
            identityVersion: '3',
            region: 'north',
            project: 'images',
            projectId: '',
            domain: 'Default',
            domainId: 'd1',
            secrets: ['username', 'password'],
          },
          bare: {
            authUrl: '',
            identityVersion: '',
            region: '',
            project: '',
            projectId: '',
            domain: '',
            domainId: '',
            secrets: [],
          },
        },
      },
    })
    expect(JSON.stringify(read)).not.toMatch(/somebody|12345|pass@/)
  })

  it.each([
    'https://who:pass@keystone.local',
    'https://who:pa/ss@keystone.local',
    'who:pa//ss@keystone.local',
    'HTTPS://who:pa@ss@keystone.local',
    'https://who:pass\n@keystone.local',
  ])('of the address %j is nobody who stands in it', (address) => {
    const document = JSON.stringify({ clouds: { a: { auth: { auth_url: address } } } })
    expect(JSON.stringify(readings({ 'clouds.yaml': document }))).not.toMatch(/who|pa|ss@/)
  })

  it.each([
    ['[', 'is no YAML'],
    ['7', 'has no clouds in it'],
    ['clouds: []', 'has no clouds in it'],
  ])('of the clouds.yaml %j is that it %s', (text, problem) => {
    expect(readings({ 'clouds.yaml': text })).toEqual({
      'clouds.yaml': { _tag: 'Unreadable', problem },
    })
  })

  it('of authorities is their certificates, and no key beside them', () => {
    const one = '-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----'
    const key = '-----BEGIN PRIVATE KEY-----\nBBBB\n-----END PRIVATE KEY-----'
    const pemOf = (cacert: string) => readings({ cacert })['cacert']
    expect(pemOf(`# ours\n${one}\n${key}\n${one}`)).toEqual({
      _tag: 'Certificates',
      pem: `${one}\n${one}\n`,
    })
    expect(pemOf(key)).toEqual({ _tag: 'Certificates', pem: '' })
  })

  it('is something, or nothing, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (text, json) => {
        for (const document of [text, json])
          expect(
            Object.keys(readings({ 'clouds.yaml': document, credentials: document, a: document })),
          ).toEqual(document === '' ? [] : ['credentials', 'clouds.yaml'])
      }),
    )
  })
})

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const seen = withCredentialReadings({
  readYaml,
  readCertificate: () => E.left('is no certificate'),
  decodeBase64: (text) => Buffer.from(text, 'base64').toString('utf8'),
})

const secret = (name: string, content: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'openshift-image-registry' },
  ...content,
})

const MINTED = 'installer-cloud-credentials'
const given = secret(MINTED, { data: { 'clouds.yaml': base64(CLOUDS), cacert: base64('ca') } })

describe('a Secret of credentials', () => {
  it('has what was read of it beside its values, and still has it when they are gone', () => {
    const redacted = redact(seen(given))
    expect(redacted['seen']).toMatchObject({ 'clouds.yaml': { _tag: 'Clouds' } })
    expect(JSON.stringify(redacted)).not.toMatch(/somebody|12345|Y2xvdWRz/)
    expect(seen(redacted)).toBe(redacted)
  })

  it('may be given as texts', () => {
    const texts = secret(MINTED, { stringData: { credentials: '[default]\nrole_arn = a\n' } })
    expect(seen(texts)['seen']).toEqual({ credentials: { _tag: 'AwsProfile', form: 'role' } })
  })

  it('is the only thing that is read', () => {
    for (const other of [
      secret('other', { data: given['data'] }),
      { ...given, kind: 'ConfigMap' },
      { ...given, metadata: { ...given.metadata, namespace: 'default' } },
      secret(MINTED, { data: { other: base64('x') } }),
      secret(MINTED, { data: null }),
      secret(MINTED, {}),
    ])
      expect(seen(other)).toBe(other)
  })

  it('tells the facts what has been read', () => {
    const { contents } = decode([redact(seen(given))], someFacts().release).facts
    expect(contents).toMatchObject([
      { name: MINTED, readings: { 'clouds.yaml': { clouds: { openstack: { region: 'north' } } } } },
    ])
    const bare = decode([redact(given)], someFacts().release).facts.contents
    expect(bare[0]).not.toHaveProperty('readings')
  })

  it('is not understood with readings that nobody makes', () => {
    const { facts, unreadable } = decode(
      [secret(MINTED, { seen: { 'clouds.yaml': { _tag: 'Clouds', clouds: 7 } } })],
      someFacts().release,
    )
    expect(facts.contents).toEqual([])
    expect(unreadable).toHaveLength(1)
  })
})
