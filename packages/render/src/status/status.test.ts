import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { JsonObject, KubeObject, RenderProblem } from '../model'
import { names, refOf } from '../model'
import {
  aClaim,
  aDeployment,
  aPass,
  aSubject,
  before,
  deploymentRef,
  failed,
  NOW,
  SIX_MINUTES_AGO,
  TWO_MINUTES_AGO,
  withStatus,
} from '../testing/status-fixtures'
import { patchOf } from '../testing/render-config'
import { anS3Bucket } from '../testing/some-storage'
import { status } from './status'
import type { StatusInput } from './situation'

const writtenPatch = (given: StatusInput): KubeObject => {
  const patch = patchOf(status(given))
  if (patch === undefined) throw new Error('no patch')
  return patch
}

const statusOf = (given: StatusInput): JsonObject => writtenPatch(given)['status'] as JsonObject

const conditionOf = (given: StatusInput, type: string) =>
  status(given).conditions.find((condition) => condition.type === type)

describe('the status', () => {
  it('is a complete body for server-side apply', () => {
    const { conditions, ...rest } = statusOf(aPass())
    expect(writtenPatch(aPass())).toMatchObject({
      apiVersion: names.CONFIG_API_VERSION,
      kind: 'Config',
      metadata: { name: 'cluster' },
    })
    expect(Object.keys(writtenPatch(aPass()).metadata)).toEqual(['name'])
    expect(rest).toEqual({
      generations: [
        {
          group: 'apps',
          resource: 'deployments',
          namespace: 'openshift-image-registry',
          name: 'image-registry',
          lastGeneration: 4,
          hash: '',
        },
      ],
      observedGeneration: 3,
      readyReplicas: 2,
      storage: { emptyDir: {}, managementState: 'Managed' },
      storageManaged: true,
    })
    expect((conditions as ReadonlyArray<JsonObject>).map(({ type }) => type)).toEqual([
      'Available',
      'Progressing',
      'Degraded',
      'Removed',
      'StorageExists',
      'NodeCADaemonAvailable',
      'NodeCADaemonProgressing',
      'NodeCADaemonControllerDegraded',
      'ImageConfigControllerDegraded',
      'ImageRegistryCertificatesControllerDegraded',
      'AzureStackCloudControllerDegraded',
      'ConfigObservationDegraded',
      'Ready',
      'Reconciling',
      'Stalled',
    ])
  })

  it('is not written when there is no Config', () => {
    const { subject: _gone, ...observation } = aPass().observation
    expect(status({ ...aPass(), observation })).toEqual({
      patches: [],
      conditions: [],
      failingSince: {},
    })
  })

  it('is not written again once it is there', () => {
    const patch = writtenPatch(aPass())
    expect(patchOf(status(aPass({ subject: withStatus(aSubject(), patch) })))).toBeUndefined()
  })

  it('is not written for another order of the conditions, or conditions of others', () => {
    const patch = writtenPatch(aPass())
    const content = patch['status'] as JsonObject
    const conditions = [
      before('StorageTagged', 'True', NOW),
      ...(content['conditions'] as ReadonlyArray<JsonObject>),
    ].reverse()
    const subject = {
      ...withStatus(aSubject(), patch),
      status: { ...content, conditions, version: '1' },
    }
    expect(patchOf(status(aPass({ subject })))).toBeUndefined()
  })

  it('is written when it is right but somebody else’s, as after the original operator', () => {
    const right = withStatus(aSubject(), writtenPatch(aPass()))
    const theirs = {
      ...right,
      metadata: {
        ...right.metadata,
        managedFields: [{ manager: 'cluster-image-registry-operator', operation: 'Update' }],
      },
    }
    expect(patchOf(status(aPass({ subject: theirs })))).toBeDefined()
  })

  it('is compared by its values alone where the Config was printed without managedFields', () => {
    const patch = writtenPatch(aPass())
    const printed = { ...aSubject(), status: patch['status'] as JsonObject }
    expect(patchOf(status(aPass({ subject: printed })))).toBeUndefined()
    const older = { ...printed, status: { ...(patch['status'] as JsonObject), readyReplicas: 1 } }
    expect(patchOf(status(aPass({ subject: older })))).toBeDefined()
  })

  it('keeps the time of a condition while its status is the same', () => {
    const subject = aSubject([
      before('Available', 'True', SIX_MINUTES_AGO, 'MinimumAvailability'),
      before('Progressing', 'True', SIX_MINUTES_AGO),
    ])
    expect(conditionOf(aPass({ subject }), 'Available')).toMatchObject({
      reason: 'Ready',
      lastTransitionTime: SIX_MINUTES_AGO,
    })
    expect(conditionOf(aPass({ subject }), 'Progressing')?.lastTransitionTime).toBe(NOW)
  })

  it('does not trust a time that cannot be read', () => {
    const subject = aSubject([before('Available', 'True', 'yesterday')])
    expect(conditionOf(aPass({ subject }), 'Available')?.lastTransitionTime).toBe(NOW)
  })

  it('has the generation on each condition where the served schema has it, and only there', () => {
    const given = aPass()
    const facts = {
      ...given.observation.facts,
      configSchema: { conditionObservedGeneration: true },
    }
    const withGenerations = { ...given, observation: { ...given.observation, facts } }
    const generations = (input: StatusInput) =>
      (statusOf(input)['conditions'] as ReadonlyArray<JsonObject>).map(
        ({ observedGeneration }) => observedGeneration,
      )
    expect(new Set(generations(withGenerations))).toEqual(new Set([3]))
    expect(new Set(generations(given))).toEqual(new Set([undefined]))
  })
})

