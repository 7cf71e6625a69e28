import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ApplyError, JsonObject, KubeObject, Outcome, RenderProblem } from '../model'
import { isJsonObject, names, objectRef, objectsOf, refOf } from '../model'
import { patchOf } from '../testing/render-config'
import {
  aDeployment,
  aPass,
  aSubject,
  before,
  deploymentRef,
  failed,
  NOW,
  SIX_MINUTES_AGO,
  withStatus,
} from '../testing/status-fixtures'
import type { StatusInput } from './situation'
import { status } from './status'

const operator = (said: JsonObject = {}): KubeObject => ({
  apiVersion: names.OPENSHIFT_API_VERSION,
  kind: 'ClusterOperator',
  metadata: { name: names.CLUSTER_OPERATOR_NAME },
  status: said,
})

const ofVersion = (version: string, deployment: KubeObject = aDeployment()): KubeObject => ({
  ...deployment,
  metadata: { ...deployment.metadata, annotations: { [names.VERSION_ANNOTATION]: version } },
})

const patchFor = (given: StatusInput): KubeObject | undefined =>
  patchOf(status(given), 'ClusterOperator')

const saidBy = (given: StatusInput): JsonObject => {
  const said = patchFor(given)?.['status']
  return isJsonObject(said) ? said : {}
}

const conditionIn = (given: StatusInput, type: string): JsonObject | undefined =>
  objectsOf(saidBy(given)['conditions']).find((condition) => condition['type'] === type)

const withoutConfig = (given: StatusInput): StatusInput => {
  const { subject: _none, ...observation } = given.observation
  return { ...given, observation: { ...observation, config: E.left({ _tag: 'NoConfig' }) } }
}

describe('the ClusterOperator', () => {
  it('has a status with three conditions, the version, and what belongs to us in the order of old', () => {
    const given = aPass({ live: [ofVersion('1.2.3'), operator()] })
    expect(patchFor(given)).toMatchObject({
      apiVersion: 'config.openshift.io/v1',
      kind: 'ClusterOperator',
      metadata: { name: 'image-registry' },
    })
    const { conditions, ...rest } = saidBy(given)
    expect(objectsOf(conditions).map(({ type }) => type)).toEqual([
      'Available',
      'Progressing',
      'Degraded',
    ])
    expect(rest).toEqual({
      versions: [{ name: 'operator', version: '1.2.3' }],
      relatedObjects: [
        { group: 'imageregistry.operator.openshift.io', resource: 'configs', name: 'cluster' },
        { group: 'imageregistry.operator.openshift.io', resource: 'imagepruners', name: 'cluster' },
        { group: 'rbac.authorization.k8s.io', resource: 'clusterroles', name: 'system:registry' },
        {
          group: 'rbac.authorization.k8s.io',
          resource: 'clusterrolebindings',
          name: 'registry-registry-role',
        },
        {
          group: 'rbac.authorization.k8s.io',
          resource: 'clusterrolebindings',
          name: 'openshift-image-registry-pruner',
        },
        { group: '', resource: 'namespaces', name: 'openshift-image-registry' },
      ],
    })
  })

  it('is told nothing where there is none, and everything as soon as there is one', () => {
    expect(patchFor(aPass())).toBeUndefined()
    const made: Outcome[number] = {
      ...failed({ _tag: 'Conflict', ref: refOf(operator()), message: '' }),
      result: E.right(operator()),
    }
    expect(patchFor(aPass({ outcome: [made] }))).toBeDefined()
  })

  it('is not written again once it says so, with conditions of others beside ours', () => {
    const live = [ofVersion('1.2.3'), operator()]
    const patch = patchFor(aPass({ live }))
    const right = withStatus(operator(), patch ?? operator())
    const content = isJsonObject(right['status']) ? right['status'] : {}
    const conditions = [before('Upgradeable', 'True', NOW), ...objectsOf(content['conditions'])]
    const shared = { ...right, status: { ...content, conditions } }
    expect(patchFor(aPass({ live: [ofVersion('1.2.3'), shared] }))).toBeUndefined()
  })

  it('sums up what is said of the pruner under the name of the pruner', () => {
    const pruner: KubeObject = {
      apiVersion: names.CONFIG_API_VERSION,
      kind: 'ImagePruner',
      metadata: { name: names.SINGLETON_NAME },
    }
    const given = aPass({ live: [aDeployment(), operator(), pruner] })
    expect(conditionIn(given, 'Available')?.['message']).toMatch(/^ImagePrunerAvailable: ./m)
  })

  it('keeps the time of a condition while its status is the same', () => {
    const conditions = [
      before('Available', 'True', SIX_MINUTES_AGO),
      before('Degraded', 'True', SIX_MINUTES_AGO),
    ]
    const given = aPass({
      live: [aDeployment(), operator({ conditions })],
      config: { replicas: 2 },
    })
    expect(conditionIn(given, 'Degraded')).toMatchObject({
      status: 'False',
      lastTransitionTime: NOW,
    })
  })

  it('does not remember a condition that the Config no longer has', () => {
    const subject = aSubject([before('AzurePathFixControllerDegraded', 'True', NOW, 'Error')])
    const given = aPass({ subject, live: [aDeployment(), operator()] })
    expect(conditionIn(given, 'Degraded')).toMatchObject({ status: 'False', reason: 'AsExpected' })
  })
})

