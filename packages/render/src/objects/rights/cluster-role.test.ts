import { expect, it } from 'vitest'

import { clusterRole } from './cluster-role'

it('D19: the registry may get, update and create images', () => {
  expect(clusterRole['rules']).toContainEqual({
    apiGroups: ['image.openshift.io'],
    resources: ['images'],
    verbs: ['get', 'update', 'create'],
  })
})