describe('the observed generation', () => {
  const decidedAs = (...generations: ReadonlyArray<number>): StatusInput => {
    const ref = refOf(aSubject())
    const { action } = failed({ _tag: 'Conflict', ref, message: '' })
    return aPass({
      outcome: generations.map((generation) => ({
        action,
        result: E.right({ ...aSubject(), metadata: { name: 'cluster', generation } }),
      })),
    })
  }
  const observed = (given: StatusInput) => statusOf(given)['observedGeneration']

  it('counts what this pass has decided in the Config itself', () => {
    expect(observed(decidedAs(4))).toBe(4)
    expect(observed(decidedAs(3))).toBe(3)
  })

  it('does not count what somebody else has changed at the same time', () => {
    expect(observed(decidedAs(5))).toBe(3)
  })
})

describe('the endpoints of an Azure Stack', () => {
  it('are as expected unless there is a problem, and none of plain Kubernetes', () => {
    const type = 'AzureStackCloudControllerDegraded'
    expect(conditionOf(aPass(), type)).toMatchObject({ status: 'False', reason: 'AsExpected' })
    expect(conditionOf({ ...aPass(), endpointsProblem: 'not set' }, type)).toMatchObject({
      status: 'True',
      reason: 'Error',
      message: 'not set',
    })
    const given = aPass()
    const facts = { ...given.observation.facts, platform: 'Kubernetes' as const }
    const plain = { ...given, observation: { ...given.observation, facts } }
    expect(conditionOf(plain, type)).toBeUndefined()
  })
})

