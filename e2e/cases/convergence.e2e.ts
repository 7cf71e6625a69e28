import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AuditEvent } from '../cluster/audit-log'
import { requestCounts, requestsOf, requestSummary } from '../cluster/requests'
import { applyConfig, conditionOf, getConfig, untilComplete } from '../harness/config-status'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { ownedObjects } from '../harness/registry-objects'
import { onDefaultClaim } from '../harness/sample-specs'

const MAX_WRITES = 25
const MAX_OTHER_REQUESTS = 35

let cluster: OpenshiftCluster
let operator: OperatorProcess
let events: ReadonlyArray<AuditEvent>

beforeAll(async () => {
  cluster = await startOpenshiftCluster()
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  await applyConfig(cluster.client, onDefaultClaim)
  await untilComplete(cluster.client)
  events = requestsOf(await cluster.controlPlane.auditEvents(), { user: OPERATOR_USER })
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

describe('a cluster with only facts in it', () => {
  it('becomes Available with a complete Deployment', async () => {
    const deployment = await untilComplete(cluster.client)
    expect(deployment['status']).toMatchObject({
      replicas: 2,
      updatedReplicas: 2,
      availableReplicas: 2,
    })
    const config = await getConfig(cluster.client)
    expect(conditionOf(config, 'Available')).toMatchObject({ status: 'True', reason: 'Ready' })
    expect(conditionOf(config, 'Progressing')).toMatchObject({ status: 'False', reason: 'Ready' })
    expect(conditionOf(config, 'Degraded')).toMatchObject({ status: 'False' })
    expect(conditionOf(config, 'StorageExists')).toMatchObject({ status: 'True' })
    expect(config['status']).toMatchObject({ readyReplicas: 2, observedGeneration: 1 })
  })

  it('has every object of the main controller', async () => {
    const names = (await ownedObjects(cluster.client)).map(
      ({ object }) => `${object.kind}/${object.metadata.name}`,
    )
    expect(names.sort()).toEqual([
      'ClusterRole/system:registry',
      'ClusterRoleBinding/registry-registry-role',
      'Deployment/image-registry',
      'NetworkPolicy/image-registry-networkpolicy',
      'PersistentVolumeClaim/image-registry-storage',
      'PodDisruptionBudget/image-registry',
      'Route/default-route',
      'Secret/image-registry-private-configuration',
      'Secret/installation-pull-secrets',
      'Service/image-registry',
      'ServiceAccount/registry',
    ])
  })

  it(`takes at most ${MAX_WRITES} writes and ${MAX_OTHER_REQUESTS} other requests`, () => {
    const counts = requestCounts(events)
    process.stdout.write(`convergence: ${JSON.stringify(counts)}\n`)
    const seen = requestSummary(events).join('\n')
    expect(counts.writes, seen).toBeLessThanOrEqual(MAX_WRITES)
    expect(counts.total - counts.writes, seen).toBeLessThanOrEqual(MAX_OTHER_REQUESTS)
  })

  it('takes no request that is answered with 4xx', () => {
    expect(requestSummary(events.filter(({ code }) => code >= 400 && code < 500))).toEqual([])
  })

  it('takes one watch for each kind and namespace', () => {
    const watches = events
      .filter(({ verb }) => verb === 'watch')
      .map(({ requestURI }) => {
        const [path, query] = requestURI.split('?')
        return `${path} ${new URLSearchParams(query).get('fieldSelector') ?? ''}`
      })
    expect(watches.length).toBeGreaterThan(10)
    expect([...new Set(watches)].sort()).toEqual([...watches].sort())
  })

  it('is told who asks: every request carries the name and the version of the operator', () => {
    const agents = new Set(events.map(({ userAgent }) => userAgent))
    expect([...agents]).toEqual([expect.stringMatching(/^image-registry-operator\/\d+\.\d+\.\d+/)])
  })

  it('sees no line in the log that has a secret value', async () => {
    const secret = await cluster.client.send(
      'GET',
      '/api/v1/namespaces/openshift-image-registry/secrets/image-registry-private-configuration',
    )
    const { REGISTRY_HTTP_SECRET } = secret['data'] as Readonly<Record<string, string>>
    const value = Buffer.from(REGISTRY_HTTP_SECRET ?? '', 'base64').toString()
    expect(value).toMatch(/^[0-9a-f]{128}$/)
    expect(operator.log().join('\n')).not.toContain(value)
    expect(JSON.stringify(await getConfig(cluster.client))).not.toContain(value)
  })
})
