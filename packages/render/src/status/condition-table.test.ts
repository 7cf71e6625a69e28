import { describe, expect, it } from 'vitest'

import type { ApplyError, Config, DecodeError, JsonObject, KubeObject } from '../model'
import { names } from '../model'
import {
  aClaim,
  aDeployment,
  aPass,
  aRoute,
  aSubject,
  before,
  deploymentRef,
  failed,
  NOW,
  SIX_MINUTES_AGO,
  TWO_MINUTES_AGO,
} from '../testing/status-fixtures'
import type { StatusInput } from './situation'
import { status } from './status'

const INVALID: DecodeError = {
  _tag: 'InvalidConfig',
  problems: [
    {
      path: 'spec.replicas',
      message: 'replicas must be greater than or equal to 0, got -1',
      remedy: 'set it to 0 or more',
    },
  ],
}
const INVALID_TEXT =
  'spec.replicas: replicas must be greater than or equal to 0, got -1; set it to 0 or more'

const FORBIDDEN: ApplyError = { _tag: 'Forbidden', ref: deploymentRef, message: 'no.' }
const FORBIDDEN_TEXT =
  'Deployment openshift-image-registry/image-registry: the operator may not write it (no); grant it the permissions that "image-registry-operator install" prints'

const unavailableSince = (time: string) => aSubject([before('Available', 'False', time)])
const unmanaged = 'The registry configuration is set to unmanaged mode'
const noneAvailable = 'The deployment does not have available replicas'

type Row = readonly [
  situation: string,
  given: StatusInput,
  ...told: readonly [string, string, string],
]

