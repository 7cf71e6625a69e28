import { describe, expect, it } from 'vitest'

import type { Config, KubeObject } from '../model'
import { names } from '../model'
import { anObservation } from '../testing/live-objects'
import { describeAction } from './describe-action'
import { plan } from './plan'

const FOREIGN = 'example.com/guard'

const config = (finalizers: ReadonlyArray<string>): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: { name: 'cluster', finalizers, deletionTimestamp: '2026-01-01T00:00:00Z' },
})

const ours = (kind: string, apiVersion: string, name: string): KubeObject => ({
  apiVersion,
  kind,
  metadata: {
    name,
    namespace: names.REGISTRY_NAMESPACE,
    uid: 'u',
    resourceVersion: '1',
    annotations: { [names.CHECKSUM_ANNOTATION]: '', [names.OWNERSHIP_ANNOTATION]: 'true' },
  },
})

const service = ours('Service', 'v1', names.REGISTRY_NAME)
const claim = ours('PersistentVolumeClaim', 'v1', names.DEFAULT_CLAIM_NAME)
const going = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
})

const ON_CLAIM: Partial<Config> = {
  storage: { _tag: 'Pvc', claim: names.DEFAULT_CLAIM_NAME, origin: 'default' },
  storageManagement: 'Managed',
}

const planned = (
  live: ReadonlyArray<KubeObject>,
  finalizers: ReadonlyArray<string> = [names.FINALIZER],
  changes: Partial<Config> = {},
): ReadonlyArray<string> =>
  plan(
    { objects: [], withheld: [] },
    {
      ...anObservation(live, { managementState: 'Removed', ...changes }),
      subject: config(finalizers),
    },
  ).map(describeAction)

const RELEASED =
  'release Config cluster: it is being deleted, and nothing is left that it has to wait for'

describe('a Config that is being deleted', () => {
  it('has to wait while something of ours is left, even if that is going', () => {
    expect(planned([service])).toHaveLength(1)
    expect(planned([service])).not.toContain(RELEASED)
    expect(planned([going(service)])).toEqual([])
  })

  it('is released when nothing of ours is left', () => {
    expect(planned([])).toEqual([RELEASED])
  })

  it('has to wait for a claim that is ours to delete, and for no other', () => {
    expect(planned([going(claim)], [names.FINALIZER], ON_CLAIM)).toEqual([])
    const kept = { ...ON_CLAIM, storageManagement: 'Unmanaged' as const }
    expect(planned([claim], [names.FINALIZER], kept)).toEqual([RELEASED])
  })

  it('loses our finalizer only', () => {
    const [action] = plan(
      { objects: [], withheld: [] },
      {
        ...anObservation([], { managementState: 'Removed' }),
        subject: config([FOREIGN, names.FINALIZER]),
      },
    )
    expect(action).toMatchObject({
      operations: [
        { op: 'test', path: '/metadata/finalizers/1', value: names.FINALIZER },
        { op: 'remove', path: '/metadata/finalizers/1' },
      ],
    })
  })

  it('is none of our business without our finalizer', () => {
    expect(planned([], [FOREIGN])).toEqual([])
  })
})
