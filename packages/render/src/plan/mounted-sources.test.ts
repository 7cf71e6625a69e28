import { describe, expect, it } from 'vitest'

import type { ContentDigests, JsonObject } from '../model'
import { aDeployment } from '../testing/status-fixtures'
import { hasMountedSources } from './mounted-sources'

const content = (
  kind: ContentDigests['kind'],
  name: string,
  entries: ContentDigests['entries'] = {},
): ContentDigests => ({ kind, namespace: 'openshift-image-registry', name, entries })

const FACTS = {
  contents: [
    content('Secret', 'tls'),
    content('ConfigMap', 'bundle', { 'ca.crt': 'sha256:0' }),
    content('ConfigMap', 'kept-without-its-data'),
  ],
  claims: [{ name: 'images', accessModes: [], ours: true }],
}

const starts = (...volumes: ReadonlyArray<JsonObject>): boolean =>
  hasMountedSources(
    { ...aDeployment(), spec: { template: { spec: { volumes: [...volumes] } } } },
    FACTS,
  )

describe('a new pod', () => {
  it.each<readonly [string, JsonObject]>([
    ['a Secret that is there', { secret: { secretName: 'tls' } }],
    ['a Secret that may be missing', { secret: { secretName: 'none', optional: true } }],
    ['an entry that is there', { configMap: { name: 'bundle', items: [{ key: 'ca.crt' }] } }],
    [
      'an entry of which nothing is known',
      { configMap: { name: 'kept-without-its-data', items: [{ key: 'a' }] } },
    ],
    ['a claim', { persistentVolumeClaim: { claimName: 'images' } }],
    [
      'several in one',
      { projected: { sources: [{ secret: { name: 'tls' } }, { configMap: { name: 'bundle' } }] } },
    ],
    ['a folder of its own', { emptyDir: {} }],
  ])('finds %s', (_name, volume) => {
    expect(starts(volume)).toBe(true)
  })

  it.each<readonly [string, JsonObject]>([
    ['a Secret', { secret: { secretName: 'none' } }],
    ['a ConfigMap', { configMap: { name: 'none' } }],
    ['an entry', { configMap: { name: 'bundle', items: [{ key: 'gone' }] } }],
    ['a claim', { persistentVolumeClaim: { claimName: 'none' } }],
    [
      'one of several',
      { projected: { sources: [{ secret: { name: 'tls' } }, { secret: { name: 'none' } }] } },
    ],
  ])('does not start without %s', (_name, volume) => {
    expect(starts({ emptyDir: {} }, volume)).toBe(false)
  })

  it('starts without volumes', () => {
    expect(starts()).toBe(true)
  })
})
