import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../../cluster/cluster-client'
import { mergePatch } from '../../cluster/simulation'
import { untilObject } from '../../cluster/until-object'
import { untilQuiet } from '../../compatibility/until-quiet'
import {
  getImageStatus,
  infrastructurePath,
  untilNormalOperator,
} from '../../harness/cluster-status'
import { applyConfig, conditionOf, getConfig } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { givenRegistry, untilAvailable } from '../../harness/given-registry'
import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../../harness/operator-process'
import { configPath, deploymentPath } from '../../harness/registry-objects'
import { registryEnvironment } from '../../harness/registry-workload'
import { type Moto, startMoto } from '../../storage-servers/s3/moto'
import { s3Admin } from '../../storage-servers/s3/s3-admin'

const namespace = '/api/v1/namespaces/openshift-image-registry'
const claims = `${namespace}/persistentvolumeclaims`
const secrets = `${namespace}/secrets`
const userCredentials = 'image-registry-private-configuration-user'
const mintedCredentials = 'installer-cloud-credentials'

let cluster: OpenshiftCluster
let operator: OperatorProcess

const setPlatform = async (type: string, status: object = {}): Promise<void> => {
  await mergePatch(cluster.client, `${infrastructurePath}/status`, {
    status: { platform: type, platformStatus: { type, ...status } },
  })
}

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ definitions: 'openshift-api' })
  await setPlatform('BareMetal')
  await startBucket()
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
  await moto?.stop()
})

/** Deletes the Config, and waits for the one that the operator makes in its place. */
const startedAnew = async (): Promise<KubeObject> => {
  const { uid } = (await getConfig(cluster.client)).metadata
  await cluster.client.send('DELETE', configPath)
  return untilObject(cluster.client, configPath, ({ metadata }) => metadata.uid !== uid, 60_000)
}

const isGone = (path: string): Promise<boolean> =>
  eventually(`${path} is gone`, async () =>
    (await cluster.client.request('GET', path)).code === 404 ? true : undefined,
  )

const untilReasons = (reason: string): Promise<KubeObject> =>
  eventually(`the reason ${reason}`, async () => {
    const config = await getConfig(cluster.client)
    const isSo = ['Available', 'Progressing', 'Degraded'].every(
      (type) => conditionOf(config, type)?.reason === reason,
    )
    return isSo ? config : undefined
  })

const statesIn = (config: KubeObject, ...types: ReadonlyArray<string>): ReadonlyArray<unknown> =>
  types.map((type) => {
    const { status, reason } = conditionOf(config, type) ?? {}
    return `${type} ${status} ${reason}`
  })

const isRemoved = [
  'Available True Removed',
  'Progressing False Removed',
  'Degraded False Removed',
  'Removed True Removed',
]

describe('B8: a cluster without a storage of its own', () => {
  it('begins with a registry that is removed, and all is well, on bare metal', async () => {
    await eventually('a Config', async () =>
      (await cluster.client.request('GET', configPath)).code === 200 ? true : undefined,
    )
    const config = await untilReasons('Removed')
    expect(config['spec']).toMatchObject({ managementState: 'Removed' })
    expect(statesIn(config, 'Available', 'Progressing', 'Degraded', 'Removed')).toEqual(isRemoved)
    await untilNormalOperator(cluster.client)
  })

  it('begins so on vSphere as well, once the Config is deleted there', async () => {
    await setPlatform('VSphere')
    expect((await startedAnew())['spec']).toMatchObject({ managementState: 'Removed' })
    await untilReasons('Removed')
    await untilNormalOperator(cluster.client)
  })

  it('A17: has an operator that never fails to write the spec', () => {
    expect(operator.log().join('\n')).not.toContain('unable to update config spec')
    expect(operator.log().filter((line) => line.includes('"level":"error"'))).toEqual([])
  })
})

describe('a cluster with a storage of its own', () => {
  it('B3: has a registry when that is no longer removed, with the storage left to the platform', async () => {
    await setPlatform('Libvirt')
    await applyConfig(cluster.client, { managementState: 'Managed' })
    const config = await untilAvailable(cluster.client)
    expect(config['spec']).toMatchObject({ storage: { emptyDir: {} } })
    expect((await getImageStatus(cluster.client)).internalRegistryHostname).toBe(
      'image-registry.openshift-image-registry.svc:5000',
    )
    await untilNormalOperator(cluster.client)
  })

  it('B4: manages the storage, until somebody says that it does not', async () => {
    const config = await getConfig(cluster.client)
    expect(config['spec']).toMatchObject({ storage: { managementState: 'Managed' } })
    expect(config['status']).toMatchObject({
      storage: { managementState: 'Managed' },
      storageManaged: true,
    })
    await applyConfig(cluster.client, {
      managementState: 'Managed',
      storage: { managementState: 'Unmanaged' },
    })
    const after = await untilObject(
      cluster.client,
      configPath,
      ({ status }) => (status as Readonly<{ storageManaged: boolean }>).storageManaged === false,
    )
    expect(after['spec']).toMatchObject({ storage: { emptyDir: {}, managementState: 'Unmanaged' } })
    expect(after['status']).toMatchObject({ storage: { managementState: 'Unmanaged' } })
  })

  it('B1: is left alone when the registry is unmanaged, and all three conditions say so', async () => {
    const { metadata } = await cluster.client.send('GET', deploymentPath)
    await givenRegistry(cluster.client, { managementState: 'Unmanaged', logLevel: 'Debug' })
    const config = await untilReasons('Unmanaged')
    expect(statesIn(config, 'Available', 'Progressing', 'Degraded')).toEqual([
      'Available True Unmanaged',
      'Progressing False Unmanaged',
      'Degraded False Unmanaged',
    ])
    expect((await cluster.client.send('GET', deploymentPath)).metadata['generation']).toBe(
      metadata['generation'],
    )
  })
})

