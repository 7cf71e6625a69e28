import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { killAtExit } from '../../cluster/exit-cleanup'
import type { KubeObject } from '../../cluster/cluster-client'
import { mergePatch } from '../../cluster/simulation'
import { untilObject } from '../../cluster/until-object'
import { untilQuiet } from '../../compatibility/until-quiet'
import { bundlePath } from '../../harness/bundle'
import { type Condition, untilComplete } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { givenRegistry, untilAvailable } from '../../harness/given-registry'
import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../../harness/operator-process'
import { imagePath, prunerPath } from '../../harness/registry-objects'
import { containerOf, podSpecOf } from '../../harness/registry-workload'

const registry = 'namespaces/openshift-image-registry'
const configMaps = `/api/v1/${registry}/configmaps`
const nodeCaPath = `/apis/apps/v1/${registry}/daemonsets/node-ca`
const cronJobPath = `/apis/batch/v1/${registry}/cronjobs/image-pruner`
const jobs = `/apis/batch/v1/${registry}/jobs`
const pods = `/api/v1/${registry}/pods`
const policies = `/apis/networking.k8s.io/v1/${registry}/networkpolicies`

let cluster: OpenshiftCluster
let operator: OperatorProcess

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ definitions: 'openshift-api' })
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  await givenRegistry(cluster.client)
  await untilComplete(cluster.client)
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

describe('C1: the authorities that the user trusts', () => {
  it('are handed on as they are, beside those of the registry itself, and nothing changes afterwards', async () => {
    const data = { 'foo.example.com': 'certificate1', 'bar.example.com..5000': 'certificate2' }
    await cluster.client.send('POST', '/api/v1/namespaces/openshift-config/configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'trusted' },
      data,
    })
    await mergePatch(cluster.client, imagePath, {
      spec: { additionalTrustedCA: { name: 'trusted' } },
    })
    const certificates = await untilObject(
      cluster.client,
      `${configMaps}/image-registry-certificates`,
      (object) => JSON.stringify(object['data'] ?? {}).includes('certificate2'),
    )
    const ofRegistry = expect.stringMatching(/./) as unknown
    expect(certificates['data']).toMatchObject({
      ...data,
      'image-registry.openshift-image-registry.svc..5000': ofRegistry,
      'image-registry.openshift-image-registry.svc.cluster.local..5000': ofRegistry,
    })
    expect(await untilQuiet(cluster.client)).toBe(true)
  })
})

