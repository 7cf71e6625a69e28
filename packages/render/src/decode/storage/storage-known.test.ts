import { expect, it } from 'vitest'

import type { JsonObject, KubeObject } from '../../model'
import { names } from '../../model'
import { storageKnown } from './storage-known'

const storage = (status: JsonObject): KubeObject => ({
  apiVersion: names.SEEN_API_VERSION,
  kind: 'Storage',
  metadata: { name: names.SINGLETON_NAME },
  status,
})

const FACTS = { target: 't', place: 's3/a', keys: {}, troubles: [] }

it('nobody looks where no driver says anything', () => {
  expect(storageKnown([])).toEqual({ _tag: 'Nobody' })
})

it('a look is awaited where the driver says so', () => {
  expect(storageKnown([storage({ awaited: true })])).toEqual({ _tag: 'Awaited' })
})

it('what cannot be read is awaited, because somebody looks', () => {
  const strange = [{}, { ...FACTS, sight: { parts: { bucket: { _tag: 'Gone' } } } }]
  strange.forEach((status) => {
    expect(storageKnown([storage(status)])).toEqual({ _tag: 'Awaited' })
  })
})

it('what was seen is known as it was seen', () => {
  const error = {
    _tag: 'StorageThrottled',
    backend: 'S3',
    operation: 'HeadBucket',
    code: 'SlowDown',
    message: '',
    retryAfterMs: 1000,
  }
  const seen = {
    ...FACTS,
    sight: {
      parts: {
        account: { _tag: 'Unseen', error },
        container: { _tag: 'Absent' },
        bucket: {
          _tag: 'Present',
          marks: { a: 'b' },
          isEmpty: true,
          settings: {
            Tagged: { _tag: 'Found', value: null },
            Encrypted: { _tag: 'NotSeen', error },
          },
          details: { crn: 'c' },
        },
      },
      contents: { objects: 1, bytes: 2, isWhole: true },
    },
    troubles: [{ verb: 'ensure', part: 'bucket', setting: 'Tagged', error }],
    work: { verb: 'remove', step: 'empty bucket', removedObjects: 3 },
  }
  expect(storageKnown([storage(seen)])).toEqual({ _tag: 'Looked', ...seen })
})
