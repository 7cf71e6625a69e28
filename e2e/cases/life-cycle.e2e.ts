import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../cluster/cluster-client'
import { mergePatch } from '../cluster/simulation'
import {
  type Condition,
  conditionOf,
  getClusterOperator,
  getConfig,
  untilCondition,
  untilSettled,
} from '../harness/config-status'
import { eventually } from '../harness/eventually'
import { type OpenshiftCluster, startOpenshiftCluster } from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import {
  addInfrastructure,
  removeInfrastructure,
  replacedConfig,
  setPlatform,
} from '../harness/platform'
import { configPath, deploymentPath, imagePath, prunerPath } from '../harness/registry-objects'

const registry = 'namespaces/openshift-image-registry'
const claimsPath = `/api/v1/${registry}/persistentvolumeclaims`
const claimPath = `${claimsPath}/image-registry-storage`
const servicePath = `/api/v1/${registry}/services/image-registry`
const cronJobPath = `/apis/batch/v1/${registry}/cronjobs/image-pruner`
const HOSTNAME = 'image-registry.openshift-image-registry.svc:5000'
const FOREIGN_FINALIZER = 'example.com/theirs'

let cluster: OpenshiftCluster
let operator: OperatorProcess | undefined

const client = () => cluster.client

const exists = async (path: string): Promise<boolean> =>
  (await client().request('GET', path)).code === 200

const until = (what: string, isSo: () => Promise<boolean>): Promise<true> =>
  eventually(what, async () => ((await isSo()) ? true : undefined))

const untilGone = (path: string): Promise<true> =>
  until(`${path} is gone`, async () => !(await exists(path)))

const untilThere = (path: string): Promise<true> => until(`${path} is there`, () => exists(path))

const setSpec = (spec: unknown): Promise<KubeObject> => mergePatch(client(), configPath, { spec })

/** The three conditions that the cluster knows, as `status/reason`. */
const summary = (object: KubeObject): ReadonlyArray<string | undefined> =>
  ['Available', 'Progressing', 'Degraded'].map((type) => {
    const condition = conditionOf(object, type)
    return condition === undefined ? undefined : `${type} ${condition.status} ${condition.reason}`
  })

const untilOperatorSays = (type: string, text: string): Promise<Condition> =>
  eventually(`the ClusterOperator says of ${type}: ${text}`, async () => {
    const condition = conditionOf(await getClusterOperator(client()), type)
    return condition?.message.includes(text) === true ? condition : undefined
  })

const specOf = (object: KubeObject): Readonly<Record<string, unknown>> =>
  (object['spec'] ?? {}) as Readonly<Record<string, unknown>>

const untilRemoved = async (): Promise<void> => {
  await untilCondition(client(), 'Removed', 'True')
  await untilCondition(client(), 'Progressing', 'False')
}

/** Volumes are retained, and remember the claim that is gone. */
const freeVolumes = async (): Promise<void> => {
  for (const { metadata } of await client().list('/api/v1/persistentvolumes'))
    await mergePatch(client(), `/api/v1/persistentvolumes/${metadata.name}`, {
      spec: { claimRef: null },
    })
}

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ auditLog: false })
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

describe('a cluster without a Config', () => {
  let infrastructure: KubeObject

  beforeAll(async () => {
    infrastructure = await removeInfrastructure(client())
    operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  })

  it('is told that the Infrastructure is missing, and has no Config', async () => {
    const condition = await untilOperatorSays('Available', 'no Infrastructure named cluster')
    expect(condition.status).toBe('False')
    expect(await exists(configPath)).toBe(false)
  })

  it('has an ImagePruner all the same', async () => {
    await untilThere(prunerPath)
    await untilThere(cronJobPath)
  })

  it('is told that the platform is missing where the Infrastructure does not say it', async () => {
    await addInfrastructure(client(), infrastructure)
    const condition = await untilOperatorSays('Available', 'status.platformStatus.type')
    expect(condition.status).toBe('False')
    expect(await exists(configPath)).toBe(false)
  })

  it('goes on when the platform is known: without storage of its own the registry is Removed', async () => {
    await setPlatform(client(), 'None')
    await untilThere(configPath)
    await untilRemoved()
    const removed = [
      'Available True Removed',
      'Progressing False Removed',
      'Degraded False Removed',
    ]
    const config = await getConfig(client())
    expect(specOf(config)).toMatchObject({ managementState: 'Removed' })
    expect(summary(config)).toEqual(removed)
    await until('the ClusterOperator says so as well', async () => {
      const said = summary(await getClusterOperator(client()))
      return said[0] === 'Available True Removed' && said[1] === 'Progressing False Removed'
    })
    expect(await exists(deploymentPath)).toBe(false)
  })
})

