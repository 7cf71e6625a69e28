import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AuditEvent } from '../cluster/audit-log'
import { isWrite, requestSummary } from '../cluster/requests'
import { mergePatch } from '../cluster/simulation'
import { untilComplete, untilSettled } from '../harness/config-status'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { configPath } from '../harness/registry-objects'
import { plainSpec, ROUTE_SECRET, singleChanges } from '../harness/single-changes'
import { untilSilent } from '../harness/until-silent'

const MAX_WRITES = 4
/** Longer than pods need to become ready, and than the operator waits for more changes. */
const SILENT_MS = 1_500

/** So many that no pod waits for a node that the rule of an old pod keeps from it. */
const MANY_NODES = 6

const registry = 'namespaces/openshift-image-registry'

let cluster: OpenshiftCluster
let operator: OperatorProcess
const table: string[] = []

const silence = (from: Date): Promise<ReadonlyArray<AuditEvent>> =>
  untilSilent(cluster.controlPlane, { user: OPERATOR_USER, from, silentMs: SILENT_MS })

/** What the operator asks for because of one change of the spec, until it is at rest again. */
const requestsFor = async (spec: object): Promise<ReadonlyArray<AuditEvent>> => {
  const from = new Date()
  await mergePatch(cluster.client, configPath, { spec })
  await untilComplete(cluster.client)
  return silence(from)
}

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ nodeCount: MANY_NODES })
  const { client } = cluster
  await client.send('POST', `/api/v1/${registry}/persistentvolumeclaims`, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'my-claim' },
    spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '100Gi' } } },
  })
  await client.send('POST', `/api/v1/${registry}/secrets`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: ROUTE_SECRET },
    stringData: { 'tls.crt': 'no certificate of a route', 'tls.key': 'no key of a route' },
  })
  await client.send('POST', configPath.replace(/\/cluster$/, ''), {
    apiVersion: 'imageregistry.operator.openshift.io/v1',
    kind: 'Config',
    metadata: { name: 'cluster' },
    spec: plainSpec,
  })
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  await untilSettled(client)
  await silence(new Date())
})

afterAll(async () => {
  process.stdout.write(`one change of the Config, and the writes that it takes:\n`)
  process.stdout.write(`${table.join('\n')}\n`)
  await operator?.stop()
  await cluster?.stop()
})

const expectWithin = (requests: ReadonlyArray<AuditEvent>, maxWrites: number): void => {
  const seen = requestSummary(requests).join('\n')
  expect(requests.filter(isWrite).length, seen).toBeLessThanOrEqual(maxWrites)
  expect(requestSummary(requests.filter((request) => !isWrite(request)))).toEqual([])
}

describe(`one change of the Config takes at most ${MAX_WRITES} writes and no read`, () => {
  it.each(singleChanges)('$name', async ({ name, to, back, maxWritesBack = MAX_WRITES }) => {
    const there = await requestsFor(to)
    const backAgain = await requestsFor(back)
    const writes = [there, backAgain].map((requests) => requests.filter(isWrite))
    table.push(`${name}: ${writes.map(({ length }) => length).join(', back ')}`)
    expectWithin(there, MAX_WRITES)
    expectWithin(backAgain, maxWritesBack)
  })

  it('is asked of more than 33 changes', () => {
    expect(singleChanges.length).toBeGreaterThan(33)
  })
})
