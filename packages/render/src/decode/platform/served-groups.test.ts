import { expect, it } from 'vitest'

import type { JsonObject, KubeObject } from '../../model'
import { platformOf, servedGroups } from './served-groups'

const discovery = (...resources: ReadonlyArray<string>): JsonObject => ({
  items: [
    { metadata: { name: 'apps' } },
    {
      metadata: { name: 'config.openshift.io' },
      versions: [{ version: 'v1', resources: resources.map((resource) => ({ resource })) }],
    },
  ],
})

const platform = (found: JsonObject) => platformOf(servedGroups([found], [], []).groups, 0)

it('takes a cluster for OpenShift by its Infrastructure, and not by a group that anybody may define', () => {
  expect(platform(discovery('clusterversions', 'infrastructures'))).toBe('OpenShift')
  expect(platform(discovery('clusterversions'))).toBe('Kubernetes')
})

it('takes the group for it where resources are not told', () => {
  expect(platform({ items: [{ metadata: { name: 'config.openshift.io' } }] })).toBe('OpenShift')
  expect(platform({ items: [{ metadata: { name: 'apps' } }] })).toBe('Kubernetes')
})

const APPS = { items: [{ metadata: { name: 'apps' } }] }

const object = (apiVersion: string, kind: string): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'image-registry', namespace: 'openshift-image-registry' },
})

it('serves what there are objects of, whatever one incomplete answer leaves out', () => {
  const certificate = object('cert-manager.io/v1', 'Certificate')
  expect(servedGroups([APPS], [certificate], []).groups).toEqual(['', 'apps', 'cert-manager.io'])
  expect(servedGroups([APPS], [], []).groups).toEqual(['', 'apps'])
})

it('is made OpenShift by no object of a group that anybody may define', () => {
  const mine = object('config.openshift.io/v1', 'ClusterVersion')
  expect(platformOf(servedGroups([APPS], [mine], []).groups, 0)).toBe('Kubernetes')
})

it('tells what we have put into the snapshot ourselves from what is served', () => {
  const storage = object('image-registry-operator/v1', 'Storage')
  expect(servedGroups([APPS], [storage], []).groups).toEqual(['', 'apps'])
})

it('speaks TLS with what is behind Gateways as it did, where an answer leaves their group out', () => {
  const route = object('gateway.networking.k8s.io/v1', 'HTTPRoute')
  const policy = object('gateway.networking.k8s.io/v1', 'BackendTLSPolicy')
  expect(servedGroups([APPS], [route], []).backendTls).toBe(false)
  expect(servedGroups([APPS], [route, policy], []).backendTls).toBe(true)
})
