import type { GcsConnection, JsonObject, StoragePart } from '@image-registry-operator/render/model'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import { foundBucket } from './bucket-metadata'
import { bucketPatch, METADATA_SETTINGS, newBucket } from './bucket-patch'

const CONNECTION: GcsConnection = {
  _tag: 'Gcs',
  projectId: 'project',
  location: 'us-central1',
  kmsKey: '',
}
const KEY = 'projects/p/locations/l/keyRings/r/cryptoKeys/k'

const PART: StoragePart = {
  kind: 'bucket',
  name: 'images',
  marks: { 'imageregistry-operator-config-uid': 'uid-1' },
  formerMarks: {},
  isGeneratedName: true,
  holdsImages: true,
  settings: [
    { name: 'Labeled', wanted: { 'kubernetes-io-cluster-c': 'owned', team: 'a' } },
    { name: 'Encrypted', wanted: { defaultKmsKeyName: KEY } },
    { name: 'UniformAccess', wanted: { enabled: true } },
    { name: 'PublicAccessBlocked', wanted: { publicAccessPrevention: 'enforced' } },
    { name: 'IncompleteUploadCleanupEnabled', wanted: [{ days: 1 }] },
  ],
}

const ABORT_AFTER_A_DAY = {
  action: { type: 'AbortIncompleteMultipartUpload' },
  condition: { age: 1 },
}

const setting = (name: string) => {
  const found = PART.settings.find((one) => one.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

describe('a new bucket', () => {
  it('has its marks and all its settings from the start', () => {
    expect(newBucket(CONNECTION, PART)).toEqual({
      name: 'images',
      location: 'us-central1',
      labels: {
        'imageregistry-operator-config-uid': 'uid-1',
        'kubernetes-io-cluster-c': 'owned',
        team: 'a',
      },
      encryption: { defaultKmsKeyName: KEY },
      iamConfiguration: {
        uniformBucketLevelAccess: { enabled: true },
        publicAccessPrevention: 'enforced',
      },
      lifecycle: { rule: [ABORT_AFTER_A_DAY] },
    })
  })

  it('is just a name with a mark when nothing else is wanted', () => {
    expect(newBucket({ ...CONNECTION, location: '' }, { ...PART, settings: [] })).toEqual({
      name: 'images',
      labels: PART.marks,
    })
  })

  it('encrypts with the key of the connection', () => {
    const bucket = newBucket({ ...CONNECTION, kmsKey: KEY }, { ...PART, settings: [] })
    expect(bucket['encryption']).toEqual({ defaultKmsKeyName: KEY })
  })

  it('carries our mark, whatever labels a user asks for', () => {
    const wanted = { 'imageregistry-operator-config-uid': 'somebody' }
    const bucket = newBucket(CONNECTION, { ...PART, settings: [{ name: 'Labeled', wanted }] })
    expect(bucket['labels']).toEqual(PART.marks)
  })

  it('is found to be as wanted', () => {
    const bucket = newBucket(CONNECTION, PART)
    expect(PART.settings.map((one) => bucketPatch(one, bucket))).toEqual(
      PART.settings.map(() => O.some({})),
    )
    const found = foundBucket(bucket)
    expect(found).toMatchObject({ marks: PART.marks, details: { location: 'us-central1' } })
    expect(found._tag === 'Present' && Object.keys(found.settings ?? {}).sort()).toEqual(
      [...METADATA_SETTINGS].sort(),
    )
  })
})

describe('a bucket is put right', () => {
  const OTHERS = { action: { type: 'Delete' }, condition: { age: 30, matchesPrefix: ['tmp/'] } }
  it.each<[string, JsonObject, JsonObject]>([
    [
      'Labeled',
      { labels: { team: 'b', cost: '7' } },
      { labels: { 'kubernetes-io-cluster-c': 'owned', team: 'a' } },
    ],
    ['Encrypted', {}, { encryption: { defaultKmsKeyName: KEY } }],
    [
      'UniformAccess',
      { iamConfiguration: { uniformBucketLevelAccess: { enabled: false } } },
      { iamConfiguration: { uniformBucketLevelAccess: { enabled: true } } },
    ],
    ['PublicAccessBlocked', {}, { iamConfiguration: { publicAccessPrevention: 'enforced' } }],
    [
      'IncompleteUploadCleanupEnabled',
      { lifecycle: { rule: [OTHERS] } },
      { lifecycle: { rule: [OTHERS, ABORT_AFTER_A_DAY] } },
    ],
  ])('in %s, and nothing else is sent', (name, bucket, patch) => {
    expect(bucketPatch(setting(name), bucket)).toEqual(O.some(patch))
  })

  it('also if there is a rule for some of the uploads only', () => {
    const some = { ...ABORT_AFTER_A_DAY, condition: { age: 1, matchesPrefix: ['tmp/'] } }
    const patch = bucketPatch(setting('IncompleteUploadCleanupEnabled'), {
      lifecycle: { rule: [some] },
    })
    expect(patch).toEqual(O.some({ lifecycle: { rule: [some, ABORT_AFTER_A_DAY] } }))
  })

  it('in nothing that buckets do not have', () => {
    expect(bucketPatch({ name: 'NetworkAccess', wanted: {} }, {})).toEqual(O.none)
  })
})

describe('a bucket that says nothing of itself', () => {
  it('has no labels, no key, no uniform access and no rules', () => {
    const found = (value: JsonObject | ReadonlyArray<never>) => ({ _tag: 'Found', value })
    expect(foundBucket({})).toEqual({
      _tag: 'Present',
      marks: {},
      settings: {
        Labeled: found({}),
        Encrypted: found({}),
        UniformAccess: found({ enabled: false }),
        PublicAccessBlocked: found({ publicAccessPrevention: 'inherited' }),
        IncompleteUploadCleanupEnabled: found([]),
      },
      details: { location: '' },
    })
  })
})
