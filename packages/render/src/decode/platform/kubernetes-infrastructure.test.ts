import { describe, expect, it } from 'vitest'

import type { JsonObject, KubeObject } from '../../model'
import { kubernetesInfrastructure } from './kubernetes-infrastructure'
import { foreignReadings } from '../readings'

const node = (name: string, region = ''): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    ...(region === '' ? {} : { labels: { 'topology.kubernetes.io/region': region } }),
  },
})

const NAMESPACE: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'kube-system', uid: '0A1B2C3D-4e5f-4000-8000-000000000000' },
}

const machine = (content: JsonObject, name = 'cluster'): KubeObject => ({
  apiVersion: 'image-registry-operator/v1',
  kind: 'Machine',
  metadata: { name },
  ...content,
})

const on = (
  providerID: string,
  nodes: ReadonlyArray<KubeObject> = [node('a'), node('b')],
  firstNamespace: KubeObject = NAMESPACE,
) => {
  const { machines } = foreignReadings([machine({ spec: { providerID } })])
  return kubernetesInfrastructure({ machines, nodes, firstNamespace })
}

const unread = (machines: ReadonlyArray<KubeObject>, nodes: ReadonlyArray<KubeObject>) =>
  kubernetesInfrastructure({ machines: foreignReadings(machines).machines, nodes }).unread

describe('what plain Kubernetes runs on', () => {
  it('is said by the machine of one of its nodes', () => {
    expect(on('aws:///eu-west-1a/i-0')).toEqual({
      platformType: 'AWS',
      infrastructureName: 'k0a1b2c3d4e5f',
      singleReplicaInfrastructure: false,
      objectStore: 'unknown',
      region: 'eu-west-1',
    })
  })

  it('has the region that its nodes say, if it is a cloud', () => {
    expect(on('azure:///x', [node('a'), node('b', 'westeurope')]).region).toBe('westeurope')
    expect(on('aws:///eu-west-1a/i-0', [node('a', 'eu-central-1')]).region).toBe('eu-central-1')
    expect(on('kind://docker/kind/a', [node('a', 'rack-1')])).not.toHaveProperty('region')
  })

  it('is one node where there is one', () => {
    expect(on('', [node('a')]).singleReplicaInfrastructure).toBe(true)
    expect(on('', []).singleReplicaInfrastructure).toBe(false)
  })

  it('is called nothing as long as its first namespace has no uid', () => {
    const nameless = { ...NAMESPACE, metadata: { name: 'kube-system' } }
    expect(on('', [], nameless).infrastructureName).toBe('')
    expect(kubernetesInfrastructure({ machines: [], nodes: [] }).infrastructureName).toBe('')
  })

  it('is not known before a node has been read: rather one that its cloud has taken in', () => {
    expect(unread([], [node('a'), node('b')])).toEqual({ node: 'a' })
    expect(unread([], [node('a'), node('b', 'eu')])).toEqual({ node: 'b' })
    expect(unread([], [])).toEqual({})
    expect(unread([machine({ spec: { providerID: 'aws://' } }, 'other')], [])).toEqual({})
    expect(unread([machine({ status: { message: 'forbidden' } })], [node('a')])).toEqual({
      node: 'a',
      problem: 'forbidden',
    })
  })
})
