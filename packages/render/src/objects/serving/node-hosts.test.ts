import { describe, expect, it } from 'vitest'

import { type ClusterFacts, type CredentialReading, names } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someContent, someFacts } from '../../testing/some-facts'
import { nodeHosts } from './node-hosts'

const kubernetes = (changes: Partial<ClusterFacts> = {}): ClusterFacts =>
  someFacts({
    platform: 'Kubernetes',
    servedGroups: ['', 'apps'],
    serviceAddresses: ['10.0.0.7', 'fd00::7'],
    routeHosts: [],
    ...changes,
  })

const SERVICE = 'image-registry.openshift-image-registry'

const route = (hostname: string) => ({ name: hostname, hostname, secretName: '' })

describe('where nodes reach the registry', () => {
  it('is the first address of the Service, by each of its names', () => {
    expect(nodeHosts(aConfig({ routes: [] }), kubernetes())).toBe(
      [
        `${SERVICE}.svc:5000=https://10.0.0.7:5000`,
        `${SERVICE}.svc.cluster.local:5000=https://10.0.0.7:5000`,
        `${SERVICE}:5000=https://10.0.0.7:5000`,
        '',
      ].join('\n'),
    )
    const facts = kubernetes({ serviceAddresses: ['fd00::7'] })
    expect(nodeHosts(aConfig(), facts)).toContain(`${SERVICE}.svc:5000=https://[fd00::7]:5000\n`)
  })

  it('is each host name outside, itself; what is none is left out', () => {
    const routes = ['Z.example.com', 'a=b', '*.example.com', 'x\ny=https://evil'].map(route)
    const facts = kubernetes({ serviceAddresses: [] })
    expect(nodeHosts(aConfig({ routes }), facts)).toBe('z.example.com=https://z.example.com\n')
  })

  it('is no address that a certificate of the user’s is not for', () => {
    const reading = (...hosts: ReadonlyArray<string>): CredentialReading => ({
      ...{ _tag: 'Certificate', pem: '', names: hosts, fits: true },
      ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' },
    })
    const withCertificate = (...hosts: ReadonlyArray<string>) =>
      kubernetes({
        certificates: { serving: { ours: false, issue: 0 }, foreignRequest: false },
        contents: [
          {
            ...someContent('Secret', names.SERVING_CERTIFICATE_SECRET, {}),
            readings: { 'tls.crt': reading(...hosts) },
          },
        ],
      })
    expect(nodeHosts(aConfig(), withCertificate(`${SERVICE}.svc`))).toBe('')
    expect(nodeHosts(aConfig(), withCertificate('fd00::7'))).toContain('=https://[fd00::7]:5000\n')
  })
})
