import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AuditEvent } from '../cluster/audit-log'
import type { KubeObject } from '../cluster/cluster-client'
import { requestCounts, requestsOf, requestSummary } from '../cluster/requests'
import {
  applyConfig,
  conditionOf,
  getClusterOperator,
  getConfig,
  untilSettled,
} from '../harness/config-status'
import type { Definitions } from '../harness/furnished'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { imagePath, ownedObjects, prunerPath } from '../harness/registry-objects'
import { onDefaultClaim } from '../harness/sample-specs'

const MAX_WRITES = 40
/** So often the Config's status says something new on the way, when both pods become ready at once. */
const MOMENTS = 4
/** Two simulated nodes answer in milliseconds: what takes longer is the operator. */
const MAX_MS = 15_000

/** Reads that are no watch: what is served, and whether there is a Lease. */
const FIRST_READS = [
  '1 × get /apis 200',
  '1 × list /apis/coordination.k8s.io/v1/namespaces/openshift-image-registry/leases 200',
]

const OBJECTS = [
  'ClusterRole/system:image-pruner',
  'ClusterRole/system:registry',
  'ClusterRoleBinding/openshift-image-registry-pruner',
  'ClusterRoleBinding/registry-registry-role',
  'ConfigMap/image-registry-ca',
  'ConfigMap/image-registry-certificates',
  'ConfigMap/serviceca',
  'CronJob/image-pruner',
  'DaemonSet/node-ca',
  'Deployment/image-registry',
  'NetworkPolicy/image-pruner-networkpolicy',
  'NetworkPolicy/image-registry-networkpolicy',
  'PersistentVolumeClaim/image-registry-storage',
  'PodDisruptionBudget/image-registry',
  'Route/default-route',
  'Secret/image-registry-private-configuration',
  'Secret/installation-pull-secrets',
  'Service/image-registry',
  'ServiceAccount/pruner',
  'ServiceAccount/registry',
]

const definitions: ReadonlyArray<Readonly<{ whose: string; definitions: Definitions }>> = [
  { whose: 'our definitions', definitions: 'ours' },
  { whose: 'the definitions of openshift/api', definitions: 'openshift-api' },
]

/** What stands in every condition, e.g. `Available True Ready`. */
const conditionsOf = (object: KubeObject, types: ReadonlyArray<string>): ReadonlyArray<string> =>
  types.map((type) => {
    const { status = 'is missing', reason = '' } = conditionOf(object, type) ?? {}
    return `${type} ${status} ${reason}`.trim()
  })

describe.each(definitions)('a cluster with only facts in it, and $whose', ({ definitions }) => {
  let cluster: OpenshiftCluster
  let operator: OperatorProcess
  let events: ReadonlyArray<AuditEvent>
  let tookMs: number

  beforeAll(async () => {
    cluster = await startOpenshiftCluster({ definitions })
    await applyConfig(cluster.client, onDefaultClaim)
    const since = performance.now()
    operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
    await untilSettled(cluster.client)
    tookMs = performance.now() - since
    events = requestsOf(await cluster.controlPlane.auditEvents(), { user: OPERATOR_USER })
  })

  afterAll(async () => {
    await operator?.stop()
    await cluster?.stop()
  })

  const get = (path: string): Promise<KubeObject> => cluster.client.send('GET', path)

  it('becomes Available with a complete Deployment', async () => {
    const { status, metadata } = await untilSettled(cluster.client)
    expect(status).toMatchObject({ replicas: 2, updatedReplicas: 2, availableReplicas: 2 })
    // Nothing that came later restarted the pods.
    expect(metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '1' })
    const config = await getConfig(cluster.client)
    expect(conditionsOf(config, ['Available', 'Progressing', 'Degraded', 'Removed'])).toEqual([
      'Available True Ready',
      'Progressing False Ready',
      'Degraded False',
      'Removed False',
    ])
    expect(conditionsOf(config, ['StorageExists'])).toEqual(['StorageExists True PVCExists'])
    expect(config['status']).toMatchObject({
      readyReplicas: 2,
      observedGeneration: config.metadata['generation'],
    })
  })

  it('tells the cluster so, and which version that is', async () => {
    const clusterOperator = await getClusterOperator(cluster.client)
    expect(conditionsOf(clusterOperator, ['Available', 'Progressing', 'Degraded'])).toEqual([
      'Available True Ready',
      'Progressing False Ready',
      'Degraded False AsExpected',
    ])
    expect(clusterOperator['status']).toMatchObject({
      versions: [{ name: 'operator', version: '4.22.0' }],
      relatedObjects: expect.arrayContaining([
        { group: '', resource: 'namespaces', name: 'openshift-image-registry' },
      ]) as unknown,
    })
    expect((await get(imagePath))['status']).toMatchObject({
      internalRegistryHostname: 'image-registry.openshift-image-registry.svc:5000',
      externalRegistryHostnames: ['default-route-openshift-image-registry.apps.example.com'],
    })
    expect(conditionsOf(await get(prunerPath), ['Available', 'Scheduled'])).toEqual([
      'Available True AsExpected',
      'Scheduled True Scheduled',
    ])
  })

  it('has every object of every part', async () => {
    const names = (await ownedObjects(cluster.client)).map(
      ({ object }) => `${object.kind}/${object.metadata.name}`,
    )
    expect(names.sort()).toEqual(OBJECTS)
  })

  it(`takes at most ${MAX_WRITES} writes, no read beyond the first lists, and ${MAX_MS / 1000} s`, () => {
    const counts = requestCounts(events)
    process.stdout.write(`convergence: ${JSON.stringify(counts)} in ${tookMs.toFixed(0)} ms\n`)
    const seen = requestSummary(events).join('\n')
    const told = events.filter(
      ({ verb, requestURI }) => verb === 'patch' && requestURI.includes('/configs/cluster/status'),
    )
    // On a busy machine one pod becomes ready after the other; the Config and the ClusterOperator say so.
    const moments = Math.max(0, told.length - MOMENTS)
    expect(moments, seen).toBeLessThanOrEqual(2)
    expect(counts.writes - 2 * moments, seen).toBeLessThanOrEqual(MAX_WRITES)
    const reads = events.filter(({ verb }) => ['get', 'list'].includes(verb))
    expect(requestSummary(reads)).toEqual(FIRST_READS)
    expect(tookMs).toBeLessThan(MAX_MS)
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
    expect(watches.length).toBeGreaterThan(30)
    expect([...new Set(watches)].sort()).toEqual([...watches].sort())
  })

  it('is told who asks: every request carries the name and the version of the operator', () => {
    const agents = new Set(events.map(({ userAgent }) => userAgent))
    expect([...agents]).toEqual([expect.stringMatching(/^image-registry-operator\/\d+\.\d+\.\d+/)])
  })

  it('sees no line in the log that has a secret value', async () => {
    const secret = await get(
      '/api/v1/namespaces/openshift-image-registry/secrets/image-registry-private-configuration',
    )
    const { REGISTRY_HTTP_SECRET } = secret['data'] as Readonly<Record<string, string>>
    const value = Buffer.from(REGISTRY_HTTP_SECRET ?? '', 'base64').toString()
    expect(value).toMatch(/^[0-9a-f]{128}$/)
    expect(operator.log().join('\n')).not.toContain(value)
    expect(JSON.stringify(await getConfig(cluster.client))).not.toContain(value)
  })
})
