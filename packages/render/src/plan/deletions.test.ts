import { describe, expect, it } from 'vitest'

import type { ClusterFacts, Config, KubeObject, Plan } from '../model'
import { names, objectRef } from '../model'
import { anObservation, converge } from '../testing/live-objects'
import { realServerAnswers } from '../testing/real-server-answers'
import { describeAction } from './describe-action'
import { plan } from './plan'

const NOTHING = { objects: [], withheld: [] }
const live = realServerAnswers.map((answer) => answer.live)

const object = (
  kind: string,
  name: string,
  annotations: { readonly [key: string]: string } = {},
): KubeObject => ({
  apiVersion: kind === 'Route' ? 'route.openshift.io/v1' : 'v1',
  kind,
  metadata: {
    name,
    namespace: names.REGISTRY_NAMESPACE,
    uid: `uid-of-${name}`,
    resourceVersion: '7',
    annotations,
  },
})

const OURS = { [names.OWNERSHIP_ANNOTATION]: '' }
const CHECKSUM = { [names.CHECKSUM_ANNOTATION]: 'sha256:0' }

const removing = (objects: ReadonlyArray<KubeObject>, config: Partial<Config> = {}): Plan =>
  plan(NOTHING, anObservation(objects, { managementState: 'Removed', ...config }))

const named = (actions: Plan): ReadonlyArray<string> =>
  actions.map(({ ref }) => `${ref.kind} ${ref.name}`)

