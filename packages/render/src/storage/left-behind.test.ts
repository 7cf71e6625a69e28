import { expect, it } from 'vitest'

import type { Config, Storage } from '../model'
import { aConfig } from '../testing/a-config'
import { anS3Bucket } from '../testing/some-storage'
import { leavingStorage } from './leaving-storage'
import { leftBehind } from './left-behind'

const A = anS3Bucket({ bucket: 'a' })
const B = anS3Bucket({ bucket: 'b' })
const CLAIM: Storage = { _tag: 'Pvc', claim: 'c', origin: 'named' }
const EMPTY: Storage = { _tag: 'EmptyDir' }

it.each<readonly [string, Partial<Config>, string | undefined]>([
  [
    'the same bucket, in another region',
    { recordedStorage: { ...A, region: 'x' }, storage: A },
    undefined,
  ],
  ['another bucket', { recordedStorage: A, storage: B }, 's3/a'],
  ['a claim', { recordedStorage: A, storage: CLAIM }, 's3/a'],
  ['a bucket after a claim', { recordedStorage: CLAIM, storage: A }, 'pvc/c'],
  ['a bucket after an emptyDir', { recordedStorage: EMPTY, storage: A }, undefined],
  ['the first storage', { storage: A }, undefined],
  [
    'a registry that goes',
    { recordedStorage: A, storage: B, managementState: 'Removed' },
    undefined,
  ],
])('of %s this is left behind: %3$s', (_, changes, expected) => {
  expect(leftBehind(aConfig(changes))).toBe(expected)
})

const making = (place: string) => ({
  storageConsents: { recreate: '', confirmed: '', making: place },
})

it.each<readonly [string, Partial<Config>, Storage | undefined]>([
  ['the storage that was in use', { recordedStorage: A, storage: B, ...making('s3/b') }, A],
  ['that which was being made', { storage: B, ...making('s3/b') }, B],
  [
    'that which was being made after a claim',
    { recordedStorage: CLAIM, storage: B, ...making('s3/b') },
    B,
  ],
  ['nothing that nobody began to make', { storage: B, ...making('s3/a') }, undefined],
  ['no claim: that is an object', { recordedStorage: CLAIM, storage: CLAIM }, undefined],
])('with the registry goes %s', (_, changes, expected) => {
  expect(leavingStorage(aConfig(changes))).toEqual(expected)
})