describe('the five minutes', () => {
  const stuck = { live: [aDeployment({ available: 0 })] as const }

  it('are waited for, and not with every event anew', () => {
    expect(status(aPass(stuck)).requeueAfterMs).toBe(301_000)
    const subject = aSubject([before('Available', 'False', TWO_MINUTES_AGO)])
    expect(status(aPass({ ...stuck, subject })).requeueAfterMs).toBe(181_000)
  })

  it('are over when they have passed', () => {
    const subject = aSubject([before('Available', 'False', SIX_MINUTES_AGO)])
    expect(status(aPass({ ...stuck, subject })).requeueAfterMs).toBeUndefined()
    expect(status(aPass()).requeueAfterMs).toBeUndefined()
  })

  it('begin with the Deployment, and before there is one when somebody is there to make it', () => {
    const subject = aSubject([before('Available', 'False', SIX_MINUTES_AGO)])
    const [deployment] = stuck.live
    const young = { ...deployment, metadata: { ...deployment.metadata, creationTimestamp: NOW } }
    const degraded = (given: Parameters<typeof aPass>[0]) => {
      const { conditions, requeueAfterMs } = status(aPass({ subject, ...given }))
      const { status: is } = conditions.find(({ type }) => type === 'Degraded') ?? {}
      return [is, requeueAfterMs]
    }
    expect(degraded({ live: [young] })).toEqual(['False', 301_000])
    expect(degraded({ ...stuck, watchingSince: NOW })).toEqual(['True', undefined])
    expect(degraded({ live: [], watchingSince: TWO_MINUTES_AGO })).toEqual(['False', 181_000])
    expect(degraded({ live: [], watchingSince: SIX_MINUTES_AGO })).toEqual(['True', undefined])
    expect(degraded({ live: [] })).toEqual(['True', undefined])
  })

  it('have passed for the next process as well once that was told', () => {
    const told = aSubject([
      before('Available', 'False', SIX_MINUTES_AGO),
      before('Degraded', 'True', TWO_MINUTES_AGO, 'Unavailable'),
    ])
    const { conditions } = status(aPass({ live: [], subject: told, watchingSince: NOW }))
    expect(conditions).toContainEqual(
      expect.objectContaining({ type: 'Degraded', status: 'True', reason: 'Unavailable' }),
    )
  })

  it('begin now where the clock says that the past is in the future', () => {
    const subject = aSubject([before('Available', 'False', '2026-01-01T13:00:00Z')])
    expect(status(aPass({ ...stuck, subject })).requeueAfterMs).toBe(301_000)
  })
})

describe('storage outside of Kubernetes in the status', () => {
  const config = { storage: anS3Bucket(), storageManagement: 'Unmanaged' as const }
  const subject = {
    ...aSubject(),
    status: { storage: { emptyDir: {}, managementState: 'Managed' }, storageManaged: true },
  }
  const deployed = aDeployment({ volume: {} })

  it('is what the Config says once the pods are told to use it', () => {
    const given = aPass({ config, subject, live: [deployed] })
    expect(statusOf(given)).toMatchObject({
      storage: { s3: { bucket: 'images' }, managementState: 'Unmanaged' },
      storageManaged: false,
    })
    expect(statusOf(given)['storage']).not.toHaveProperty('emptyDir')
    expect(conditionOf(given, 'StorageExists')).toMatchObject({
      status: 'Unknown',
      reason: 'NotVerified',
    })
  })

  describe('that the pods have, and that has not been looked at', () => {
    const problem = { _tag: 'StoragePending' as const, place: 's3/images' }
    const readyAfter = (generation: number, progressing: JsonObject): unknown => {
      const { status: said, ...object } = aSubject([progressing])
      const told = {
        ...object,
        status: { ...(said as JsonObject), observedGeneration: generation },
      }
      const recordedStorage = config.storage
      const given = aPass({
        config: { ...config, recordedStorage },
        subject: told,
        withheld: [{ ref: deploymentRef, problem }],
        live: [deployed],
      })
      return conditionOf({ ...given, storageProblem: problem }, 'Ready')
    }
    const atRest = before('Progressing', 'False', TWO_MINUTES_AGO, 'Ready')
    const waiting = before('Progressing', 'True', TWO_MINUTES_AGO, 'StoragePending')

    it('is waited for where the Config is another one than the status is about', () => {
      expect(readyAfter(2, atRest)).toMatchObject({ status: 'False', reason: 'StoragePending' })
    })

    it('is waited for until it has been', () => {
      expect(readyAfter(3, waiting)).toMatchObject({ status: 'False', reason: 'StoragePending' })
    })

    it('is no news where nobody has changed the Config: it is the operator that is new', () => {
      expect(readyAfter(3, atRest)).toMatchObject({ status: 'True' })
    })
  })

  it.each<RenderProblem>([
    { _tag: 'StorageNotProvisioned', backend: 's3', missing: ['bucket'] },
    { _tag: 'CredentialsMissing', namespace: 'n', names: ['a'], keys: ['k'] },
  ])('is not there, for all that is known, while it cannot be used: $_tag', (problem) => {
    const withheld = [{ ref: deploymentRef, problem }]
    const given = aPass({ config, subject, withheld, live: [deployed] })
    expect(statusOf(given)['storage']).toEqual({ emptyDir: {}, managementState: 'Unmanaged' })
    expect(conditionOf(given, 'StorageExists')).toMatchObject({
      status: 'Unknown',
      reason: problem._tag,
    })
  })

  it('is where it was while the pods could not be told', () => {
    const error = { _tag: 'Invalid', ref: deploymentRef, message: 'no' } as const
    const given = aPass({ config, subject, live: [deployed], outcome: [failed(error)] })
    expect(statusOf(given)['storage']).toEqual({ emptyDir: {}, managementState: 'Unmanaged' })
  })
})