/** Available, Progressing, Degraded: status, reason, message. The rows of the original's tables, then what we do better. */
const rows: ReadonlyArray<Row> = [
  [
    'healthy, with admitted routes',
    aPass({ config: { defaultRoute: true }, live: [aDeployment(), aRoute('default-route', true)] }),
    'True Ready: The registry is ready',
    'False Ready: The registry is ready',
    'False : ',
  ],
  [
    'two of three replicas, rollout complete',
    aPass({ live: [aDeployment({ replicas: 3, available: 2 })] }),
    'True MinimumAvailability: The registry has minimum availability',
    'False Ready: The registry is ready',
    'False : ',
  ],
  [
    'two of three replicas, rollout under way',
    aPass({ live: [aDeployment({ replicas: 3, available: 2, progress: 'ReplicaSetUpdated' })] }),
    'True MinimumAvailability: The registry has minimum availability',
    'True DeploymentNotCompleted: The deployment has not completed',
    'False : ',
  ],
  [
    'the rollout has timed out',
    aPass({ live: [aDeployment({ progress: 'ProgressDeadlineExceeded' })] }),
    'True Ready: The registry is ready',
    'True DeploymentNotCompleted: The deployment has not completed',
    'True ProgressDeadlineExceeded: Registry deployment has timed out progressing: has timed out progressing.',
  ],
  [
    'no replica for some time',
    aPass({ live: [aDeployment({ available: 0 })], subject: unavailableSince(TWO_MINUTES_AGO) }),
    `False NoReplicasAvailable: ${noneAvailable}`,
    'False Ready: The registry is ready',
    'False : ',
  ],
  [
    'no replica for more than five minutes',
    aPass({ live: [aDeployment({ available: 0 })], subject: unavailableSince(SIX_MINUTES_AGO) }),
    `False NoReplicasAvailable: ${noneAvailable}`,
    'False Ready: The registry is ready',
    `True Unavailable: ${noneAvailable}`,
  ],
  [
    'no replica, rollout timed out, for some time',
    aPass({ live: [aDeployment({ available: 0, progress: 'ProgressDeadlineExceeded' })] }),
    `False NoReplicasAvailable: ${noneAvailable}`,
    'True DeploymentNotCompleted: The deployment has not completed',
    'False : ',
  ],
  [
    'the Deployment is being deleted',
    aPass({ live: [aDeployment({ deleting: true })] }),
    'False DeploymentDeleted: The deployment is being deleted',
    'True FinalizingDeployment: The deployment is being deleted',
    'False : ',
  ],
  [
    'removed, the Deployment still there',
    aPass({ config: { managementState: 'Removed' } }),
    'True Ready: The registry is ready',
    'True DeletingDeployment: The deployment is being removed',
    'False Removed: The registry is removed',
  ],
  [
    'removed, the Deployment gone',
    aPass({ config: { managementState: 'Removed' }, live: [] }),
    'True Removed: The registry is removed',
    'False Removed: All registry resources are removed',
    'False Removed: The registry is removed',
  ],
  [
    'invalid, nothing deployed',
    aPass({ refusal: INVALID, live: [] }),
    `False VerificationFailed: Error: ${INVALID_TEXT}`,
    `False Error: Unable to apply resources: ${INVALID_TEXT}`,
    `True VerificationFailed: Error: ${INVALID_TEXT}`,
  ],
  [
    'invalid, the registry running',
    aPass({ refusal: INVALID }),
    'True Ready: The registry is ready',
    `False Error: Unable to apply resources: ${INVALID_TEXT}`,
    `True VerificationFailed: Error: ${INVALID_TEXT}`,
  ],
  [
    'no storage, nothing deployed',
    aPass({ refusal: { _tag: 'StorageNotConfigured' }, live: [] }),
    'False StorageNotConfigured: Error: storage backend not configured; set spec.storage.pvc, a bucket or container of a cloud, or spec.storage.emptyDir if images may be lost',
    'False Error: Unable to apply resources: storage backend not configured; set spec.storage.pvc, a bucket or container of a cloud, or spec.storage.emptyDir if images may be lost',
    'True StorageNotConfigured: Error: storage backend not configured; set spec.storage.pvc, a bucket or container of a cloud, or spec.storage.emptyDir if images may be lost',
  ],
  [
    'a write fails, nothing deployed',
    aPass({ outcome: [failed(FORBIDDEN)], live: [] }),
    'False DeploymentNotFound: The deployment does not exist',
    `True Error: Unable to apply resources: ${FORBIDDEN_TEXT}`,
    'False : ',
  ],
  [
    'a write fails, nothing deployed for more than five minutes',
    aPass({
      outcome: [failed(FORBIDDEN)],
      live: [],
      subject: unavailableSince(SIX_MINUTES_AGO),
    }),
    'False DeploymentNotFound: The deployment does not exist',
    `True Error: Unable to apply resources: ${FORBIDDEN_TEXT}`,
    'True Unavailable: The deployment does not exist',
  ],
  [
    'a write fails, the registry running',
    aPass({ outcome: [failed(FORBIDDEN)] }),
    'True Ready: The registry is ready',
    `True Error: Unable to apply resources: ${FORBIDDEN_TEXT}`,
    'False : ',
  ],
  [
    'not ours to manage',
    aPass({ config: { managementState: 'Unmanaged' } }),
    `True Unmanaged: ${unmanaged}`,
    `False Unmanaged: ${unmanaged}`,
    `False Unmanaged: ${unmanaged}`,
  ],
  [
    'managed, without a Deployment',
    aPass({ live: [] }),
    'False DeploymentNotFound: The deployment does not exist',
    'True WaitingForDeployment: All resources are successfully applied, but the deployment does not exist',
    'False : ',
  ],
  [
    'routes that are not admitted',
    aPass({
      config: { defaultRoute: true, routes: [{ name: 'own', hostname: '', secretName: '' }] },
      live: [aDeployment(), aRoute('own', false), aRoute('default-route', false)],
    }),
    'True Ready: The registry is ready',
    'False Ready: The registry is ready',
    'True RouteDegraded: route default-route (host default-route.example.com, router default) not admitted: HostAlreadyClaimed,route own (host own.example.com, router default) not admitted: HostAlreadyClaimed',
  ],
  [
    'better: a route is not admitted while a rollout is under way',
    aPass({
      config: { defaultRoute: true },
      live: [aDeployment({ progress: 'ReplicaSetUpdated' }), aRoute('default-route', false)],
    }),
    'True Ready: The registry is ready',
    'True DeploymentNotCompleted: The deployment has not completed',
    'True RouteDegraded: route default-route (host default-route.example.com, router default) not admitted: HostAlreadyClaimed',
  ],
  [
    'a route that nobody asks for is not admitted',
    aPass({ live: [aDeployment(), aRoute('default-route', false)] }),
    'True Ready: The registry is ready',
    'False Ready: The registry is ready',
    'False : ',
  ],
  [
    'better: no replicas are wanted',
    aPass({
      config: { replicas: 0 },
      subject: aSubject([], { replicas: 0 }),
      live: [aDeployment({ replicas: 0 })],
    }),
    'True ScaledToZero: The registry has no replicas, as spec.replicas says',
    'False Ready: The registry is ready',
    'False : ',
  ],
  [
    'somebody scaled to zero what the Config wants',
    aPass({ live: [aDeployment({ replicas: 0 })] }),
    `False NoReplicasAvailable: ${noneAvailable}`,
    'False Ready: The registry is ready',
    'False : ',
  ],
  [
    'better: removal fails',
    aPass({ config: { managementState: 'Removed' }, live: [], outcome: [failed(FORBIDDEN)] }),
    'True Removed: The registry is removed',
    `True Error: Unable to remove resources: ${FORBIDDEN_TEXT}`,
    'False Removed: The registry is removed',
  ],
  [
    'better: removal has been failing for more than five minutes',
    aPass({
      config: { managementState: 'Removed' },
      live: [],
      outcome: [failed(FORBIDDEN)],
      subject: aSubject([before('Progressing', 'True', SIX_MINUTES_AGO, 'Error')]),
      failingSince: { registry: SIX_MINUTES_AGO },
    }),
    'True Removed: The registry is removed',
    `True Error: Unable to remove resources: ${FORBIDDEN_TEXT}`,
    `True RemoveFailed: Unable to remove registry: ${FORBIDDEN_TEXT}`,
  ],
]