const recreate = { rolloutStrategy: 'Recreate' }

describe('a registry on a claim', () => {
  it('B9: is available on a claim that the operator makes, and nothing changes any more', async () => {
    await givenRegistry(cluster.client, { storage: { pvc: {} } })
    await untilAvailable(cluster.client)
    await untilNormalOperator(cluster.client)
    const claim = await cluster.client.send('GET', `${claims}/image-registry-storage`)
    expect(claim).toMatchObject({
      metadata: { annotations: { 'imageregistry.openshift.io': 'true' } },
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '100Gi' } },
      },
      status: { phase: 'Bound' },
    })
    expect(await untilQuiet(cluster.client)).toBe(true)
  })

  it('B5 without a cloud: moves to an emptyDir, and the status holds that one only', async () => {
    await givenRegistry(cluster.client)
    const { status } = await untilAvailable(cluster.client)
    expect((status as Readonly<{ storage: unknown }>).storage).toEqual({
      emptyDir: {},
      managementState: 'Managed',
    })
  })

  it('B2, B6, B7 without a cloud: is removed together with the claim and its host names', async () => {
    const withRoutes = {
      defaultRoute: true,
      routes: [{ name: 'custom', hostname: 'registry.example.com' }],
      storage: { pvc: {} },
    }
    await givenRegistry(cluster.client, withRoutes)
    await untilAvailable(cluster.client)
    await eventually('the host names', async () =>
      (await getImageStatus(cluster.client)).externalRegistryHostnames?.length === 2
        ? true
        : undefined,
    )
    await givenRegistry(cluster.client, { ...withRoutes, managementState: 'Removed' })
    await isGone(deploymentPath)
    await isGone(`${claims}/image-registry-storage`)
    const config = await untilReasons('Removed')
    expect(statesIn(config, 'Available', 'Progressing', 'Degraded', 'Removed')).toEqual(isRemoved)
    await eventually('no host names', async () => {
      const status = await getImageStatus(cluster.client)
      const isEmpty =
        (status.internalRegistryHostname ?? '') === '' &&
        (status.externalRegistryHostnames ?? []).length === 0
      return isEmpty ? true : undefined
    })
    await untilNormalOperator(cluster.client)
  })

  it.each([
    { id: 'B10', mode: 'ReadWriteMany', further: { replicas: 2 } },
    { id: 'B11', mode: 'ReadWriteOnce', further: recreate },
  ])('$id: is available on a claim of the user with $mode', async ({ id, mode, further }) => {
    const claim = id.toLowerCase()
    await cluster.client.send('POST', '/api/v1/persistentvolumes', {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: claim },
      spec: {
        storageClassName: claim,
        accessModes: [mode],
        capacity: { storage: '1Gi' },
        hostPath: { path: `/nonexistent/${claim}` },
      },
    })
    await cluster.client.send('POST', claims, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claim },
      spec: {
        storageClassName: claim,
        accessModes: [mode],
        resources: { requests: { storage: '1Gi' } },
      },
    })
    await givenRegistry(cluster.client, { storage: { pvc: { claim } }, ...further })
    const config = await untilAvailable(cluster.client)
    expect(config['status']).toMatchObject({
      storage: { pvc: { claim }, managementState: 'Unmanaged' },
      storageManaged: false,
    })
    expect(conditionOf(config, 'StorageExists')).toMatchObject({ status: 'True' })
  })

  it('B17 without a cloud: goes with the Config and all that the operator made, and begins anew', async () => {
    // The API server does not take `pvc: {}` from whoever has just applied a name in it: something else in between.
    await givenRegistry(cluster.client)
    await givenRegistry(cluster.client, { storage: { pvc: {} } })
    await untilAvailable(cluster.client)
    const claim = `${claims}/image-registry-storage`
    await cluster.client.send('GET', claim)
    expect((await startedAnew())['spec']).toMatchObject({
      managementState: 'Managed',
      storage: { emptyDir: {} },
    })
    expect((await cluster.client.request('GET', claim)).code).toBe(404)
    await untilAvailable(cluster.client)
    await untilNormalOperator(cluster.client)
  })
})

