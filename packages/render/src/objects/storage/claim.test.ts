import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type ClusterFacts, type Config, names } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someFacts } from '../../testing/some-facts'
import { claim } from './claim'

const on = (platformType: string): ClusterFacts =>
  someFacts({
    infrastructure: E.right({
      platformType,
      infrastructureName: 'test-abc12',
      singleReplicaInfrastructure: false,
      objectStore: 'absent',
    }),
  })

const specOf = (changes: Partial<Config>, facts: ClusterFacts) =>
  claim(
    aConfig({
      storage: { _tag: 'Pvc', claim: names.DEFAULT_CLAIM_NAME, origin: 'default' },
      ...changes,
    }),
    facts,
  ).map((rendered) => (E.isRight(rendered) ? rendered.right.object['spec'] : rendered.left))

const size = { requests: { storage: '100Gi' } }
const forMany = { accessModes: ['ReadWriteMany'], resources: size }

describe('the claim that we make', () => {
  it('is for many nodes, of the default class', () => {
    expect(specOf({}, on('BareMetal'))).toEqual([forMany])
    const unknown = someFacts({ infrastructure: E.left({ _tag: 'InfrastructureMissing' }) })
    expect(specOf({ rolloutStrategy: 'Recreate' }, unknown)).toEqual([forMany])
  })

  it('is for one node on plain Kubernetes, where one pod at a time is wanted', () => {
    const plain = { ...on('oVirt'), platform: 'Kubernetes' as const }
    const forOne = { ...forMany, accessModes: ['ReadWriteOnce'] }
    expect(specOf({ rolloutStrategy: 'Recreate' }, plain)).toEqual([forOne])
    expect(specOf({ rolloutStrategy: 'Recreate', replicas: 2 }, plain)).toEqual([forMany])
    expect(specOf({ rolloutStrategy: 'RollingUpdate' }, plain)).toEqual([forMany])
  })

  it('is withheld on plain Kubernetes where nothing says of which class it is', () => {
    const name = names.DEFAULT_CLAIM_NAME
    const classless = {
      ...on(''),
      platform: 'Kubernetes' as const,
      servedGroups: ['', 'storage.k8s.io'],
    }
    const made = { name, accessModes: ['ReadWriteOnce'], ours: true }
    const named = { claim: { size: '1Gi', storageClass: 'fast' } }
    const problem = { _tag: 'StorageClassMissing', claim: name }
    expect(specOf({}, classless)).toEqual([expect.objectContaining({ problem })])
    expect(specOf({}, { ...classless, defaultStorageClass: 'standard' })).toEqual([forMany])
    expect(specOf({}, { ...classless, claims: [made] })).toEqual([forMany])
    expect(specOf(named, classless)).toMatchObject([{ storageClassName: 'fast' }])
    // A file that has no class in it does not say that the cluster has none.
    expect(specOf({}, { ...classless, servedGroups: [''] })).toEqual([forMany])
    expect(specOf({}, { ...classless, platform: 'OpenShift' })).toEqual([forMany])
  })

  it('is for one node where the platform has no other and one pod at a time is wanted', () => {
    expect(specOf({ rolloutStrategy: 'Recreate' }, on('oVirt'))).toEqual([
      { accessModes: ['ReadWriteOnce'], resources: size, storageClassName: 'ovirt-csi-sc' },
    ])
    expect(specOf({ rolloutStrategy: 'RollingUpdate' }, on('oVirt'))).toEqual([forMany])
    expect(specOf({ rolloutStrategy: 'Recreate', replicas: 2 }, on('OpenStack'))).toEqual([forMany])
  })

  it('is none where the user names one', () => {
    const storage = { _tag: 'Pvc' as const, claim: 'mine', origin: 'named' as const }
    expect(specOf({ storage }, on('oVirt'))).toEqual([])
  })
})
