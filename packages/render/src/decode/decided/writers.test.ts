import { expect, it } from 'vitest'

import { writers } from './writers'

const config = (annotations?: { readonly [name: string]: string }, name = 'cluster') => ({
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name, ...(annotations === undefined ? {} : { annotations }) },
})

const PREFIX = 'imageregistry.operator.openshift.io'

it('is remembered by the Config, and said on it', () => {
  const annotations = {
    [`${PREFIX}/storage-written-by`]: 'azure/a/b=openshift, azure/c/d=distribution-3.1',
    [`${PREFIX}/storage-layout-of`]: 'azure/a/b=distribution-3.0',
  }
  expect(writers([config(annotations)])).toEqual({
    remembered: {
      'azure/a/b': { _tag: 'OpenShift' },
      'azure/c/d': { _tag: 'Distribution', version: [3, 1] },
    },
    said: { 'azure/a/b': { _tag: 'Distribution', version: [3, 0] } },
  })
})

it('is nothing where it cannot be read', () => {
  const nothing = { remembered: {}, said: {} }
  expect(writers([])).toEqual(nothing)
  expect(writers([config()])).toEqual(nothing)
  const text = 'azure/a/b,=openshift,azure/c/d=other,,'
  expect(writers([config({ [`${PREFIX}/storage-written-by`]: text })])).toEqual(nothing)
  const other = config({ [`${PREFIX}/storage-written-by`]: 'azure/a/b=openshift' }, 'other')
  expect(writers([other])).toEqual(nothing)
})
