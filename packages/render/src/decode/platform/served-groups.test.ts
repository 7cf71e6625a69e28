import { expect, it } from 'vitest'

import type { JsonObject } from '../../model'
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
