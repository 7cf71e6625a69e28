import { describe, expect, it } from 'vitest'

import { accountName, letteredName, plainBucketName } from '../decode/generated-names'
import { hasAccountForm, hasGeneratedForm } from './generated-form'

const CLUSTERS = ['demo-7xk2p', 'a', 'MY--Cluster', 'x'.repeat(27), 'y'.repeat(38), 'z'.repeat(48)]

describe('a name that nobody chooses', () => {
  it.each(CLUSTERS)('is recognized for the cluster %s, however it was made', (cluster) => {
    ;['', 'us-east-1'].forEach((extra) => {
      expect(hasGeneratedForm(plainBucketName(cluster, extra), cluster, extra)).toBe(true)
      expect(hasGeneratedForm(letteredName(cluster, extra, 'seed'), cluster, extra)).toBe(true)
    })
    expect(hasAccountForm(accountName(cluster, 'seed'), cluster)).toBe(true)
  })

  it.each([
    'images',
    '',
    'demo-7xk2p-image-registry-us-east-1-and-more',
    'demo-7xk2p-image-registry-us-east-1-abcdefghijklmnopqrstuvwxyz',
    'other-7xk2p-image-registry-us-east-1',
  ])('is not %j', (name) => {
    expect(hasGeneratedForm(name, 'demo-7xk2p', 'us-east-1')).toBe(false)
  })

  it('is none where the cluster has no name', () => {
    expect(hasGeneratedForm('image-registry-us-east-1', '', 'us-east-1')).toBe(false)
    expect(hasAccountForm('imageregistrybcdfg', '')).toBe(false)
    expect(hasAccountForm('imageregistrydemoaeiou', 'demo')).toBe(false)
  })
})
