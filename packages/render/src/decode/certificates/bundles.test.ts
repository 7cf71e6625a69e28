import { expect, it } from 'vitest'

import { someFacts } from '../../testing'
import { decode } from '../decode'

const NS = 'openshift-image-registry'

const configMap = (namespace: string, name: string, content: object = { data: { a: 'b' } }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace, name },
  ...content,
})

const bundlesOf = (...snapshot: ReadonlyArray<unknown>) =>
  decode(snapshot, someFacts().release).facts.bundles

it('has the values of the ConfigMaps with authorities and settings, in order', () => {
  const found = bundlesOf(
    configMap('openshift-config', 'b'),
    configMap('openshift-config-managed', 'kube-cloud-config'),
    configMap(NS, 'serviceca'),
    configMap(NS, 'image-registry-certificates', { data: { x: '1' }, binaryData: { y: 'AA==' } }),
    configMap('openshift-config', 'a', {}),
  )
  expect(found.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
    'openshift-config-managed/kube-cloud-config',
    'openshift-config/a',
    'openshift-config/b',
    `${NS}/image-registry-certificates`,
    `${NS}/serviceca`,
  ])
  expect(found.map(({ data }) => data)).toEqual([
    { a: 'b' },
    {},
    { a: 'b' },
    { x: '1' },
    { a: 'b' },
  ])
  expect(found[3]?.binaryData).toEqual({ y: 'AA==' })
})

it('has no other ConfigMap, and no Secret', () => {
  expect(
    bundlesOf(
      configMap(NS, 'trusted-ca'),
      configMap('openshift-config-managed', 'serviceca'),
      configMap('default', 'kube-cloud-config'),
      { ...configMap('openshift-config', 'pull-secret'), kind: 'Secret' },
    ),
  ).toEqual([])
})