/** Starts what a pod of node-ca runs, on folders of its own. */
const startedNodeCa = (
  folder: string,
): Readonly<{ log: () => string; stop: () => Promise<number | null> }> => {
  const child = spawn(
    process.execPath,
    [
      bundlePath,
      'node-ca-sync',
      `--source=${join(folder, 'source')}`,
      `--destination=${join(folder, 'certs.d')}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const forget = killAtExit(child)
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM')
    return exited.finally(forget)
  }
  return { log: () => said.join(''), stop }
}

describe('node-ca', () => {
  const isAvailable = ({ status }: KubeObject): boolean =>
    ((status ?? {}) as Readonly<{ numberAvailable?: number }>).numberAvailable === 2

  it('C3: is put back as it was when somebody takes its tolerations away', async () => {
    await cluster.client.send(
      'PATCH',
      `${nodeCaPath}?fieldManager=kubectl-edit`,
      [{ op: 'remove', path: '/spec/template/spec/tolerations' }],
      'application/json-patch+json',
    )
    const after = await untilObject(
      cluster.client,
      nodeCaPath,
      (object) => podSpecOf(object).tolerations !== undefined,
    )
    expect(podSpecOf(after).tolerations).toEqual([{ operator: 'Exists' }])
    await untilObject(cluster.client, nodeCaPath, isAvailable)
  })

  it('C2: is there while the registry is removed', async () => {
    await givenRegistry(cluster.client, { managementState: 'Removed' })
    const nodeCa = await untilObject(cluster.client, nodeCaPath, isAvailable)
    expect(nodeCa.metadata.deletionTimestamp).toBeUndefined()
    await cluster.client.send('DELETE', nodeCaPath)
    const { uid } = nodeCa.metadata
    await untilObject(
      cluster.client,
      nodeCaPath,
      (object) => object.metadata.uid !== uid && isAvailable(object),
    )
  })

  it('C4: as a process that is told to end, says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'node-ca-'))
    try {
      await mkdir(join(folder, 'source'))
      const nodeCa = startedNodeCa(folder)
      await eventually('it has looked once', async () =>
        nodeCa.log().includes('copied: 000') ? true : undefined,
      )
      expect(await nodeCa.stop()).toBe(0)
      expect(nodeCa.log()).toContain('shutting down node-ca')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

const argumentsOf = (cronJob: KubeObject): ReadonlyArray<string> => {
  const { jobTemplate } = cronJob['spec'] as Readonly<{ jobTemplate: KubeObject }>
  return containerOf(jobTemplate).args ?? []
}

const untilArgument = (argument: string): Promise<KubeObject> =>
  untilObject(cluster.client, cronJobPath, (cronJob) => argumentsOf(cronJob).includes(argument))

const prunerConditions = async (): Promise<Readonly<Record<string, string>>> => {
  const { status } = await cluster.client.send('GET', prunerPath)
  const { conditions = [] } = (status ?? {}) as Readonly<{ conditions?: ReadonlyArray<Condition> }>
  return Object.fromEntries(conditions.map((each) => [each.type, `${each.status}/${each.reason}`]))
}

const untilPruner = (type: string, is: string): Promise<Readonly<Record<string, string>>> =>
  eventually(`${type} is ${is}`, async () => {
    const conditions = await prunerConditions()
    return conditions[type] === is ? conditions : undefined
  })

const setPruner = (spec: object): Promise<KubeObject> =>
  mergePatch(cluster.client, prunerPath, { spec })

describe('the pruner', () => {
  it('C5: prunes the registry while there is one, and only image streams while it is removed', async () => {
    await untilArgument('--prune-registry=false')
    await givenRegistry(cluster.client)
    await untilAvailable(cluster.client)
    await untilArgument('--prune-registry=true')
  })

  it('C6: has defaults; before its first run Failed is False because there are no Jobs', async () => {
    const { spec } = await cluster.client.send('GET', prunerPath)
    expect(spec).toMatchObject({ ignoreInvalidImageReferences: true, suspend: false })
    expect(await prunerConditions()).toMatchObject({
      Available: 'True/AsExpected',
      Scheduled: 'True/Scheduled',
      Failed: 'False/NoJobs',
    })
    const cronJob = await cluster.client.send('GET', cronJobPath)
    expect(cronJob['spec']).toMatchObject({ schedule: '0 0 * * *', suspend: false })
    expect(argumentsOf(cronJob)).toEqual(
      expect.arrayContaining([
        '--ignore-invalid-refs=true',
        '--registry-url=https://image-registry.openshift-image-registry.svc:5000',
      ]),
    )
  })

  it('C7, C8: runs every minute when told so, on a simulated node, with the flag, to a good end', async () => {
    const { metadata } = await setPruner({ schedule: '*/1 * * * *' })
    await untilObject(
      cluster.client,
      prunerPath,
      ({ status }) =>
        (status as Readonly<{ observedGeneration?: number }>).observedGeneration ===
        metadata['generation'],
    )
    const pod = await eventually(
      'a pod of the pruner has succeeded',
      async () =>
        (await cluster.client.list(`${pods}?labelSelector=app%3Dimage-pruner`)).find(
          ({ status }) => (status as Readonly<{ phase?: string }>).phase === 'Succeeded',
        ),
      90_000,
    )
    const { containers } = pod['spec'] as Readonly<{
      containers: ReadonlyArray<Readonly<{ args: ReadonlyArray<string> }>>
    }>
    expect(containers[0]?.args).toContain('--ignore-invalid-refs=true')
    expect(await untilPruner('Failed', 'False/Complete')).toMatchObject({
      Available: 'True/AsExpected',
      Degraded: 'False/AsExpected',
    })
    expect((await cluster.client.list(jobs)).length).toBeGreaterThan(0)
  }, 120_000)

  it('C6: is suspended when told so, and the CronJob follows', async () => {
    await setPruner({ suspend: true, schedule: '0 1 * * *', ignoreInvalidImageReferences: false })
    await untilPruner('Scheduled', 'False/Suspended')
    const cronJob = await untilArgument('--ignore-invalid-refs=false')
    expect(cronJob['spec']).toMatchObject({ suspend: true, schedule: '0 1 * * *' })
  })
})

type Port = Readonly<{ port: number; protocol: string }>
type Rule = Readonly<{ ports?: ReadonlyArray<Port>; from?: unknown; to?: unknown }>

type PolicySpec = Readonly<{
  podSelector: unknown
  policyTypes: ReadonlyArray<string>
  ingress?: ReadonlyArray<Rule>
  egress?: ReadonlyArray<Rule>
}>

const policySpec = async (name: string): Promise<PolicySpec> =>
  (await cluster.client.send('GET', `${policies}/${name}`))['spec'] as PolicySpec

const portsOf = (rules: ReadonlyArray<Rule> = []): ReadonlyArray<string> =>
  rules.flatMap(({ ports = [] }) => ports.map(({ port, protocol }) => `${port}/${protocol}`))

const own = ['image-registry-networkpolicy', 'image-pruner-networkpolicy']

describe('network policies', () => {
  it('C9: there are four, of which the first lets nobody talk to anybody', async () => {
    const all = (await cluster.client.list(policies)).map(({ metadata }) => metadata.name)
    expect(all.sort()).toEqual(
      [...own, 'default-deny-all', 'image-registry-operator-networkpolicy'].sort(),
    )
    expect(await policySpec('default-deny-all')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    })
  })

  it.each([
    {
      name: 'image-registry-operator-networkpolicy',
      types: ['Ingress', 'Egress'],
      ingress: ['60000/TCP'],
      egress: ['6443/TCP', '5353/TCP', '5353/UDP', '443/TCP'],
    },
    {
      name: 'image-registry-networkpolicy',
      types: ['Ingress', 'Egress'],
      ingress: ['5000/TCP', '5000/TCP', '5000/TCP'],
      egress: ['8443/TCP', '5353/TCP', '5353/UDP', '443/TCP'],
    },
    {
      name: 'image-pruner-networkpolicy',
      types: ['Egress'],
      ingress: [],
      egress: ['6443/TCP', '5353/TCP', '5353/UDP', '5000/TCP'],
    },
  ])('C9: $name has its ports, and a rule that lets all out', async (wanted) => {
    const spec = await policySpec(wanted.name)
    expect(spec.policyTypes).toEqual(wanted.types)
    expect(portsOf(spec.ingress)).toEqual(wanted.ingress)
    expect(portsOf(spec.egress)).toEqual(wanted.egress)
    expect(spec.egress).toContainEqual({})
  })

  it('C11: a pod anywhere may connect to the registry on 5000, as far as the policies say', async () => {
    const { podSelector, ingress = [] } = await policySpec('image-registry-networkpolicy')
    expect(podSelector).toEqual({ matchLabels: { 'docker-registry': 'default' } })
    expect(ingress).toContainEqual({ ports: [{ port: 5000, protocol: 'TCP' }] })
    const found = await cluster.client.list(`${pods}?labelSelector=docker-registry%3Ddefault`)
    expect(found.length).toBeGreaterThan(0)
  })

  it.each(own)(
    'C10: %s is there again, and as it was, whatever somebody does to it',
    async (name) => {
      const path = `${policies}/${name}`
      const before = await cluster.client.send('GET', path)
      await cluster.client.send(
        'PATCH',
        `${path}?fieldManager=kubectl-edit`,
        { spec: { podSelector: { matchLabels: { theirs: 'yes' } } } },
        'application/merge-patch+json',
      )
      const isAsBefore = ({ spec }: KubeObject): boolean =>
        JSON.stringify(spec) === JSON.stringify(before['spec'])
      await untilObject(cluster.client, path, isAsBefore)
      await cluster.client.send('DELETE', path)
      const { uid } = before.metadata
      await untilObject(
        cluster.client,
        path,
        (object) => object.metadata.uid !== uid && isAsBefore(object),
      )
    },
  )
})
