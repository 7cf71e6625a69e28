import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { digestOfText } from '../../digest'
import type { JsonObject, KubeObject } from '../../model'

import { redact, redactManifest } from './redact'

const CANARY = 'canary-4711'
const CANARY_64 = 'Y2FuYXJ5LTQ3MTE='

const object = (kind: string, fields: JsonObject): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x' },
  ...fields,
})

const env = [
  { name: 'REGISTRY_HTTP_SECRET', value: CANARY },
  { name: 'OTHER', value: 'stays' },
]

const WITH_SECRETS: ReadonlyArray<KubeObject> = [
  object('Secret', { data: { a: CANARY_64, b: CANARY, c: '' } }),
  object('Secret', { data: CANARY_64, stringData: { a: CANARY } }),
  object('Secret', { data: [CANARY], stringData: [CANARY] }),
  object('Secret', { data: { a: { b: CANARY }, c: [CANARY], d: 1 }, stringData: { a: [CANARY] } }),
  object('Route', { spec: { tls: { key: CANARY, certificate: CANARY, caCertificate: CANARY } } }),
  object('Route', { spec: { tls: CANARY } }),
  object('Config', { spec: { httpSecret: CANARY } }),
  object('Config', { spec: { httpSecret: { [CANARY]: CANARY } } }),
  object('Config', { spec: { httpSecret: [CANARY] } }),
  object('Config', { spec: CANARY }),
  object('Deployment', { spec: { template: { spec: { containers: [{ env }] } } } }),
  object('Pod', { spec: { containers: [{ env }] } }),
  {
    ...object('ConfigMap', {}),
    metadata: {
      name: 'x',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': CANARY, other: 'stays' },
    },
  },
]

describe('redact', () => {
  test.each(WITH_SECRETS.map((one) => [JSON.stringify(one), one] as const))(
    'leaves no secret value in %s',
    (_, one) => {
      const redacted = JSON.stringify(redact(one))
      expect(redacted).not.toContain(CANARY)
      expect(redacted).not.toContain(CANARY_64)
    },
  )

  test('D17: names a value of a Secret by the digest of its decoded bytes, in data', () => {
    const redacted = redact(object('Secret', { data: { a: CANARY_64 }, stringData: { b: CANARY } }))
    expect(redacted['data']).toEqual({ a: digestOfText(CANARY), b: digestOfText(CANARY) })
    expect(redacted).not.toHaveProperty('stringData')
  })

  test('keeps it visible that the HTTP secret is not set', () => {
    const config = object('Config', { spec: { httpSecret: '' } })
    expect(redact(config)).toBe(config)
  })

  test('reaches into Lists, and into lists whose items do not say what they are', () => {
    const bare = { metadata: { name: 'x' }, data: { a: CANARY_64 } }
    const lists = [
      { apiVersion: 'v1', kind: 'List', items: [object('Secret', { data: { a: CANARY_64 } })] },
      { apiVersion: 'v1', kind: 'SecretList', items: [bare] },
      { kind: 'List', items: [{ apiVersion: 'v1', kind: 'SecretList', items: [bare] }] },
    ]
    lists.forEach((list) => expect(JSON.stringify(redactManifest(list))).not.toContain(CANARY_64))
  })

  test('reaches through Lists however deep, or drops them', () => {
    const deep = Array.from({ length: 50 }).reduce<JsonObject>(
      (inner) => ({ kind: 'List', items: [inner] }),
      object('Secret', { data: { a: CANARY_64 } }),
    )
    expect(JSON.stringify(redactManifest(deep))).not.toContain(CANARY_64)
  })

  test('returns what holds no secret as it is', () => {
    const service = object('Service', { spec: { ports: [] } })
    expect(redact(service)).toBe(service)
  })

  test('changes nothing when done again', () => {
    const kinds = ['Secret', 'Route', 'Config', 'Deployment', 'Pod', 'List', 'SecretList', 'Node']
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (kind, fields) => {
          const once = redactManifest({ ...fields, kind })
          expect(redactManifest(once)).toEqual(once)
        },
      ),
    )
    WITH_SECRETS.forEach((one) => expect(redact(redact(one))).toEqual(redact(one)))
  })

  test('replaces any bytes, whatever they look like', () => {
    fc.assert(
      fc.property(fc.base64String({ minLength: 1 }), (value) => {
        const { data } = redact(object('Secret', { data: { a: value } }))
        expect(JSON.stringify(data)).toMatch(/^\{"a":"sha256:[0-9a-f]{64}"\}$/)
      }),
    )
  })
})