describe('the version', () => {
  const versionsIn = (given: StatusInput) => saidBy(given)['versions']
  const old = { versions: [{ name: 'operator', version: 'old' }] }

  it.each([
    ['the Deployment is missing', []],
    ['no replica is available', [ofVersion('new', aDeployment({ available: 0 }))]],
    ['its controller has not seen it', [ofVersion('new', aDeployment({ observedGeneration: 3 }))]],
    ['it does not say its version', [aDeployment()]],
  ])('D9: stays what it was while %s', (_while, live) => {
    expect(versionsIn(aPass({ live: [...live, operator(old)] }))).toEqual(old.versions)
    expect(versionsIn(aPass({ live: [...live, operator()] }))).toBeUndefined()
  })

  it('is reached by a registry without replicas when no pod is left', () => {
    const empty = { replicas: 0, available: 0, wanted: 0 }
    const reached = [{ name: 'operator', version: 'new' }]
    const ending = { ...empty, replicas: 1 }
    const passOf = (told: Parameters<typeof aDeployment>[0]) =>
      versionsIn(aPass({ live: [ofVersion('new', aDeployment(told)), operator(old)] }))
    expect(passOf(empty)).toEqual(reached)
    expect(passOf(ending)).toEqual(old.versions)
  })

  it('D9: stays while old pods are left', () => {
    const found = ofVersion('new')
    const said = isJsonObject(found['status']) ? found['status'] : {}
    const mixed = { ...found, status: { ...said, updatedReplicas: 1 } }
    expect(versionsIn(aPass({ live: [mixed, operator(old)] }))).toEqual(old.versions)
  })

  it.each(['Removed', 'Unmanaged'] as const)(
    'D9: is that of the release when %s',
    (managementState) => {
      const given = aPass({ config: { managementState }, live: [operator(old)] })
      expect(versionsIn(given)).toEqual([{ name: 'operator', version: '1.2.3' }])
    },
  )

  it('follows what a Config that cannot be used states of its management', () => {
    const given = aPass({
      refusal: { _tag: 'StorageNotConfigured' },
      subject: aSubject([], { managementState: 'Removed' }),
      live: [operator(old)],
    })
    expect(versionsIn(given)).toEqual([{ name: 'operator', version: '1.2.3' }])
  })
})