describe('removing the registry', () => {
  it('deletes all that is ours: who sends users first, what the pods need after the pods', () => {
    const actions = removing(live)
    expect(named(actions)).toEqual([
      'Route default-route',
      'Route own',
      'Deployment image-registry',
      'PodDisruptionBudget image-registry',
      'Service image-registry',
      'NetworkPolicy image-registry-networkpolicy',
      'Secret image-registry-private-configuration',
      'Secret installation-pull-secrets',
      'ClusterRoleBinding registry-registry-role',
      'ClusterRole system:registry',
      'ServiceAccount registry',
    ])
  })

  it('deletes just the object that was looked at', () => {
    const [deployment] = live.filter(({ kind }) => kind === 'Deployment')
    expect(removing(live).find(({ ref }) => ref.kind === 'Deployment')).toMatchObject({
      uid: deployment?.metadata.uid,
      resourceVersion: deployment?.metadata.resourceVersion,
      proof: { _tag: 'FieldManager', manager: names.FIELD_MANAGER },
      because: 'spec.managementState is Removed',
    })
  })

  it('asks nothing more when nothing of ours is left, or all of it is going', () => {
    const going = live.map((each) => ({
      ...each,
      metadata: { ...each.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    }))
    expect(removing([])).toEqual([])
    expect(removing(going)).toEqual([])
  })

  it('deletes nothing without proof that it is ours', () => {
    expect(
      removing([
        object('Secret', 'image-registry-private-configuration'),
        object('Secret', 'somebody-elses', CHECKSUM),
        object('Secret', 'annotated', OURS),
        object('Route', 'by-hand', CHECKSUM),
        object('ConfigMap', 'image-registry-certificates', CHECKSUM),
      ]),
    ).toEqual([])
  })

  it('takes the marks of the original operator for proof, on what it makes', () => {
    const actions = removing([
      object('Secret', 'image-registry-private-configuration', CHECKSUM),
      object('Route', 'a', OURS),
    ])
    expect(actions.map(describeAction)).toEqual([
      'delete Route openshift-image-registry/a: spec.managementState is Removed (ours: annotation imageregistry.openshift.io)',
      'delete Secret openshift-image-registry/image-registry-private-configuration: spec.managementState is Removed (ours: annotation imageregistry.operator.openshift.io/checksum)',
    ])
  })

  it('deletes nothing that was printed without what the preconditions need', () => {
    const stripped = { ...object('Route', 'a', OURS), metadata: { name: 'a', annotations: OURS } }
    expect(removing([stripped])).toEqual([])
  })
})

describe('the claim with the images', () => {
  const claim = object('PersistentVolumeClaim', names.DEFAULT_CLAIM_NAME, OURS)
  const pvc = (origin: 'default' | 'named'): Config['storage'] => ({
    _tag: 'Pvc',
    claim: names.DEFAULT_CLAIM_NAME,
    origin,
  })

  it('goes when it is the default one, made by us, and ours to manage', () => {
    const config = { storage: pvc('default'), storageManagement: 'Managed' as const }
    expect(named(removing([claim], config))).toEqual([
      `PersistentVolumeClaim ${names.DEFAULT_CLAIM_NAME}`,
    ])
  })

  it('goes as well when its name has come to stand in the Config', () => {
    const config = { storage: pvc('named'), storageManagement: 'Managed' as const }
    expect(named(removing([claim], config))).toEqual([
      `PersistentVolumeClaim ${names.DEFAULT_CLAIM_NAME}`,
    ])
  })

  it.each<readonly [string, Partial<Config>, KubeObject]>([
    ['the user keeps it', { storage: pvc('default'), storageManagement: 'Unmanaged' }, claim],
    ['images are elsewhere', { storage: { _tag: 'EmptyDir' } }, claim],
    [
      'it is not ours',
      { storage: pvc('default'), storageManagement: 'Managed' },
      object('PersistentVolumeClaim', names.DEFAULT_CLAIM_NAME),
    ],
    [
      'it is another one of ours',
      { storage: pvc('default'), storageManagement: 'Managed' },
      object('PersistentVolumeClaim', 'other', OURS),
    ],
  ])('stays when %s', (_why, config, object_) => {
    expect(removing([object_], config)).toEqual([])
  })
})

describe('a Route of ours', () => {
  const route = object('Route', 'a', OURS)

  it('goes when the Config no longer names it', () => {
    expect(plan(NOTHING, anObservation([route])).map(describeAction)).toEqual([
      'delete Route openshift-image-registry/a: spec.routes no longer names it (ours: annotation imageregistry.openshift.io)',
    ])
  })

  it('stays while its API is not served, or the cluster seems to be of another kind', () => {
    const ours = {
      ...object('Ingress', 'a', OURS),
      apiVersion: 'networking.k8s.io/v1',
    }
    const deleted = (facts: Partial<ClusterFacts>): Plan => {
      const observation = anObservation([ours])
      return plan(NOTHING, { ...observation, facts: { ...observation.facts, ...facts } })
    }
    const served = ['', 'networking.k8s.io']
    expect(deleted({ platform: 'Kubernetes', servedGroups: served })).toMatchObject([
      { _tag: 'DeleteObject', ref: { kind: 'Ingress', name: 'a' } },
    ])
    expect(deleted({ platform: 'Kubernetes', servedGroups: [''] })).toEqual([])
    expect(deleted({ platform: 'OpenShift', servedGroups: served })).toEqual([])
  })

  it('goes when it is the default one and not asked for', () => {
    expect(
      plan(NOTHING, anObservation([object('Route', names.DEFAULT_ROUTE_NAME, OURS)])),
    ).toMatchObject([{ because: 'spec.defaultRoute is not set' }])
  })

  it('stays when it is named, also while it is withheld', () => {
    const ref = objectRef('route.openshift.io/v1', 'Route', 'a', names.REGISTRY_NAMESPACE)
    const problem = { _tag: 'SecretMissing' as const, namespace: 'n', name: 's' }
    const withheld = { objects: [], withheld: [{ ref, problem }] }
    expect(plan(withheld, anObservation([route]))).toEqual([])
    const desired = { objects: [converge(route)], withheld: [] }
    expect(named(plan(desired, anObservation([route])))).toEqual([])
  })

  it('is the only thing that a running registry loses: nothing else is deleted', () => {
    expect(named(plan(NOTHING, anObservation(live)))).toEqual(['Route default-route', 'Route own'])
  })
})
