import { describe, expect, it } from 'vitest'

import type { Config } from '../../model'
import { aConfig } from '../../testing/a-config'
import { deploymentPod } from '../../testing/deployment-pod'
import { someFacts } from '../../testing/some-facts'

const podOn = (platform: 'OpenShift' | 'Kubernetes', changes: Partial<Config> = {}) =>
  deploymentPod(aConfig(changes), someFacts({ platform }))

const variables = (pod: ReturnType<typeof podOn>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(pod.container.env.map(({ name, value }) => [name, value]))

describe('the registry of the distribution project', () => {
  const tls = { minVersion: 'VersionTLS12', cipherSuites: ['TLS_A', 'TLS_B'] }
  const requests = { read: { maxRunning: 3, maxInQueue: 0, maxWaitInQueueNs: 0n } }

  it('is told nothing that only OpenShift understands', () => {
    const config = aConfig()
    const pod = podOn('Kubernetes', { requests: { ...config.requests, ...requests } })
    expect(Object.keys(variables(pod)).filter((name) => name.includes('OPENSHIFT'))).toEqual([])
    expect(Object.keys(variables(podOn('OpenShift')))).toContain('REGISTRY_OPENSHIFT_SERVER_ADDR')
  })

  it('is told the versions and ciphers of TLS in its own words', () => {
    expect(variables(podOn('Kubernetes', { tls }))).toMatchObject({
      REGISTRY_HTTP_TLS_MINIMUMTLS: 'tls1.2',
      REGISTRY_HTTP_TLS_CIPHERSUITES: '[TLS_A, TLS_B]',
    })
    expect(variables(podOn('OpenShift', { tls }))).toMatchObject({
      REGISTRY_HTTP_TLS_MINVERSION: 'VersionTLS12',
      OPENSHIFT_REGISTRY_HTTP_TLS_CIPHERSUITES: 'TLS_A,TLS_B',
    })
  })

  it('needs no program in its image but itself, and no access to the API of the cluster', () => {
    const { spec, container } = podOn('Kubernetes')
    expect(container['lifecycle']).toEqual({ preStop: { sleep: { seconds: 25 } } })
    expect(spec['automountServiceAccountToken']).toBe(false)
  })

  it('ends what is under way in the time that its pod has left, as that of OpenShift does unasked', () => {
    const pod = podOn('Kubernetes')
    expect(variables(pod)).toMatchObject({ REGISTRY_HTTP_DRAINTIMEOUT: '29s' })
    expect(pod.spec['terminationGracePeriodSeconds']).toBeGreaterThan(25 + 29)
    expect(variables(podOn('OpenShift'))).not.toHaveProperty('REGISTRY_HTTP_DRAINTIMEOUT')
  })
})

describe('on plain Kubernetes', () => {
  it('pods pass the Pod Security Standard "restricted"', () => {
    const { spec, container } = podOn('Kubernetes')
    expect(spec['securityContext']).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(container['securityContext']).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    })
  })

  it('nobody asks a controller of OpenShift for anything', () => {
    expect(JSON.stringify(podOn('Kubernetes').annotations)).not.toContain('openshift.io/required')
    expect(JSON.stringify(podOn('OpenShift').annotations)).toContain('openshift.io/required')
  })
})
