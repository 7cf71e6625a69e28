import { describe, expect, it } from 'vitest'

import {
  accountName,
  hasAccountForm,
  hasGeneratedForm,
  letteredName,
  plainBucketName,
} from './generated-names'

describe('the name of a bucket of S3', () => {
  it.each([
    ['mycluster-7xk2p', 'us-east-1', 'mycluster-7xk2p-image-registry-us-east-1'],
    ['MY--Cluster-7xk2p', 'eu-west-1', 'my-cluster-7xk2p-image-registry-eu-west-1'],
    ['a'.repeat(27), 'ap-southeast-2', `${'a'.repeat(27)}-image-registry-ap-southeast-2`],
    [
      'a-very-long-infrastructure-name-that-exceeds',
      'us-gov-west-1',
      'a-very-long-infrastructure-name-that-exceeds-image-registry-us',
    ],
    [
      'a-very-long-infrastructure-name-that-exceeds-things',
      'us-gov-west-1',
      'a-very-long-infrastructure-name-that-exceeds-things-image-regi',
    ],
    ['x'.repeat(38), 'us-east-1', `${'x'.repeat(38)}-image-registry-us-easts`],
    ['mycluster-7xk2p', '', 'mycluster-7xk2p-image-registry'],
  ])('of %s in %s is the original’s', (cluster, region, name) => {
    expect(plainBucketName(cluster, region)).toBe(name)
  })
})

describe('a name with letters', () => {
  it('has the form of the original’s', () => {
    expect(letteredName('mycluster-7xk2p', 'us-central1', 'seed')).toMatch(
      /^mycluster-7xk2p-image-registry-us-central1-[a-y]{19}$/,
    )
    expect(letteredName('mycluster-7xk2p', '', 'seed')).toMatch(
      /^mycluster-7xk2p-image-registry-[a-y]{31}$/,
    )
  })

  it('is the same for the same seed, and another one for another', () => {
    expect(letteredName('a', '', 'seed')).toBe(letteredName('a', '', 'seed'))
    expect(letteredName('a', '', 'seed')).not.toBe(letteredName('a', '', 'weed'))
  })

  it.each([45, 46, 47, 48, 49, 80])('has 62 characters for a cluster with %i', (length) => {
    const name = letteredName('a'.repeat(length), '', 'seed')
    expect(name).toHaveLength(62)
    expect(name).toMatch(/[a-z]$/)
  })
})

it('the name of an account has the form of the original’s', () => {
  expect(accountName('MyCluster-7xk2p', 'seed')).toMatch(
    /^imageregistrymyclus[bcdfghjklmnpqrstvwxz24-9]{5}$/,
  )
  expect(accountName('', 'seed')).toHaveLength(18)
})

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