describe('the platforms', () => {
  it.each(['BareMetal', 'VSphere', 'External'])(
    '%s has no storage of its own: the registry is Removed',
    async (type) => {
      await setPlatform(client(), type)
      expect(specOf(await replacedConfig(client()))).toMatchObject({ managementState: 'Removed' })
      await untilRemoved()
      expect(conditionOf(await getConfig(client()), 'Degraded')).toMatchObject({
        status: 'False',
        reason: 'Removed',
      })
    },
  )

  it('oVirt keeps images on a claim of its own class', async () => {
    await setPlatform(client(), 'oVirt')
    expect(specOf(await replacedConfig(client()))).toMatchObject({
      managementState: 'Managed',
      replicas: 1,
      rolloutStrategy: 'Recreate',
      storage: { pvc: { claim: 'image-registry-storage' } },
    })
    await untilThere(claimPath)
    expect(specOf(await client().send('GET', claimPath))).toMatchObject({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'ovirt-csi-sc',
    })
    await untilThere(deploymentPath)
  })

  it('Libvirt keeps them on the node: the registry is Available', async () => {
    await setPlatform(client(), 'Libvirt')
    expect(specOf(await replacedConfig(client()))).toMatchObject({
      managementState: 'Managed',
      replicas: 1,
      storage: { emptyDir: {} },
    })
    await untilSettled(client())
    expect(await exists(claimPath)).toBe(false)
  })
})

describe('the management state', () => {
  it('Unmanaged leaves alone what somebody changes', async () => {
    await setSpec({ managementState: 'Unmanaged' })
    await untilCondition(client(), 'Available', 'True')
    expect(summary(await getConfig(client()))).toEqual([
      'Available True Unmanaged',
      'Progressing False Unmanaged',
      'Degraded False Unmanaged',
    ])
    await mergePatch(client(), servicePath, { metadata: { labels: { 'docker-registry': null } } })
    await mergePatch(client(), deploymentPath, { spec: { replicas: 2 } })
    // A change that is answered shows that passes have gone by.
    await mergePatch(client(), prunerPath, { spec: { suspend: true } })
    await until(
      'the pruner is suspended',
      async () => specOf(await client().send('GET', cronJobPath))['suspend'] === true,
    )
    expect(specOf(await client().send('GET', deploymentPath))['replicas']).toBe(2)
    const service = await client().send('GET', servicePath)
    expect(service.metadata.labels?.['docker-registry']).toBeUndefined()
  })

  it('Managed puts it right', async () => {
    await setSpec({ managementState: 'Managed' })
    await untilSettled(client())
    expect(specOf(await client().send('GET', deploymentPath))['replicas']).toBe(1)
    const service = await client().send('GET', servicePath)
    expect(service.metadata.labels?.['docker-registry']).toBe('default')
  })

  it('Removed takes the registry away (B2)', async () => {
    await setSpec({ managementState: 'Removed' })
    await untilRemoved()
    expect(summary(await getConfig(client()))).toEqual([
      'Available True Removed',
      'Progressing False Removed',
      'Degraded False Removed',
    ])
    expect(await exists(deploymentPath)).toBe(false)
    expect(await exists(servicePath)).toBe(false)
    // The clean-up and what nodes trust go on.
    expect(await exists(cronJobPath)).toBe(true)
    expect(await exists(`/apis/apps/v1/${registry}/daemonsets/node-ca`)).toBe(true)
  })

  it('Managed with empty storage takes that of the platform (B3)', async () => {
    await setSpec({ managementState: 'Managed', storage: null })
    await untilSettled(client())
    expect(specOf(await getConfig(client()))).toMatchObject({ storage: { emptyDir: {} } })
    const { status } = await client().send('GET', imagePath)
    expect(status).toMatchObject({ internalRegistryHostname: HOSTNAME })
    expect(conditionOf(await getClusterOperator(client()), 'Degraded')).toMatchObject({
      status: 'False',
    })
  })
})