const putSecret = async (
  name: string,
  stringData: Readonly<Record<string, string>>,
): Promise<KubeObject> =>
  cluster.client.send('POST', secrets, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData,
  })

/** One entry of the Secret that the registry reads its credentials from. */
const privateEntry = async (key: string): Promise<string | undefined> => {
  const { body } = await cluster.client.request(
    'GET',
    `${secrets}/image-registry-private-configuration`,
  )
  const { data = {} } = body as Readonly<{ data?: Readonly<Record<string, string>> }>
  const value = data[key]
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString()
}

const untilEntry = (key: string, part: string): Promise<string> =>
  eventually(`${part} in ${key}`, async () => {
    const value = await privateEntry(key)
    return value?.includes(part) === true ? value : undefined
  })

/** A bucket of somebody else's, in an S3 that believes every key. */
let moto: Moto
const s3 = () => ({
  bucket: 'images',
  region: moto.region,
  regionEndpoint: moto.endpoint,
  trustedCA: { name: 'minio-ca' },
})

const startBucket = async (): Promise<void> => {
  moto = await startMoto()
  const admin = s3Admin(moto)
  await admin.createBucket('images')
  admin.close()
}

describe('a registry in a bucket that is there', () => {
  it('B12: is available in S3 at another endpoint, with a trusted authority and credentials of the user', async () => {
    await cluster.client.send('POST', '/api/v1/namespaces/openshift-config/configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'minio-ca' },
      data: { 'ca-bundle.crt': 'an authority that is none\n' },
    })
    await putSecret(userCredentials, {
      REGISTRY_STORAGE_S3_ACCESSKEY: 'the-id-of-the-user',
      REGISTRY_STORAGE_S3_SECRETKEY: 'not-a-secret-key',
    })
    await givenRegistry(cluster.client, { storage: { s3: s3() } })
    await untilAvailable(cluster.client)
    expect(await registryEnvironment(cluster.client)).toMatchObject({
      REGISTRY_STORAGE: 's3',
      REGISTRY_STORAGE_S3_BUCKET: 'images',
      REGISTRY_STORAGE_S3_REGION: 'us-east-1',
      REGISTRY_STORAGE_S3_REGIONENDPOINT: moto.endpoint,
    })
    expect(await privateEntry('credentials')).toContain('the-id-of-the-user')
    const certificates = `${namespace}/configmaps/image-registry-certificates`
    expect((await cluster.client.send('GET', certificates))['data']).toMatchObject({
      'storage-ca-bundle.pem': 'an authority that is none\n',
    })
  })

  it('B14, B15 without a cloud: prefers the credentials of the user, and has the others once those are gone', async () => {
    await putSecret(mintedCredentials, {
      aws_access_key_id: 'the-id-of-the-cloud',
      aws_secret_access_key: 'not-a-secret-key-either',
    })
    await untilQuiet(cluster.client, { quietMs: 1_000 })
    expect(await privateEntry('credentials')).toContain('the-id-of-the-user')
    await cluster.client.send('DELETE', `${secrets}/${userCredentials}`)
    expect(await untilEntry('credentials', 'the-id-of-the-cloud')).not.toContain('of-the-user')
    await putSecret(userCredentials, {
      REGISTRY_STORAGE_S3_ACCESSKEY: 'another-id-of-the-user',
      REGISTRY_STORAGE_S3_SECRETKEY: 'not-a-secret-key',
    })
    expect(await untilEntry('credentials', 'another-id')).not.toContain('of-the-cloud')
    await untilAvailable(cluster.client)
  })

  it('B16 without a cloud: has the key of the encryption among its variables', async () => {
    const keyID = 'arn:aws:kms:us-east-1:123456789012:key/example'
    await givenRegistry(cluster.client, { storage: { s3: { ...s3(), keyID } } })
    await untilQuiet(cluster.client, { quietMs: 1_000 })
    expect(await registryEnvironment(cluster.client)).toMatchObject({
      REGISTRY_STORAGE_S3_KEYID: keyID,
    })
  })

  it('B13 without a cloud: begins on AWS as two pods in a bucket that is still to be named', async () => {
    await setPlatform('AWS', { aws: { region: 'us-east-1' } })
    const config = await startedAnew()
    expect(config['spec']).toMatchObject({
      managementState: 'Managed',
      replicas: 2,
      rolloutStrategy: 'RollingUpdate',
      storage: { s3: {} },
    })
    const serviceCa = `${namespace}/configmaps/serviceca`
    expect((await cluster.client.send('GET', serviceCa)).metadata.annotations).toMatchObject({
      'service.beta.openshift.io/inject-cabundle': 'true',
    })
    await eventually('node-ca is available', async () =>
      conditionOf(await getConfig(cluster.client), 'NodeCADaemonAvailable')?.status === 'True'
        ? true
        : undefined,
    )
  })
})