describe('without a Config', () => {
  const ref = objectRef(names.CONFIG_API_VERSION, 'Config', names.SINGLETON_NAME)
  const withheldBy = (problem: RenderProblem, failingSince = NOW) =>
    withoutConfig(
      aPass({
        live: [operator()],
        withheld: [{ ref, problem }],
        failingSince: { config: failingSince },
      }),
    )
  const told = (given: StatusInput) =>
    ['Available', 'Progressing', 'Degraded'].map((type) => {
      const { status: is, reason } = conditionIn(given, type) ?? {}
      return [is, reason].join(' ')
    })

  it('the ClusterOperator says why none could be made', () => {
    const given = withheldBy({ _tag: 'InfrastructureMissing' })
    expect(told(given)).toEqual([
      'False InfrastructureMissing',
      'True InfrastructureMissing',
      'False AsExpected',
    ])
    expect(status(given).requeueAfterMs).toBe(301_000)
    expect(status(given).failingSince).toEqual({ config: NOW })
    expect(saidBy(given)['versions']).toBeUndefined()
  })

  it('the ClusterOperator is degraded when that lasts', () => {
    const given = withheldBy({ _tag: 'InfrastructureMissing' }, SIX_MINUTES_AGO)
    expect(told(given)[2]).toBe('True InfrastructureMissing')
    expect(status(given).requeueAfterMs).toBeUndefined()
  })

  it('the ClusterOperator is degraded at once by what only a person can cure', () => {
    const given = withheldBy({ _tag: 'ClaimNotOurs', claim: 'mine' })
    expect(told(given)).toEqual(['False ClaimNotOurs', 'False ClaimNotOurs', 'True ClaimNotOurs'])
    expect(status(given).requeueAfterMs).toBeUndefined()
  })

  it('the ClusterOperator says that it may not be made', () => {
    const forbidden: ApplyError = { _tag: 'Forbidden', ref, message: 'no' }
    const given = withoutConfig(aPass({ live: [operator()], outcome: [failed(forbidden)] }))
    expect(told(given)[0]).toBe('False ApplyForbidden')
  })

  it('the ClusterOperator is left alone while one is just being made', () => {
    expect(status(withoutConfig(aPass({ live: [operator()] }))).patches).toEqual([])
  })
})

describe('a Config that is let go', () => {
  const released = (finalizers: ReadonlyArray<string>): StatusInput => {
    const found = aSubject()
    const subject = {
      ...found,
      metadata: { ...found.metadata, deletionTimestamp: NOW, finalizers },
    }
    const action = {
      _tag: 'ReleaseObject' as const,
      ref: refOf(subject),
      before: subject,
      operations: [],
    }
    return aPass({
      subject,
      config: { managementState: 'Removed' },
      live: [operator()],
      outcome: [{ action, result: E.right(undefined) }],
    })
  }

  it('has no status any more, and the next one will speak for itself', () => {
    expect(status(released([names.FINALIZER])).patches).toEqual([])
  })

  it('has one while somebody else still holds it', () => {
    const { patches } = status(released([names.FINALIZER, 'example.com/theirs']))
    expect(patches.map(({ object }) => object.kind)).toEqual(['Config', 'ClusterOperator'])
  })

  it('says while it goes why it cannot', () => {
    const found = aSubject()
    const subject = { ...found, metadata: { ...found.metadata, deletionTimestamp: NOW } }
    const forbidden: ApplyError = { _tag: 'Forbidden', ref: deploymentRef, message: 'no' }
    const given = aPass({
      subject: {
        ...subject,
        status: { conditions: [before('Progressing', 'True', SIX_MINUTES_AGO)] },
      },
      config: { managementState: 'Removed' },
      outcome: [failed(forbidden)],
      failingSince: { registry: SIX_MINUTES_AGO },
      live: [aDeployment(), operator()],
    })
    expect(conditionIn(given, 'Degraded')).toMatchObject({
      status: 'True',
      reason: 'RemoveFailed',
    })
  })
})
