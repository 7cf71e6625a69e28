import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type CommandResult, runCommand } from '../harness/bundle'
import { applyConfig, untilComplete, untilSettled } from '../harness/config-status'
import { kubectl } from '../harness/kubectl'
import { type OpenshiftCluster, startOpenshiftCluster } from '../harness/openshift-cluster'
import { releaseEnv, startOperator } from '../harness/operator-process'
import { deploymentPath } from '../harness/registry-objects'
import { onDefaultClaim } from '../harness/sample-specs'

const NOTHING = 'Nothing to do: everything is as it should be.\n'

let cluster: OpenshiftCluster

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ auditLog: false })
  const operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  try {
    await applyConfig(cluster.client, onDefaultClaim)
    await untilSettled(cluster.client)
  } finally {
    // From here on nobody puts anything right.
    await operator.stop()
  }
})

afterAll(async () => {
  await cluster?.stop()
})

const inCluster = (): ReadonlyArray<string> => ['--kubeconfig', cluster.operatorKubeconfigPath]

const planOfCluster = (...args: ReadonlyArray<string>): Promise<CommandResult> =>
  runCommand(['plan', ...inCluster(), ...args], releaseEnv)

const planOf = (snapshot: string): Promise<CommandResult> =>
  runCommand(['plan', '-f', '-'], releaseEnv, snapshot)

const observed = async (): Promise<string> => {
  const { code, stdout } = await runCommand(['observe', ...inCluster()], releaseEnv)
  expect(code).toBe(0)
  return stdout
}

const queries: ReadonlyArray<ReadonlyArray<string>> = [
  ['get', 'secrets,configmaps', '-n', 'openshift-config'],
  ['get', 'configmaps', '-n', 'openshift-config-managed'],
  [
    ...['get', '-n', 'openshift-image-registry'],
    'secrets,configmaps,serviceaccounts,services,persistentvolumeclaims,deployments,daemonsets,' +
      'cronjobs,jobs,poddisruptionbudgets,networkpolicies,routes',
  ],
  [
    'get',
    'configs.imageregistry.operator.openshift.io,imagepruners.imageregistry.operator.openshift.io,' +
      'infrastructures.config.openshift.io,proxies.config.openshift.io,images.config.openshift.io,' +
      'apiservers.config.openshift.io,featuregates.config.openshift.io,' +
      'clusterversions.config.openshift.io,clusteroperators.config.openshift.io,' +
      'namespaces,nodes,clusterroles,clusterrolebindings',
  ],
]

/** What a person collects by hand: without managedFields, with more than is needed, and with secret values. */
const collected = async (): Promise<string> => {
  const results = await Promise.all(
    queries.map((query) => kubectl(cluster.controlPlane, [...query, '-o', 'yaml'])),
  )
  for (const { code, stderr } of results) expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return results.map(({ stdout }) => stdout).join('---\n')
}

/** Sets the replicas as `kubectl scale` does, behind the operator's back. */
const scale = (replicas: number): Promise<unknown> =>
  cluster.client.send(
    'PATCH',
    `${deploymentPath}?fieldManager=kubectl-scale`,
    { spec: { replicas } },
    'application/merge-patch+json',
  )

describe('plan', () => {
  it('finds nothing to do after convergence: in the cluster, in a snapshot, in what kubectl prints', async () => {
    const nothing = { code: 0, stdout: NOTHING, stderr: '' }
    expect(await planOfCluster()).toEqual(nothing)
    expect(await planOf(await observed())).toEqual(nothing)
    const manifests = await collected()
    expect(manifests).not.toContain('managedFields')
    expect(await planOf(manifests)).toEqual(nothing)
  })

  it('says as JSON that there is nothing to do', async () => {
    const { code, stdout } = await planOfCluster('-o', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ actions: [], withheld: [] })
  })

  it('names the field that was edited by hand, wherever it looks', async () => {
    await scale(5)
    const seen = await planOfCluster()
    expect(seen).toMatchObject({ code: 2, stderr: '' })
    expect(seen.stdout).toContain('Deployment openshift-image-registry/image-registry')
    expect(seen.stdout).toMatch(/^- +replicas: 5$/m)
    expect(seen.stdout).toMatch(/^\+ +replicas: 2$/m)
    expect(await planOf(await observed())).toEqual(seen)
    const byHand = await planOf(await collected())
    expect(byHand.code).toBe(2)
    expect(byHand.stdout).toContain('spec.replicas')
    const json = await planOfCluster('-o', 'json')
    expect(json.code).toBe(2)
    expect(JSON.parse(json.stdout)).toMatchObject({
      actions: [{ change: 'update', changes: [{ path: 'spec.replicas', live: 5, wanted: 2 }] }],
    })
  })

  it('changes nothing itself', async () => {
    const { metadata } = await cluster.client.send('GET', deploymentPath)
    await planOfCluster()
    const after = await cluster.client.send('GET', deploymentPath)
    expect(after.metadata['generation']).toBe(metadata['generation'])
    expect(after['spec']).toMatchObject({ replicas: 5 })
  })

  it('shows no secret value', async () => {
    const snapshot = await observed()
    const path = '/api/v1/namespaces/openshift-image-registry/secrets'
    const secrets = await cluster.client.list(path)
    const values = secrets.flatMap(({ data }) =>
      Object.values((data ?? {}) as Readonly<Record<string, string>>),
    )
    expect(values.length).toBeGreaterThan(2)
    const plain = values.map((value) => Buffer.from(value, 'base64').toString())
    expect([...values, ...plain].filter((value) => snapshot.includes(value))).toEqual([])
  })
})

describe('status', () => {
  it('tells after convergence that all is well, until something is not', async () => {
    await scale(2)
    await untilComplete(cluster.client)
    const well = await runCommand(['status', ...inCluster()], releaseEnv)
    expect(well).toMatchObject({ code: 0, stderr: '' })
    expect(well.stdout).toMatch(/^Available +True +Ready/m)
    await applyConfig(cluster.client, { ...onDefaultClaim, replicas: 3 })
    const unseen = await runCommand(['status', ...inCluster()], releaseEnv)
    expect(unseen.code).toBe(2)
    expect(unseen.stdout).toContain('has not seen the newest Config')
  })
})
