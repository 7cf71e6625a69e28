import { expect, test } from 'vitest'

import type { LifecycleRule } from './s3-client'
import {
  fromEncryption,
  fromLifecycle,
  fromPublicAccessBlock,
  tagsOf,
  toEncryption,
  toPublicAccessBlock,
  withCleanup,
} from './setting-shapes'

const CLOSED = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
}

test('what is wanted of public access is found again as it was wanted', () => {
  expect(fromPublicAccessBlock(toPublicAccessBlock(CLOSED))).toEqual(CLOSED)
  expect(fromPublicAccessBlock({})).toEqual(toFalse(CLOSED))
})

const toFalse = (value: object): object =>
  Object.fromEntries(Object.keys(value).map((name) => [name, false]))

test.each([
  { algorithm: 'AES256', bucketKey: true },
  { algorithm: 'aws:kms', bucketKey: true, keyId: 'arn:aws:kms:eu-central-1:1:key/k' },
])('what is wanted of encryption is found again as it was wanted: %j', (wanted) => {
  expect(fromEncryption([toEncryption(wanted)])).toEqual(wanted)
})

test('a service that knows no bucket keys is not asked for them for ever', () => {
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }
  expect(fromEncryption([rule])).toEqual({ algorithm: 'AES256', bucketKey: true })
  expect(fromEncryption([{ ...rule, BucketKeyEnabled: false }])).toMatchObject({ bucketKey: false })
})

test('without a rule nothing is encrypted', () => {
  expect(fromEncryption([])).toEqual({})
  expect(fromEncryption([{}])).toEqual({})
})

const abort = (change: Partial<LifecycleRule>): LifecycleRule => ({
  Status: 'Enabled',
  Filter: { Prefix: '' },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 },
  ...change,
})

test('only rules that are on and for everything count', () => {
  const rules = [
    abort({}),
    abort({ Filter: undefined, Prefix: '' }),
    abort({ Status: 'Disabled' }),
    abort({ Filter: { Prefix: 'logs/' } }),
    abort({ Filter: undefined, Prefix: 'logs/' }),
    abort({ Filter: { Tag: { Key: 'a', Value: 'b' } } }),
    abort({ Filter: { And: { Prefix: '', Tags: [] } } }),
    abort({ AbortIncompleteMultipartUpload: undefined }),
  ]
  expect(fromLifecycle(rules)).toEqual([{ days: 3 }, { days: 3 }])
})

test('the rule is added to those of others, and takes the place of its former self', () => {
  const other: LifecycleRule = { ID: 'other', Status: 'Enabled', Expiration: { Days: 9 } }
  const once = withCleanup([other], [{ days: 1 }])
  expect(once[0]).toBe(other)
  expect(fromLifecycle(once)).toEqual([{ days: 1 }])
  expect(withCleanup(once, [{ days: 1 }])).toEqual(once)
  expect(once[1]?.ID).toBe('cleanup-incomplete-multipart-registry-uploads')
})

test('tags are texts', () => {
  expect(tagsOf({ a: 'b', c: 1 })).toEqual({ a: 'b', c: '' })
  expect(tagsOf(null)).toEqual({})
})