describe('the claim', () => {
  const onClaim = { emptyDir: null, managementState: null, pvc: {} }

  it('of ours goes with the registry when it is ours to manage', async () => {
    await setSpec({ storage: onClaim, rolloutStrategy: 'RollingUpdate' })
    await untilSettled(client())
    expect(specOf(await getConfig(client()))).toMatchObject({
      storage: { managementState: 'Managed', pvc: { claim: 'image-registry-storage' } },
    })
    await setSpec({ managementState: 'Removed' })
    await untilRemoved()
    expect(await exists(claimPath)).toBe(false)
    await freeVolumes()
  })

  it('of ours stays when the storage is not to be managed', async () => {
    await setSpec({ managementState: 'Managed', storage: onClaim })
    await untilSettled(client())
    await setSpec({ storage: { managementState: 'Unmanaged' } })
    await setSpec({ managementState: 'Removed' })
    await untilRemoved()
    expect(await exists(deploymentPath)).toBe(false)
    expect(await exists(claimPath)).toBe(true)
    await client().send('DELETE', claimPath)
    await untilGone(claimPath)
    await freeVolumes()
  })

  it('that a user has made stays, whatever the Config says', async () => {
    await client().send('POST', claimsPath, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'image-registry-storage' },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '100Gi' } } },
    })
    await setSpec({
      managementState: 'Managed',
      storage: { managementState: 'Managed', pvc: { claim: 'image-registry-storage' } },
    })
    await untilSettled(client())
    await setSpec({ managementState: 'Removed' })
    await untilRemoved()
    expect(await exists(claimPath)).toBe(true)
    await client().send('DELETE', claimPath)
    await untilGone(claimPath)
    await freeVolumes()
  })
})

describe('a Config that is deleted', () => {
  beforeAll(async () => {
    await setSpec({
      managementState: 'Managed',
      storage: { emptyDir: null, managementState: 'Managed', pvc: {} },
    })
    await untilSettled(client())
    await mergePatch(client(), claimPath, { metadata: { finalizers: [FOREIGN_FINALIZER] } })
    await client().send('DELETE', configPath)
  })

  it('waits for a claim that somebody else holds, and says so', async () => {
    await untilGone(deploymentPath)
    const condition = await eventually('the Config says what it waits for', async () => {
      const found = conditionOf(await getConfig(client()), 'Progressing')
      return found?.message.includes(FOREIGN_FINALIZER) === true ? found : undefined
    })
    expect(condition).toMatchObject({ status: 'True', reason: 'DeletingStorage' })
    expect((await getConfig(client())).metadata.deletionTimestamp).toBeDefined()
    await untilOperatorSays('Progressing', FOREIGN_FINALIZER)
  })

  it('holds nothing else up meanwhile', async () => {
    await mergePatch(client(), prunerPath, { spec: { suspend: false, schedule: '0 3 * * *' } })
    await until('the schedule is the new one', async () => {
      const spec = specOf(await client().send('GET', cronJobPath))
      return spec['schedule'] === '0 3 * * *' && spec['suspend'] === false
    })
    expect(await exists(configPath)).toBe(true)
  })

  it('goes when the claim has gone, and is made anew as on a new cluster', async () => {
    const { uid } = (await getConfig(client())).metadata
    await mergePatch(client(), claimPath, { metadata: { finalizers: null } })
    await until('another Config is there', async () => {
      const { code, body } = await client().request('GET', configPath)
      return code === 200 && (body as KubeObject).metadata.uid !== uid
    })
    const config = await getConfig(client())
    expect(specOf(config)).toMatchObject({ storage: { emptyDir: {} }, replicas: 1 })
    expect(config.metadata['finalizers']).toEqual(['imageregistry.operator.openshift.io/finalizer'])
    await untilSettled(client())
    expect(await exists(claimPath)).toBe(false)
  })
})
