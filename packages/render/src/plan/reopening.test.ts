import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import {
  type ClusterFacts,
  type Config,
  type JsonObject,
  type KubeObject,
  names,
  type Observation,
  type RenderProblem,
} from '../model'
import { aConfig } from '../testing/a-config'
import { liveObjects } from '../testing/live-objects'
import { collecting, readOnlyDeployment } from '../testing/read-only-deployment'
import { someFacts } from '../testing/some-facts'
import { aSubject, deploymentRef } from '../testing/status-fixtures'
import { passOver, somePlace, storageWorld } from '../testing/storage-world'
import { describeAction } from './describe-action'
import { plan } from './plan'

type Given = {
  readonly config?: Partial<Config> | 'unusable'
  readonly spec?: JsonObject
  readonly facts?: Partial<ClusterFacts>
  readonly deployment?: KubeObject
}

const observed = ({ config = {}, spec = {}, facts = {}, deployment }: Given): Observation => ({
  subject: aSubject([], spec),
  config:
    config === 'unusable'
      ? E.left({ _tag: 'StorageNotConfigured' })
      : E.right(aConfig({ replicas: 1, ...config })),
  pruner: E.left({ _tag: 'NoPruner' }),
  facts: someFacts({
    platform: 'Kubernetes',
    now: '2026-01-01T12:00:00Z',
    pruning: collecting('succeeded'),
    ...facts,
  }),
  live: liveObjects(deployment ?? readOnlyDeployment()),
  unreadable: [],
})

const PENDING: RenderProblem = { _tag: 'StoragePending', place: 's3/images' }

const planned = (given: Given = {}, problem: RenderProblem | 'rendered' = PENDING) =>
  plan(
    {
      objects: [],
      withheld: problem === 'rendered' ? [] : [{ ref: deploymentRef, problem }],
    },
    observed(given),
  )

const POINTER = '/spec/template/spec/containers/1/env/1'

describe('a registry whose window is over, and whose Deployment cannot be said', () => {
  it('takes pushes again, and stays as it was otherwise', () => {
    const actions = planned()
    expect(actions).toMatchObject([
      {
        _tag: 'PatchObject',
        operations: [
          { op: 'test', path: `${POINTER}/name`, value: names.READ_ONLY_VARIABLE },
          { op: 'remove', path: POINTER },
        ],
      },
    ])
    expect(actions.map(describeAction)).toEqual([
      'update Deployment openshift-image-registry/image-registry: no garbage is being deleted any more, and the registry takes pushes again',
    ])
  })

  it('does so with a Config that cannot be used, too', () => {
    expect(planned({ config: 'unusable' }, 'rendered')).toMatchObject([{ _tag: 'PatchObject' }])
  })

  it('does so by time alone', () => {
    const late = { pruning: collecting('unfinished'), now: '2026-01-01T12:36:00Z' }
    expect(planned({ facts: late })).toMatchObject([{ _tag: 'PatchObject' }])
  })

  it.each<readonly [string, Given]>([
    ['garbage is being deleted', { facts: { pruning: collecting('unfinished') } }],
    ['the Config asks for it', { config: { readOnly: true } }],
    [
      'a Config asks for it that cannot be used otherwise',
      { config: 'unusable', spec: { readOnly: true } },
    ],
    [
      'a Config does not say whose the registry is',
      { config: 'unusable', spec: { managementState: 'Unmangaed' } },
    ],
    ['it is somebody else’s to look after', { config: { managementState: 'Unmanaged' } }],
    ['somebody else tells it so', { deployment: readOnlyDeployment('somebody') }],
    [
      'its Deployment is somebody else’s',
      {
        deployment: {
          ...readOnlyDeployment(),
          metadata: { ...readOnlyDeployment().metadata, annotations: {}, managedFields: [] },
        },
      },
    ],
    [
      'its Deployment is going',
      {
        deployment: {
          ...readOnlyDeployment(),
          metadata: { ...readOnlyDeployment().metadata, deletionTimestamp: '2026-01-01T11:59:00Z' },
        },
      },
    ],
    ['nothing tells it so', { deployment: { ...readOnlyDeployment(), spec: {} } }],
  ])('takes none while %s', (_name, given) => {
    expect(planned(given)).toEqual([])
  })

  it('takes none on OpenShift, where nobody closes it', () => {
    const { pruning: _, ...facts } = observed({}).facts
    const desired = { objects: [], withheld: [{ ref: deploymentRef, problem: PENDING }] }
    expect(plan(desired, { ...observed({}), facts })).toEqual([])
  })

  it('is left alone where a new pod could not start', () => {
    expect(planned({}, { _tag: 'ClaimMissing', claim: 'images' })).toEqual([])
  })

  it('is left alone where a new pod would not find what it mounts', () => {
    const deployment = readOnlyDeployment()
    const volumes = [{ name: 'tls', secret: { secretName: 'gone' } }]
    const spec = { ...(deployment['spec'] as JsonObject) }
    const template = spec['template'] as { readonly spec: JsonObject }
    const mounting = {
      ...deployment,
      spec: { ...spec, template: { spec: { ...template.spec, volumes } } },
    }
    expect(planned({ deployment: mounting })).toEqual([])
    expect(planned({ deployment: mounting, config: 'unusable' }, 'rendered')).toEqual([])
  })

  it('is left alone until somebody has looked at the storage', () => {
    const { storage } = passOver(storageWorld(somePlace('S3', true), {})).desired
    const withheld = [{ ref: deploymentRef, problem: PENDING }]
    expect(storage).toBeDefined()
    expect(
      plan({ objects: [], withheld, ...(storage === undefined ? {} : { storage }) }, observed({})),
    ).toEqual([])
  })

  it('is left to its Deployment where that can be said', () => {
    expect(planned({}, 'rendered')).toEqual([])
  })
})
