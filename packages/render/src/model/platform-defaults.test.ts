import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { InfrastructureFacts } from './cluster-facts'
import { platformDefaults } from './platform-defaults'

const infrastructure = (
  platformType: string,
  changes: Partial<InfrastructureFacts> = {},
): InfrastructureFacts => ({
  platformType,
  infrastructureName: 'test-abc12',
  singleReplicaInfrastructure: false,
  objectStore: 'unknown',
  ...changes,
})

const defaultsOf = (...given: Parameters<typeof infrastructure>) => {
  const { storage = {}, ...rest } = E.getOrElseW(() => ({ storage: {} }))(
    platformDefaults(infrastructure(...given)),
  )
  return { ...rest, storage }
}

const shared = { managementState: 'Managed', replicas: 2, rolloutStrategy: 'RollingUpdate' }
const alone = { managementState: 'Managed', replicas: 1, rolloutStrategy: 'RollingUpdate' }
const onClaim = { managementState: 'Managed', replicas: 1, rolloutStrategy: 'Recreate' }
const claim = { pvc: { claim: 'image-registry-storage' } }

describe('the defaults of a platform', () => {
  it.each([
    ['AWS', { s3: {} }],
    ['Azure', { azure: {} }],
    ['GCP', { gcs: {} }],
    ['IBMCloud', { ibmcos: {} }],
    ['PowerVS', { ibmcos: {} }],
  ])('%s has a store of its own, for two pods', (type, storage) => {
    expect(defaultsOf(type)).toEqual({ ...shared, storage })
  })

  it.each([
    'BareMetal',
    'VSphere',
    'None',
    'Nutanix',
    'KubeVirt',
    'EquinixMetal',
    'AlibabaCloud',
    'External',
  ])('%s has no store, so that there is no registry until somebody chooses', (type) => {
    expect(defaultsOf(type)).toEqual({ ...alone, managementState: 'Removed', storage: {} })
  })

  it.each(['Libvirt', '', 'Moonbase', 'constructor'])('%j keeps images on the node', (type) => {
    expect(defaultsOf(type)).toEqual({ ...alone, storage: { emptyDir: {} } })
  })

  it('oVirt keeps images on a claim for one pod', () => {
    expect(defaultsOf('oVirt')).toEqual({ ...onClaim, storage: claim, claimClass: 'ovirt-csi-sc' })
  })

  it('OpenStack keeps them in Swift if it can, and on a claim if not', () => {
    expect(defaultsOf('OpenStack', { objectStore: 'present' })).toEqual({
      ...shared,
      storage: { swift: {} },
    })
    expect(defaultsOf('OpenStack', { objectStore: 'absent' })).toEqual({
      ...onClaim,
      storage: claim,
      claimClass: 'standard-csi',
    })
  })

  it('of OpenStack are not known before somebody has looked for Swift', () => {
    expect(platformDefaults(infrastructure('OpenStack'))).toEqual(
      E.left({ _tag: 'ObjectStoreUnknown' }),
    )
  })

  it('of OpenStack are not known for the reason that the last look gave', () => {
    expect(
      platformDefaults(infrastructure('OpenStack', { objectStoreProblem: 'nobody answers' })),
    ).toEqual(E.left({ _tag: 'ObjectStoreUnknown', problem: 'nobody answers' }))
  })

  it('on one node are for one pod', () => {
    const single = { singleReplicaInfrastructure: true }
    expect(defaultsOf('AWS', single)).toEqual({ ...shared, replicas: 1, storage: { s3: {} } })
    expect(defaultsOf('oVirt', single)).toMatchObject({ ...onClaim, storage: claim })
  })
})
