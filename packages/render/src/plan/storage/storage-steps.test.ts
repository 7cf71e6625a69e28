import { describe, expect, it } from 'vitest'

import type { RemoveStorage, StoragePart, StorageTarget } from '../../model'
import { objectRef } from '../../model'
import { describeAction } from '../describe-action'
import { storageSteps } from './storage-steps'

const part = (kind: StoragePart['kind'], name: string): StoragePart => ({
  kind,
  name,
  marks: { mark: 'ours' },
  formerMarks: {},
  isGeneratedName: true,
  settings: [],
  holdsImages: kind === 'container',
})

const TARGET: StorageTarget = {
  backend: 'Azure',
  place: 'azure/account/images',
  connection: {
    _tag: 'S3',
    region: '',
    endpoint: '',
    pathStyle: false,
    dualStack: false,
    stsEndpoint: '',
  },
  credentials: { form: 'keys', values: {} },
  authorities: { pem: '', isOnly: false },
  proxy: { http: '', https: '', noProxy: '' },
  parts: [part('account', 'account'), part('container', 'images'), part('private-endpoint', '')],
}

const REF = objectRef('v1', 'Storage', 'cluster')

const removal = (contents?: RemoveStorage['contents']): RemoveStorage => ({
  _tag: 'RemoveStorage',
  ref: REF,
  target: TARGET,
  parts: [
    { part: 'container', marks: {} },
    { part: 'account', marks: {} },
  ],
  because: 'spec.managementState is Removed',
  ...(contents === undefined ? {} : { contents }),
})

describe('what is done outside of the cluster', () => {
  it('is one line for each step, with the name of the thing where it has one', () => {
    expect(
      storageSteps({
        _tag: 'EnsureStorage',
        ref: REF,
        target: TARGET,
        steps: [
          { _tag: 'Create', part: 'account' },
          { _tag: 'Create', part: 'private-endpoint' },
          { _tag: 'Mark', part: 'container' },
          { _tag: 'Set', part: 'account', setting: { name: 'Tagged', wanted: {} } },
        ],
      }),
    ).toEqual([
      'create Azure account account',
      'create Azure private-endpoint',
      'mark Azure container images as ours, which we began to make',
      'set Tagged of Azure account account',
    ])
  })

  it('says why something is removed, and that it is ours', () => {
    expect(describeAction(removal())).toBe(
      'remove Azure container images with everything in it, remove Azure account account: spec.managementState is Removed (ours: it carries our marks)',
    )
  })

  it.each([
    [1, 0, true, '1 object, 0 bytes'],
    [12, 1023, true, '12 objects, 1023 bytes'],
    [12, 1024, true, '12 objects, 1 KiB'],
    [12, 3456, true, '12 objects, 3.38 KiB'],
    [12, 250 * 1024 ** 2 + 5, true, '12 objects, 250 MiB'],
    [100_000, 1.5 * 1024 ** 4, false, 'at least 100000 objects, 1.5 TiB'],
    [1, 1024 ** 7, true, '1 object, 1048576 PiB'],
  ])('says how much is lost, in units for people (%d, %d)', (objects, bytes, isWhole, text) => {
    expect(storageSteps(removal({ objects, bytes, isWhole }))).toEqual([
      `remove Azure container images with ${text}`,
      'remove Azure account account',
    ])
  })
})