describe('the storage in the status', () => {
  const pvc = { _tag: 'Pvc' as const, claim: 'mine', origin: 'named' as const }
  const config = { storage: pvc, storageManagement: 'Unmanaged' as const }

  it('is the claim once it is there', () => {
    const given = aPass({ config, live: [aDeployment(), aClaim('mine')] })
    expect(statusOf(given)).toMatchObject({
      storage: { pvc: { claim: 'mine' }, managementState: 'Unmanaged' },
      storageManaged: false,
    })
    expect(conditionOf(given, 'StorageExists')).toMatchObject({
      status: 'True',
      reason: 'PVCExists',
    })
  })

  it('is what the pods mount while the claim is missing', () => {
    const withheld = [
      { ref: deploymentRef, problem: { _tag: 'ClaimMissing' as const, claim: 'mine' } },
    ]
    const given = aPass({ config, withheld })
    expect(statusOf(given)['storage']).toEqual({ emptyDir: {}, managementState: 'Unmanaged' })
    expect(conditionOf(given, 'StorageExists')).toMatchObject({
      status: 'False',
      reason: 'PVCDoesNotExist',
    })
  })

  it.each<readonly [RenderProblem, string]>([
    [{ _tag: 'ClaimNotOurs', claim: 'mine' }, 'PVCAlreadyExists'],
    [{ _tag: 'ClaimUnusable', claim: 'mine', accessModes: ['ReadOnlyMany'] }, 'PVCIssuesFound'],
    [
      { _tag: 'ClaimNeedsSingleWriter', claim: 'mine', because: { strategy: 'RollingUpdate' } },
      'PVCIssuesFound',
    ],
  ])('does not exist when the claim cannot be used: %j', (problem, reason) => {
    const withheld = [{ ref: deploymentRef, problem }]
    const given = aPass({ config, withheld, live: [aDeployment(), aClaim('mine')] })
    expect(conditionOf(given, 'StorageExists')).toMatchObject({ status: 'False', reason })
  })

  it('does not exist when the claim could not be made', () => {
    const { metadata, apiVersion, kind } = aClaim('mine')
    const ref = { apiVersion, kind, name: metadata.name, namespace: names.REGISTRY_NAMESPACE }
    const outcome = [failed({ _tag: 'Forbidden', ref, message: 'quota' })]
    expect(conditionOf(aPass({ config, outcome }), 'StorageExists')).toMatchObject({
      status: 'False',
      reason: 'CreationFailed',
    })
  })

  it('tells the truth about the pods when the Config cannot be used', () => {
    const volume = { persistentVolumeClaim: { claimName: 'mine' } }
    const given = aPass({
      refusal: { _tag: 'StorageNotConfigured' },
      live: [aDeployment({ volume }), aClaim('mine')],
    })
    expect(statusOf(given)).toMatchObject({ storage: { pvc: { claim: 'mine' } }, readyReplicas: 2 })
    expect(conditionOf(given, 'StorageExists')?.reason).toBe('PVCExists')
  })

  it('stays what was said of a backend that this version does not know', () => {
    const s3 = { s3: { bucket: 'b' }, managementState: 'Managed' }
    const subject = {
      ...aSubject([before('StorageExists', 'True', SIX_MINUTES_AGO, 'S3 Bucket Exists')]),
      status: {
        conditions: [before('StorageExists', 'True', SIX_MINUTES_AGO, 'S3 Bucket Exists')],
        storage: s3,
        storageManaged: true,
      },
    }
    const given = aPass({
      refusal: { _tag: 'StorageNotConfigured' },
      subject,
      live: [aDeployment({ volume: {} })],
    })
    expect(statusOf(given)).toMatchObject({ storage: s3, storageManaged: true })
    expect(conditionOf(given, 'StorageExists')?.reason).toBe('S3 Bucket Exists')
  })

  it('is forgotten when the registry is removed, and the Deployment gone', () => {
    const removed = { config: { managementState: 'Removed' as const } }
    expect(statusOf(aPass({ ...removed, live: [] }))).toMatchObject({
      storage: { managementState: 'Unmanaged' },
      storageManaged: false,
    })
    expect(conditionOf(aPass({ ...removed, live: [] }), 'StorageExists')?.status).toBe('False')
    expect(statusOf(aPass(removed))['storage']).toMatchObject({ emptyDir: {} })
  })

  it('still exists when the registry is removed and the claim stays', () => {
    const given = aPass({
      config: { ...config, managementState: 'Removed' },
      live: [aClaim('mine')],
    })
    expect(conditionOf(given, 'StorageExists')?.reason).toBe('PVCExists')
  })

  it('is unknown where nothing was ever deployed', () => {
    const given = aPass({ refusal: { _tag: 'StorageNotConfigured' }, live: [] })
    expect(conditionOf(given, 'StorageExists')).toMatchObject({
      status: 'Unknown',
      reason: 'StorageNotConfigured',
    })
  })
})

