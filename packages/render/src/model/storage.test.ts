import { expect, test } from 'vitest'

import {
  aGcsBucket,
  anAzureContainer,
  anIbmBucket,
  anS3Bucket,
  aSwiftContainer,
} from '../testing/some-storage'
import type { Storage } from './storage'
import { storageFields } from './storage'

test.each<readonly [Storage, object]>([
  [{ _tag: 'EmptyDir' }, { emptyDir: {} }],
  [{ _tag: 'Pvc', claim: 'mine', origin: 'named' }, { pvc: { claim: 'mine' } }],
  [anS3Bucket(), { s3: { bucket: 'images' } }],
  [aGcsBucket(), { gcs: { bucket: 'images' } }],
  [anAzureContainer(), { azure: { accountName: 'account', container: 'images' } }],
  [aSwiftContainer(), { swift: { container: 'images' } }],
  [anIbmBucket(), { ibmcos: { bucket: 'images' } }],
])('a storage is said as the Config says it: %#', (storage, fields) => {
  expect(storageFields(storage)).toEqual(fields)
})
