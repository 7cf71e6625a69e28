import { describe, expect, it } from 'vitest'

import type { KubeObject } from '@image-registry-operator/render/model'

import { leaksOf } from './leaks'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const secret = (data: { readonly [key: string]: string }): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'a' },
  data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)])),
})

const event = (message: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'e' },
  message,
})

const VALUE = 'canary/of+a "secret"'

const found = (text: string, objects: ReadonlyArray<KubeObject> = [secret({ password: VALUE })]) =>
  leaksOf(objects, { 'the log': text }).length > 0

describe('a secret value', () => {
  it.each<readonly [string, string]>([
    ['as it is', `x ${VALUE} y`],
    ['in JSON', JSON.stringify({ a: VALUE })],
    ['in a URL', `https://a/?b=${encodeURIComponent(VALUE)}`],
    ['in base 64', base64(VALUE)],
    ['in hexadecimal', Buffer.from(VALUE).toString('hex')],
    ...['u:', 'us:', 'use:', 'user:'].map(
      (user) => ['in an Authorization header', `Basic ${base64(`${user}${VALUE}!!`)}`] as const,
    ),
  ])('is found %s', (_, text) => {
    expect(found(text)).toBe(true)
  })

  it('is found in what credentials consist of', () => {
    const credentials = secret({
      json: JSON.stringify({
        client_email: 'somebody@example',
        private_key_id: 'no',
        token: 'canary-of-no-1',
      }),
      ini: '[default]\naws_secret_access_key = canary-of-no-2\n',
      yaml: 'clouds:\n  a:\n    auth:\n      password: canary-of-no-3\n',
      key: `-----BEGIN PRIVATE KEY-----\n${'canary/4'.repeat(8)}\n-----END PRIVATE KEY-----\n`,
    })
    for (const text of ['canary-of-no-1', 'canary-of-no-2', 'canary-of-no-3', 'canary/4'.repeat(8)])
      expect(found(`said: ${text}.`, [credentials])).toBe(true)
    expect(found('somebody@example default clouds', [credentials])).toBe(false)
  })

  it('is told by its place, and is not repeated', () => {
    const told = leaksOf([secret({ password: VALUE }), event(`before ${VALUE} after`)], {})
    expect(told).toEqual([
      expect.stringMatching(/^Event e holds secret value 0 behind: .*before $/),
    ])
  })

  it('is found where an operator has written it: a status, an annotation, an Event', () => {
    const config = {
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'Config',
      metadata: { name: 'cluster' },
    }
    const leaky = [
      { ...config, status: { conditions: [{ message: VALUE }] } },
      { ...config, metadata: { name: 'cluster', annotations: { a: base64(VALUE) } } },
      event(VALUE),
    ]
    const env = [{ name: 'REGISTRY_HTTP_SECRET', value: VALUE }]
    const objects = [
      secret({ password: VALUE }),
      { ...config, spec: { httpSecret: VALUE } },
      { ...config, kind: 'Deployment', spec: { env } },
    ]
    expect(leaksOf(objects, {})).toEqual([])
    expect(leaksOf([...objects, ...leaky], {})).toHaveLength(3)
  })

  it('may stand in Secrets, and a certificate anywhere', () => {
    const objects = [secret({ password: VALUE, 'tls.crt': 'a certificate' })]
    expect(leaksOf(objects, {})).toEqual([])
    expect(found('a certificate', objects)).toBe(false)
  })
})