const cell = (given: StatusInput, type: string): string => {
  const found = status(given).conditions.find((condition) => condition.type === type)
  return `${found?.status} ${found?.reason}: ${found?.message}`
}

describe('the base conditions', () => {
  it.each(rows)('D10: %s', (_situation, given, ...told) => {
    expect(['Available', 'Progressing', 'Degraded'].map((type) => cell(given, type))).toEqual(told)
  })

  it('say that the registry is removed as soon as it is to be', () => {
    expect(cell(aPass({ config: { managementState: 'Removed' } }), 'Removed')).toBe(
      'True Removed: The registry is removed',
    )
    expect(cell(aPass(), 'Removed')).toBe('False : ')
  })

  it('follow what the Config states of its management even when it cannot be used', () => {
    const removed = aSubject([], { managementState: 'Removed' })
    expect(cell(aPass({ refusal: INVALID, subject: removed, live: [] }), 'Degraded')).toBe(
      `True VerificationFailed: Error: ${INVALID_TEXT}`,
    )
    const unmanagedSubject = aSubject([], { managementState: 'Unmanaged' })
    expect(cell(aPass({ refusal: INVALID, subject: unmanagedSubject }), 'Degraded')).toBe(
      `False Unmanaged: ${unmanaged}`,
    )
    const found = aSubject()
    const deleted = { ...found, metadata: { ...found.metadata, deletionTimestamp: NOW } }
    expect(cell(aPass({ refusal: INVALID, subject: deleted, live: [] }), 'Removed')).toMatch(
      /^True Removed/,
    )
  })
})

