import { describe, expect, it } from 'vitest'

import { names, WATCHED_KINDS } from '.'

const watches = (kind: string, namespace?: string, name?: string): boolean =>
  WATCHED_KINDS.some(
    (watched) =>
      watched.kind === kind &&
      watched.namespace === namespace &&
      (watched.name === undefined || watched.name === name) &&
      watched.optional === undefined,
  )

describe('a change starts a pass', () => {
  it.each<readonly [what: string, ...place: Parameters<typeof watches>]>([
    ['the Config', 'Config', undefined, 'cluster'],
    ['a node', 'Node'],
    ['the range of groups of the namespace', 'Namespace', undefined, names.REGISTRY_NAMESPACE],
    ['the pull secret of the cluster', 'Secret', 'openshift-config', 'pull-secret'],
    ['a claim', 'PersistentVolumeClaim', names.REGISTRY_NAMESPACE],
    ['the version of the cluster', 'ClusterVersion', undefined, 'version'],
    ['the feature gates', 'FeatureGate', undefined, 'cluster'],
    ['the TLS profile', 'APIServer', undefined, 'cluster'],
    ['the image configuration', 'Image', undefined, 'cluster'],
    ['the platform', 'Infrastructure', undefined, 'cluster'],
    ['the proxy', 'Proxy', undefined, 'cluster'],
    ['whom the user trusts', 'ConfigMap', 'openshift-config', 'any name'],
    ['the endpoints of a cloud', 'ConfigMap', 'openshift-config', 'cloud-provider-config'],
    [
      'the authorities of a cloud',
      'ConfigMap',
      'openshift-config-managed',
      names.CLOUD_CA_CONFIG_MAP,
    ],
    ['a Job', 'Job', names.REGISTRY_NAMESPACE],
  ])('of %s', (_, kind = '', namespace, name) => {
    expect(watches(kind, namespace, name)).toBe(true)
  })

  it('of no other namespace: nothing is read in kube-system', () => {
    expect([...new Set(WATCHED_KINDS.map(({ namespace }) => namespace))]).toEqual([
      undefined,
      'openshift-config',
      'openshift-image-registry',
      'openshift-config-managed',
    ])
  })
})
