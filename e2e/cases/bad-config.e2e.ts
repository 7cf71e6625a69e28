import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../cluster/cluster-client'
import { requestsOf, requestSummary } from '../cluster/requests'
import { eventually } from '../harness/eventually'
import {
  applyConfig,
  conditionOf,
  getConfig,
  untilComplete,
  untilCondition,
} from '../harness/config-status'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { configPath, deploymentPath } from '../harness/registry-objects'
import { onEmptyDir } from '../harness/sample-specs'

/** The Event that tells of it comes after the condition. */
const EVENT_MS = 500

let cluster: OpenshiftCluster
let operator: OperatorProcess

const crdPath =
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/configs.imageregistry.operator.openshift.io'

type Version = Readonly<{
  schema: { openAPIV3Schema: { properties: Record<string, unknown> } }
}>

/** A definition that lets everything through, as an older or a damaged one may. */
const loosenDefinition = async (): Promise<void> => {
  const definition = await cluster.client.send('GET', crdPath)
  const { versions } = definition['spec'] as { versions: ReadonlyArray<Version> }
  for (const { schema } of versions) {
    schema.openAPIV3Schema.properties['spec'] = {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    }
  }
  await cluster.client.send('PUT', crdPath, definition)
}

beforeAll(async () => {
  cluster = await startOpenshiftCluster()
  await loosenDefinition()
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  await applyConfig(cluster.client, onEmptyDir)
  await untilComplete(cluster.client)
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

const pods = async (): Promise<ReadonlyArray<string | undefined>> =>
  (
    await cluster.client.list(
      '/api/v1/namespaces/openshift-image-registry/pods?labelSelector=docker-registry%3Ddefault',
    )
  )
    .map(({ metadata }) => metadata.uid)
    .sort()

/** Replaces the whole spec, as an editor does; the schema does not stand in the way. */
const putSpec = async (spec: unknown): Promise<void> => {
  const config = await getConfig(cluster.client)
  await cluster.client.send('PUT', configPath, { ...config, spec })
}

type BadConfig = Readonly<{ what: string; spec: unknown; says: ReadonlyArray<string> }>

const badConfigs: ReadonlyArray<BadConfig> = [
  {
    what: 'two storages',
    spec: { ...onEmptyDir, storage: { emptyDir: {}, pvc: { claim: 'x' } } },
    says: ['exactly one storage type should be configured at the same time, got 2', 'spec.storage'],
  },
  {
    what: 'negative replicas',
    spec: { ...onEmptyDir, replicas: -1 },
    says: ['spec.replicas', 'replicas must be greater than or equal to 0'],
  },
  {
    what: 'two routes of one name',
    spec: { ...onEmptyDir, routes: [{ name: 'a' }, { name: 'a' }] },
    says: [
      'spec.routes[1].name',
      'duplication of names has been detected in the additional routes',
    ],
  },
  {
    what: 'a route named as the default one',
    spec: { ...onEmptyDir, routes: [{ name: 'default-route' }] },
    says: [
      'spec.routes[0].name',
      'duplication of names has been detected in the additional routes',
    ],
  },
  {
    what: 'negative request limits',
    spec: { ...onEmptyDir, requests: { read: { maxRunning: -1 }, write: { maxInQueue: -2 } } },
    says: [
      'spec.requests.read.maxRunning',
      'Requests.Read.MaxRunning must be positive number',
      'spec.requests.write.maxInQueue',
      'Requests.Write.MaxInQueue must be positive number',
    ],
  },
  {
    what: 'unknown fields',
    spec: { ...onEmptyDir, replicsa: 3, storage: { emptyDir: { size: '1Gi' } } },
    says: ['spec.replicsa', 'replicas', 'spec.storage.emptyDir.size'],
  },
  {
    what: 'wrong types in every field',
    spec: {
      managementState: 1,
      logLevel: 1,
      operatorLogLevel: 1,
      replicas: 'two',
      httpSecret: 1,
      proxy: 1,
      readOnly: 'no',
      disableRedirect: 'no',
      defaultRoute: 'yes',
      requests: 1,
      routes: 1,
      logging: 'x',
      resources: 1,
      nodeSelector: 1,
      tolerations: 1,
      topologySpreadConstraints: 1,
      affinity: 1,
      rolloutStrategy: 1,
      storage: 1,
    },
    says: [
      ...['managementState', 'logLevel', 'operatorLogLevel', 'replicas', 'httpSecret', 'proxy'],
      ...['readOnly', 'disableRedirect', 'defaultRoute', 'requests', 'routes', 'logging'],
      ...['resources', 'nodeSelector', 'tolerations', 'topologySpreadConstraints', 'affinity'],
      ...['rolloutStrategy', 'storage'],
    ].map((field) => `spec.${field}`),
  },
  {
    what: 'no storage',
    spec: { ...onEmptyDir, storage: {} },
    says: ['storage backend not configured', 'spec.storage'],
  },
]

describe.each(badConfigs)('a Config with $what', ({ spec, says }) => {
  it('gets a precise condition, changes nothing that runs, costs nothing, and recovers', async () => {
    const before = await untilComplete(cluster.client)
    const podsBefore = await pods()
    await putSpec(spec)
    const degraded = await untilCondition(cluster.client, 'Degraded', 'True', 10_000)
    for (const text of says) expect(degraded.message).toContain(text)
    expect(degraded.reason).toMatch(/^(VerificationFailed|StorageNotConfigured)$/)
    const config = await getConfig(cluster.client)
    expect(conditionOf(config, 'Available')).toMatchObject({ status: 'True' })
    expect(conditionOf(config, 'Stalled')).toMatchObject({ status: 'True' })

    await sleep(EVENT_MS)
    const from = new Date()
    await sleep(2_000)
    const requests = requestsOf(await cluster.controlPlane.auditEvents(), {
      user: OPERATOR_USER,
      from,
    })
    const others = requests.filter(({ objectRef }) => objectRef?.resource !== 'leases')
    expect(requestSummary(others)).toEqual([])

    const after = await cluster.client.send('GET', deploymentPath)
    expect(after.metadata['generation']).toBe(before.metadata['generation'])
    expect(await pods()).toEqual(podsBefore)

    await putSpec(onEmptyDir)
    const recovered: KubeObject = await untilComplete(cluster.client)
    expect(recovered.metadata['generation']).toBe(before.metadata['generation'])
    expect(conditionOf(await getConfig(cluster.client), 'Degraded')).toMatchObject({
      status: 'False',
    })
  })
})

describe('a Config with replicas: 0', () => {
  it('is not bad: the registry is scaled to zero, says so, and comes back', async () => {
    await putSpec({ ...onEmptyDir, replicas: 0 })
    await untilComplete(cluster.client)
    await eventually('the status says so', async () => {
      const { reason } = conditionOf(await getConfig(cluster.client), 'Available') ?? {}
      return reason === 'ScaledToZero' ? true : undefined
    })
    expect(conditionOf(await getConfig(cluster.client), 'Available')).toMatchObject({
      status: 'True',
      reason: 'ScaledToZero',
    })
    await eventually('the pods are gone', async () =>
      (await pods()).length === 0 ? true : undefined,
    )
    await putSpec(onEmptyDir)
    await untilComplete(cluster.client)
    expect((await pods()).length).toBe(2)
  })
})
