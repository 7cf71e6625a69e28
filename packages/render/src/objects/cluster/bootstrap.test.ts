import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ClusterFacts, InfrastructureFacts, Wishes } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someFacts } from '../../testing/some-facts'
import { bootstrap } from './bootstrap'

const tlsProfile = { minVersion: 'VersionTLS12', cipherSuites: ['TLS_AES_128_GCM_SHA256'] }

const NOTHING: Wishes = {
  config: E.left({ _tag: 'NoConfig' }),
  pruner: E.left({ _tag: 'NoPruner' }),
}

const on = (platformType: string, changes: Partial<InfrastructureFacts> = {}): ClusterFacts =>
  someFacts({
    tlsProfile,
    infrastructure: E.right({
      platformType,
      infrastructureName: 'test-abc12',
      singleReplicaInfrastructure: false,
      objectStore: 'absent',
      ...changes,
    }),
  })

const made = (facts: ClusterFacts, wishes: Wishes = NOTHING) =>
  bootstrap(wishes, facts).flatMap((rendered) => (E.isRight(rendered) ? [rendered.right] : []))

const objectOf = (facts: ClusterFacts, kind: string) =>
  made(facts).find(({ object }) => object.kind === kind)?.object

describe('where there is no Config', () => {
  it('D1: AWS gets a registry of two pods in a bucket', () => {
    expect(objectOf(on('AWS'), 'Config')).toEqual({
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'Config',
      metadata: {
        name: 'cluster',
        finalizers: ['imageregistry.operator.openshift.io/finalizer'],
      },
      spec: {
        logLevel: 'Normal',
        managementState: 'Managed',
        observedConfig: {
          servingInfo: {
            cipherSuites: ['TLS_AES_128_GCM_SHA256'],
            minTLSVersion: 'VersionTLS12',
          },
        },
        operatorLogLevel: 'Normal',
        replicas: 2,
        rolloutStrategy: 'RollingUpdate',
        storage: { s3: {} },
      },
    })
  })

  it('one node gets one pod', () => {
    expect(objectOf(on('AWS', { singleReplicaInfrastructure: true }), 'Config')).toMatchObject({
      spec: { replicas: 1 },
    })
  })

  it('bare metal gets one without a registry and without a storage', () => {
    const spec = objectOf(on('BareMetal'), 'Config')?.['spec']
    expect(spec).toMatchObject({ managementState: 'Removed', replicas: 1 })
    expect(spec).not.toHaveProperty('storage')
  })

  it.each(['oVirt', 'OpenStack'])('%s gets a registry of one pod on a claim', (platformType) => {
    expect(objectOf(on(platformType), 'Config')).toMatchObject({
      spec: {
        replicas: 1,
        rolloutStrategy: 'Recreate',
        storage: { pvc: { claim: 'image-registry-storage' } },
      },
    })
  })

  it.each([
    [on('OpenStack', { objectStore: 'unknown' }), 'ObjectStoreUnknown'],
    [
      someFacts({ infrastructure: E.left({ _tag: 'PlatformStatusMissing' }) }),
      'PlatformStatusMissing',
    ],
  ])('it waits while the platform is not known', (facts, _tag) => {
    const refused = bootstrap(NOTHING, facts).filter(E.isLeft)
    expect(refused).toEqual([
      E.left({
        ref: expect.objectContaining({ kind: 'Config', name: 'cluster' }) as unknown,
        problem: { _tag },
      }),
    ])
    expect(made(facts).map(({ object }) => object.kind)).toEqual(['ImagePruner'])
  })
})

describe('where there is no ImagePruner', () => {
  it('one is made that keeps three revisions', () => {
    expect(objectOf(on('AWS'), 'ImagePruner')).toEqual({
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'ImagePruner',
      metadata: { name: 'cluster' },
      spec: {
        failedJobsHistoryLimit: 3,
        ignoreInvalidImageReferences: true,
        keepTagRevisions: 3,
        schedule: '',
        successfulJobsHistoryLimit: 3,
        suspend: false,
      },
    })
  })
})

const plain = someFacts({ platform: 'Kubernetes' })

describe('on plain Kubernetes with a default StorageClass', () => {
  it('one pod begins on a claim, and no pruner: there are no image streams', () => {
    const objects = made({ ...plain, defaultStorageClass: 'standard' })
    expect(objects.map(({ object }) => object)).toEqual([
      {
        apiVersion: 'imageregistry.operator.openshift.io/v1',
        kind: 'Config',
        metadata: {
          name: 'cluster',
          finalizers: ['imageregistry.operator.openshift.io/finalizer'],
        },
        spec: {
          logLevel: 'Normal',
          managementState: 'Managed',
          operatorLogLevel: 'Normal',
          replicas: 1,
          storage: { pvc: { claim: 'image-registry-storage' } },
        },
      },
    ])
  })
})

describe('nothing is made', () => {
  it('on plain Kubernetes that offers nothing', () => {
    expect(bootstrap(NOTHING, plain)).toMatchObject([
      E.left({ ref: { kind: 'Config' }, problem: { _tag: 'NoStorageOffered' } }),
    ])
  })

  it('beside a Config, whether it can be used or not', () => {
    const pruner = E.left({ _tag: 'InvalidPruner' as const, problems: [PROBLEM] as const })
    const configs: ReadonlyArray<Wishes['config']> = [
      E.right(aConfig()),
      E.left({ _tag: 'StorageNotConfigured' }),
      E.left({ _tag: 'InvalidConfig', problems: [PROBLEM] }),
    ]
    configs.forEach((config) => expect(bootstrap({ config, pruner }, on('AWS'))).toEqual([]))
  })
})

const PROBLEM = { path: 'spec', message: 'is wrong', remedy: 'correct it' }
