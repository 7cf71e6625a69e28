import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { Config, PartSight, Storage, StorageKnown } from '../model'
import { aConfig } from '../testing/a-config'
import { someFacts } from '../testing/some-facts'
import { anS3Bucket } from '../testing/some-storage'
import { movingStorage } from './moving-storage'
import { storageWarnings } from './storage-warnings'

const BUCKET = anS3Bucket({ bucket: 'b' })
const CLAIM: Storage = { _tag: 'Pvc', claim: 'c', origin: 'default' }
const THEIRS: Storage = { _tag: 'Pvc', claim: 'theirs', origin: 'named' }
const EMPTY: Storage = { _tag: 'EmptyDir' }

const seen = (bucket: PartSight): StorageKnown => ({
  _tag: 'Looked',
  target: 't',
  place: 's3/b',
  sight: { parts: { bucket } },
  troubles: [],
  keys: {},
})

const PRESENT = seen({ _tag: 'Present', marks: {}, settings: {} } as PartSight)
const ABSENT = seen({ _tag: 'Absent' })

const texts = (
  changes: Partial<Config>,
  storage: StorageKnown = { _tag: 'Nobody' },
  claims: ReadonlyArray<string> = [],
): ReadonlyArray<string> =>
  movingStorage(aConfig(changes), {
    storage,
    claims: claims.map((name) => ({ name, accessModes: ['ReadWriteOnce'], ours: true })),
  }).map(({ message }) => message)

describe('of the images in the former storage', () => {
  it.each<readonly [string, Storage, Storage, string]>([
    [
      'a claim',
      CLAIM,
      BUCKET,
      'the images in pvc/c stay behind: they are not copied, and pvc/c is not deleted, now or with the registry',
    ],
    [
      'a bucket',
      BUCKET,
      CLAIM,
      'the images in s3/b stay behind: they are not copied, and s3/b is not deleted, now or with the registry',
    ],
    [
      'an emptyDir',
      EMPTY,
      CLAIM,
      'the images in emptyDir are not copied, and are lost: they go with the pods that they are in',
    ],
  ])('%s', (_, recordedStorage, storage, expected) => {
    expect(texts({ recordedStorage, storage })[0]).toBe(expected)
  })

  it.each<readonly [string, Partial<Config>]>([
    ['when there was none', { storage: BUCKET }],
    ['when it is the same', { recordedStorage: { ...BUCKET, region: 'x' }, storage: BUCKET }],
    ['when it is on the node as ever', { recordedStorage: EMPTY, storage: EMPTY }],
    [
      'when the registry goes',
      { recordedStorage: CLAIM, storage: BUCKET, managementState: 'Removed' },
    ],
  ])('nothing %s', (_, changes) => {
    expect(texts(changes)).toEqual([])
  })
})

describe('of the new storage', () => {
  const into = (
    storage: Storage,
    known?: StorageKnown,
    claims?: ReadonlyArray<string>,
    changes: Partial<Config> = {},
  ): string | undefined =>
    texts(
      { recordedStorage: anS3Bucket({ bucket: 'former' }), storage, ...changes },
      known,
      claims,
    )[1]

  it.each<readonly [string, string | undefined, string]>([
    [
      'a claim that is there',
      into(CLAIM, undefined, ['c']),
      'the registry begins with the images that are in pvc/c',
    ],
    [
      'a claim that is not there yet',
      into(CLAIM),
      'the registry begins empty: pvc/c is not there yet, and will be made',
    ],
    [
      'a claim that somebody has still to make',
      into(THEIRS, undefined, ['c']),
      'pvc/theirs is not there, and will not be made',
    ],
    [
      'a bucket that is there',
      into(BUCKET, PRESENT),
      'the registry begins with the images that are in s3/b',
    ],
    [
      'a bucket that is not there yet',
      into(BUCKET, ABSENT),
      'the registry begins empty: s3/b is not there yet, and will be made',
    ],
    [
      'a bucket that somebody has still to make',
      into(BUCKET, ABSENT, [], { storageManagement: 'Unmanaged' }),
      's3/b is not there, and will not be made',
    ],
    [
      'a bucket that nobody has looked at',
      into(BUCKET),
      'the registry begins with what is in s3/b, which nobody has looked at',
    ],
    [
      'an emptyDir',
      into(EMPTY),
      'the registry begins empty: images in emptyDir last no longer than the pod that they are in',
    ],
  ])('%s', (_, said, expected) => {
    expect(said).toBe(expected)
  })
})

it('is told of a plan', () => {
  const config = aConfig({ recordedStorage: CLAIM, storage: EMPTY })
  expect(storageWarnings({ config: E.right(config), facts: someFacts() })).toHaveLength(2)
  expect(storageWarnings({ config: E.left({ _tag: 'NoConfig' }), facts: someFacts() })).toEqual([])
})
