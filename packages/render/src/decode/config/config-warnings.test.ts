import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import { someFacts } from '../../testing/some-facts'

import { configWarnings } from './config-warnings'
import { decodeConfig } from './decode-config'

/** The resource that a workshop of 2019 shows, as a user would take it from there. */
const OLD_SAMPLE = {
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: {
    creationTimestamp: '2019-10-28T09:07:09Z',
    finalizers: ['imageregistry.operator.openshift.io/finalizer'],
    generation: 3,
    name: 'cluster',
    resourceVersion: '16463',
    selfLink: '/apis/imageregistry.operator.openshift.io/v1/configs/cluster',
    uid: '52880e6b-f962-11e9-8995-12a861d1434e',
  },
  spec: {
    defaultRoute: true,
    httpSecret: '0c394aabee8e6a9ef8aa2c927c8f8c48',
    logging: 2,
    managementState: 'Managed',
    proxy: { http: '', https: '', noProxy: '' },
    readOnly: false,
    replicas: 1,
    requests: {
      read: { maxInQueue: 0, maxRunning: 0, maxWaitInQueue: '0s' },
      write: { maxInQueue: 0, maxRunning: 0, maxWaitInQueue: '0s' },
    },
    storage: {
      s3: {
        bucket: 'cluster-ocs-f562-9d4rh-image-registry-us-east-1-rjqkgcsxlotmwm',
        encrypt: true,
        keyID: '',
        region: 'us-east-1',
        regionEndpoint: '',
      },
    },
  },
  status: {
    conditions: [{ type: 'StorageExists', status: 'True', reason: 'S3 Bucket Exists' }],
    observedGeneration: 3,
    somethingElse: 1,
  },
}

const onClaim = {
  ...OLD_SAMPLE,
  spec: { ...OLD_SAMPLE.spec, storage: { pvc: { claim: 'ocs4registry' } } },
}

const plain = someFacts({ platform: 'Kubernetes' })

const paths = (found: ReadonlyArray<{ readonly path: string }>) => found.map(({ path }) => path)

describe('what is said about a Config in a file', () => {
  test('that the old sample is good', () => {
    expect(decodeConfig(OLD_SAMPLE, plain)).toMatchObject(
      E.right({ storage: { _tag: 'S3', region: 'us-east-1', encrypt: true } }),
    )
    expect(E.isRight(decodeConfig(onClaim, plain))).toBe(true)
  })

  test('names everything in the old sample that has no effect any more', () => {
    expect(paths(configWarnings(onClaim, 'written'))).toEqual([
      'status',
      'metadata.creationTimestamp',
      'metadata.generation',
      'metadata.resourceVersion',
      'metadata.selfLink',
      'metadata.uid',
      'spec.logging',
    ])
  })

  test('does not wonder at what a cluster adds to what is copied from it', () => {
    expect(paths(configWarnings(onClaim, 'copied'))).toEqual(['metadata.selfLink', 'spec.logging'])
  })

  test('names unknown fields beside the spec, with what was probably meant', () => {
    const warnings = configWarnings(
      { ...onClaim, metadata: { name: 'cluster', label: {} }, specs: {} },
      'written',
    )
    expect(warnings).toContainEqual({
      path: 'specs',
      message: 'is not a field that exists, and is ignored',
      remedy: 'did you mean spec? Rename or remove it',
    })
    expect(warnings).toContainEqual({
      path: 'metadata.label',
      message: 'is not a field that exists, and is ignored',
      remedy: 'did you mean labels? Rename or remove it',
    })
  })

  test('warns of what would be refused if the registry were Managed', () => {
    const spec = { ...onClaim.spec, managementState: 'Removed', replicas: -1 }
    expect(E.isRight(decodeConfig({ ...onClaim, spec }, plain))).toBe(true)
    expect(paths(configWarnings({ ...onClaim, spec }, 'written'))).toContain('spec.replicas')
  })

  test('warns of several pods that each keep their own images', () => {
    const config = (replicas: number, managementState = 'Managed') => ({
      ...onClaim,
      spec: { managementState, replicas, storage: { emptyDir: {} } },
    })
    expect(paths(configWarnings(config(2), 'copied'))).toContain('spec.storage.emptyDir')
    expect(paths(configWarnings(config(1), 'copied'))).not.toContain('spec.storage.emptyDir')
    expect(paths(configWarnings(config(2, 'Removed'), 'copied'))).not.toContain(
      'spec.storage.emptyDir',
    )
  })
})