describe('a claim that goes with the registry', () => {
  const pvc = { _tag: 'Pvc' as const, claim: 'mine', origin: 'default' as const }
  const config = {
    managementState: 'Removed' as const,
    storage: pvc,
    storageManagement: 'Managed' as const,
  }
  const claim = (metadata: JsonObject = {}): KubeObject => {
    const found = aClaim('mine')
    const annotations = { [names.OWNERSHIP_ANNOTATION]: 'true' }
    return { ...found, metadata: { ...found.metadata, annotations, ...metadata } }
  }
  const told = (live: ReadonlyArray<KubeObject>, changes: Partial<Config> = {}) =>
    cell(aPass({ config: { ...config, ...changes }, live }), 'Progressing')

  it('is waited for until it has gone, whoever holds it', () => {
    expect(told([claim()])).toBe(
      'True DeletingStorage: PersistentVolumeClaim openshift-image-registry/mine is being removed',
    )
    const deletionTimestamp = NOW
    expect(told([claim({ deletionTimestamp, finalizers: ['kubernetes.io/pvc-protection'] })])).toBe(
      'True DeletingStorage: PersistentVolumeClaim openshift-image-registry/mine is being removed, and waits for its finalizers kubernetes.io/pvc-protection; it goes when no pod mounts it any more',
    )
    expect(told([claim({ deletionTimestamp, finalizers: ['a/b', 'c/d'] })])).toBe(
      'True DeletingStorage: PersistentVolumeClaim openshift-image-registry/mine is being removed, and waits for its finalizers a/b, c/d',
    )
    expect(told([])).toMatch(/^False Removed/)
  })

  it('is not waited for where it stays: not ours to manage, or not made by us', () => {
    expect(told([claim()], { storageManagement: 'Unmanaged' })).toMatch(/^False Removed/)
    expect(told([aClaim('mine')])).toMatch(/^False Removed/)
    expect(told([claim()], { storage: { _tag: 'EmptyDir' } })).toMatch(/^False Removed/)
  })

  it('comes after the Deployment', () => {
    expect(told([aDeployment(), claim()])).toMatch(/^True DeletingDeployment/)
  })
})

describe('progress', () => {
  const lagging = aDeployment({ observedGeneration: 3 })
  const fromBefore = (type: string, is: string, reason: string) =>
    aSubject([before(type, is, SIX_MINUTES_AGO, reason)])

  it('stays what it was until the controller of the Deployment has seen the newest spec', () => {
    const wasReady = fromBefore('Progressing', 'False', 'Ready')
    expect(cell(aPass({ live: [lagging], subject: wasReady }), 'Progressing')).toMatch(
      /^False Ready/,
    )
    const wasNot = fromBefore('Progressing', 'True', 'DeploymentNotCompleted')
    expect(cell(aPass({ live: [lagging], subject: wasNot }), 'Progressing')).toMatch(/^True /)
  })

  it('is no news after any other rest: somebody hands the registry back as it was', () => {
    const wasUnmanaged = fromBefore('Progressing', 'False', 'Unmanaged')
    expect(cell(aPass({ live: [lagging], subject: wasUnmanaged }), 'Progressing')).toMatch(
      /^False Ready/,
    )
  })

  it('goes on while old pods are left, whatever the controller says of the rollout before', () => {
    const found = aDeployment()
    const conditions = [
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        lastUpdateTime: NOW,
      },
    ]
    const counts = { observedGeneration: 4, replicas: 2, availableReplicas: 2 }
    const repeated = { ...found, status: { ...counts, conditions } }
    expect(cell(aPass({ live: [repeated] }), 'Progressing')).toMatch(/^True /)
    const updated = { ...found, status: { ...counts, updatedReplicas: 2, conditions } }
    expect(cell(aPass({ live: [updated] }), 'Progressing')).toMatch(/^False Ready/)
  })

  it('is there while the Deployment is brand-new', () => {
    const created = { ...lagging, status: {} }
    const wasReady = fromBefore('Progressing', 'False', 'Ready')
    expect(cell(aPass({ live: [created], subject: wasReady }), 'Progressing')).toMatch(
      /^True DeploymentNotCompleted/,
    )
  })
})