describe('the conditions for kstatus', () => {
  const atRest = { ...aSubject(), status: { observedGeneration: 3 } }
  const shown = (given: StatusInput) =>
    ['Ready', 'Reconciling', 'Stalled'].map((type) => conditionOf(given, type)?.status).join(' ')

  it.each<readonly [string, StatusInput, string]>([
    ['ready', aPass(), 'True False False'],
    [
      'rolling out',
      aPass({ live: [aDeployment({ progress: 'ReplicaSetUpdated' })] }),
      'False True False',
    ],
    [
      'just written, not seen by its controller',
      aPass({
        live: [aDeployment({ observedGeneration: 3 })],
        subject: aSubject([before('Progressing', 'False', NOW, 'Ready')]),
      }),
      'False True False',
    ],
    [
      'timed out',
      aPass({ live: [aDeployment({ progress: 'ProgressDeadlineExceeded' })] }),
      'False False True',
    ],
    [
      'scaled to zero, with pods still to go',
      aPass({
        config: { replicas: 0 },
        live: [aDeployment({ replicas: 2, wanted: 0 })],
      }),
      'False True False',
    ],
    [
      'scaled up, with pods still to become available',
      aPass({ live: [aDeployment({ replicas: 4, wanted: 4, available: 2 })] }),
      'False True False',
    ],
    [
      'at rest, with a pod that moves',
      aPass({ live: [aDeployment({ replicas: 1, wanted: 2 })], subject: atRest }),
      'False False False',
    ],
    [
      'unmanaged, and scaled by somebody',
      aPass({
        config: { managementState: 'Unmanaged' },
        live: [aDeployment({ replicas: 2, wanted: 5 })],
      }),
      'True False False',
    ],
    ['refused', aPass({ refusal: { _tag: 'StorageNotConfigured' } }), 'False False True'],
    [
      'unavailable for long',
      aPass({
        live: [aDeployment({ available: 0 })],
        subject: {
          ...atRest,
          status: {
            observedGeneration: 3,
            conditions: [before('Available', 'False', SIX_MINUTES_AGO)],
          },
        },
      }),
      'False False False',
    ],
    ['removed', aPass({ config: { managementState: 'Removed' }, live: [] }), 'True False False'],
    [
      'unmanaged, whatever somebody does to the Deployment',
      aPass({
        config: { managementState: 'Unmanaged' },
        live: [aDeployment({ observedGeneration: 3 })],
      }),
      'True False False',
    ],
  ])('%s', (_situation, given, expected) => {
    expect(shown(given)).toBe(expected)
  })
})
