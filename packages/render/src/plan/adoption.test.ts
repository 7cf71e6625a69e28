import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ApplyObject, JsonObject, KubeObject, Plan } from '../model'
import { names } from '../model'
import { anObservation, converge } from '../testing/live-objects'
import { treeOf } from '../testing/server-side-apply'
import { someFacts } from '../testing/some-facts'
import { plan } from './plan'

const ORIGINAL = names.ORIGINAL_FIELD_MANAGER

type Holding = readonly [manager: string, operation: 'Update' | 'Apply', fields: JsonObject]

const policy = (spec: JsonObject, holdings: ReadonlyArray<Holding> = []): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: {
    name: names.NETWORK_POLICY_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    uid: 'u',
    resourceVersion: '1',
    managedFields: holdings.map(([manager, operation, fields]) => ({
      manager,
      operation,
      fieldsV1: treeOf(fields),
    })),
  },
  spec,
})

const wanted: KubeObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: names.NETWORK_POLICY_NAME, namespace: names.REGISTRY_NAMESPACE },
  spec: { policyTypes: ['Ingress'] },
}

const planOf = (live: KubeObject, desired = wanted): Plan =>
  plan({ objects: [converge(desired)], withheld: [] }, anObservation([live]))

const only = ([action]: Plan): ApplyObject => {
  if (action?._tag !== 'ApplyObject') throw new Error('no application')
  return action
}

describe('an object that the original operator made', () => {
  const spec = { policyTypes: ['Ingress'], podSelector: { matchLabels: { a: 'b' } } }

  it('loses what we do not want, and its old owner', () => {
    const { changes, reclaim } = only(planOf(policy(spec, [[ORIGINAL, 'Update', { spec }]])))
    expect(changes).toContainEqual(
      expect.objectContaining({ path: 'spec.podSelector', why: 'in-the-way', heldBy: [ORIGINAL] }),
    )
    expect(reclaim?.at(-1)).toEqual({ op: 'remove', path: '/metadata/managedFields/0' })
    expect(reclaim).toContainEqual(
      expect.objectContaining({
        op: 'add',
        value: expect.objectContaining({ manager: names.FIELD_MANAGER, operation: 'Apply' }),
      }),
    )
  })

  it('loses it too where we have held it for a while together', () => {
    const { changes } = only(
      planOf(
        policy(spec, [
          [ORIGINAL, 'Update', { spec }],
          [names.FIELD_MANAGER, 'Apply', { spec }],
        ]),
      ),
    )
    expect(changes.map(({ path, why }) => [path, why])).toContainEqual([
      'spec.podSelector',
      'in-the-way',
    ])
  })

  it('keeps what anybody else has added', () => {
    const added = { spec: { podSelector: spec.podSelector } }
    const rest = { spec: { policyTypes: ['Ingress'] } }
    const { changes } = only(
      planOf(
        policy(spec, [
          [ORIGINAL, 'Update', rest],
          ['somebody', 'Update', added],
        ]),
      ),
    )
    expect(changes.filter(({ why }) => why === 'in-the-way')).toEqual([])
  })

  it('keeps the host name that was chosen for a Route', () => {
    const content = { spec: { host: 'chosen.example.com', to: { kind: 'Service' } } }
    const route = { ...wanted, apiVersion: 'route.openshift.io/v1', kind: 'Route', spec: {} }
    const live = {
      ...policy(content.spec, [[ORIGINAL, 'Update', content]]),
      apiVersion: route.apiVersion,
      kind: 'Route',
    }
    const paths = only(planOf(live, { ...route, spec: { tls: {} } })).changes.map(
      ({ path }) => path,
    )
    expect(paths).toContain('spec.to')
    expect(paths).not.toContain('spec.host')
  })
})

describe('an object without a mark of the original operator', () => {
  const removing = (live: KubeObject): Plan =>
    plan({ objects: [], withheld: [] }, anObservation([live], { managementState: 'Removed' }))

  it('counts as ours when that operator has updated it', () => {
    expect(removing(policy({}, [[ORIGINAL, 'Update', { spec: {} }]]))).toMatchObject([
      { _tag: 'DeleteObject', proof: { _tag: 'FieldManager', manager: ORIGINAL } },
    ])
  })

  it('counts as nobody’s when others have', () => {
    expect(removing(policy({}, [['somebody', 'Update', { spec: {} }]]))).toEqual([])
  })
})

describe('the Job that an earlier version left behind', () => {
  const job: KubeObject = {
    ...policy({}, [[ORIGINAL, 'Update', { spec: {} }]]),
    apiVersion: 'batch/v1',
    kind: 'Job',
  }
  const named = { ...job, metadata: { ...job.metadata, name: names.AZURE_PATH_FIX_JOB } }
  const on = (platformType: string, status: JsonObject = {}): Plan =>
    plan(
      { objects: [], withheld: [] },
      {
        ...anObservation([named]),
        subject: {
          apiVersion: names.CONFIG_API_VERSION,
          kind: 'Config',
          metadata: { name: 'cluster' },
          status,
        },
        facts: someFacts({
          infrastructure: E.right({
            platformType,
            infrastructureName: 'i',
            singleReplicaInfrastructure: false,
            objectStore: 'unknown',
          }),
        }),
      },
    )

  it('is deleted on Azure', () => {
    expect(on('Azure')).toMatchObject([{ _tag: 'DeleteObject', ref: { kind: 'Job' } }])
  })

  it('is left alone elsewhere, and on an Azure Stack', () => {
    expect(on('AWS')).toEqual([])
    expect(on('Azure', { storage: { azure: { cloudName: 'AzureStackCloud' } } })).toEqual([])
  })
})
