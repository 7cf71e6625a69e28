import type { KubeObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { publishedRegistry } from './published-registry'

const PEM = '-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n'

const SERVICE = 'image-registry.openshift-image-registry'

const configMap = (data: Readonly<Record<string, string>>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'image-registry-serving-ca' },
  data,
})

describe('what is published for nodes', () => {
  it('is read line by line', () => {
    const hosts = `${SERVICE}:5000=https://10.0.0.7:5000\nb.example=https://b.example\n${SERVICE}.svc:5000=https://[fd00::7]:5000\n`
    expect(publishedRegistry(configMap({ 'ca.crt': PEM, hosts }))).toEqual(
      E.right({
        authorities: PEM,
        problems: [],
        hosts: [
          { host: `${SERVICE}:5000`, url: 'https://10.0.0.7:5000' },
          { host: 'b.example', url: 'https://b.example' },
          { host: `${SERVICE}.svc:5000`, url: 'https://[fd00::7]:5000' },
        ],
      }),
    )
  })

  it('is nothing where there is no ConfigMap, or one of an operator that says no hosts', () => {
    expect(publishedRegistry(undefined)).toMatchObject({ right: { hosts: [], problems: [] } })
    expect(publishedRegistry(configMap({ 'ca.crt': PEM }))).toMatchObject({ right: { hosts: [] } })
  })

  it('is not known where nobody says whom to trust', () => {
    const hosts = 'a=https://a\n'
    for (const data of [{ hosts }, { hosts, 'ca.crt': '' }, { hosts, 'ca.crt': 'soon' }])
      expect(publishedRegistry(configMap(data))).toEqual(E.left('ca.crt holds no certificate'))
  })

  it.each([
    'a',
    '=https://a',
    'a=http://a',
    'a=https://',
    'a=https://a"\nca = "/etc/shadow',
    '../a=https://a',
    '_default=https://a',
    '.image-registry-operator.json=https://a',
    'a:=https://a',
    'a:b=https://a',
    'a/b=https://a',
    'docker.io=https://evil.example',
    'image-registry.openshift-image-registry.svc:5000=https://evil.example:5000',
    'image-registry.openshift-image-registry.svc:5000=https://10.0.0.7:443',
  ])('has a line that is told and counts for nothing: %j', (line) => {
    const hosts = `${line}\ngood=https://good\n`
    const read = publishedRegistry(configMap({ 'ca.crt': PEM, hosts }))
    expect(read).toMatchObject({ right: { hosts: [{ host: 'good', url: 'https://good' }] } })
    expect(E.isRight(read) && read.right.problems.length).toBeGreaterThan(0)
  })
})
