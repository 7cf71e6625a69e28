import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { KubeObject } from '../../cluster/cluster-client'
import { mergePatch, type Simulation } from '../../cluster/simulation'
import { untilObject } from '../../cluster/until-object'
import { startAgreeableClouds } from '../../compatibility/agreeable-clouds'
import { infrastructurePath } from '../../harness/cluster-status'
import { conditionOf } from '../../harness/config-status'
import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../../harness/operator-process'
import { replacedConfig, setPlatform } from '../../harness/platform'
import { clusterOperatorPath, configPath } from '../../harness/registry-objects'

const secrets = '/api/v1/namespaces/openshift-image-registry/secrets'
const secretPath = `${secrets}/installer-cloud-credentials`
const PASSWORD = 'not-a-password'

let clouds: Simulation
let cluster: OpenshiftCluster
let operator: OperatorProcess

const cloudsYaml = (authUrl: string): string => `clouds:
  mine:
    auth:
      auth_url: ${authUrl}
      username: nobody
      password: ${PASSWORD}
      project_name: demo
      user_domain_name: Default
    region_name: RegionOne
    identity_api_version: '3'
`

const credentialsFor = (authUrl: string): object => ({
  stringData: { 'clouds.yaml': cloudsYaml(authUrl) },
})

const hasConfig = async (): Promise<boolean> =>
  (await cluster.client.request('GET', configPath)).code === 200

/** Waits until the ClusterOperator says that, and gives why it is not available. */
const untilSaid = async (text: string): Promise<string> => {
  const messageOf = (object: KubeObject): string => conditionOf(object, 'Available')?.message ?? ''
  const isSaid = (object: KubeObject): boolean => messageOf(object).includes(text)
  return messageOf(await untilObject(cluster.client, clusterOperatorPath, isSaid))
}

beforeAll(async () => {
  clouds = await startAgreeableClouds()
  cluster = await startOpenshiftCluster({ maySimulateControllers: true })
  await setPlatform(cluster.client, 'OpenStack')
  await mergePatch(cluster.client, `${infrastructurePath}/status`, {
    status: { platformStatus: { openstack: { cloudName: 'mine' } } },
  })
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
  await clouds?.stop()
})

describe('the first Config on OpenStack', () => {
  it('waits for the credentials of the cloud, and the ClusterOperator names them', async () => {
    await untilSaid('Secret openshift-image-registry/installer-cloud-credentials')
    expect(await hasConfig()).toBe(false)
  })

  it('waits while the cloud does not answer, and the ClusterOperator says what is wrong', async () => {
    await cluster.client.send('POST', secrets, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'installer-cloud-credentials' },
      ...credentialsFor('http://127.0.0.1:9/v3'),
    })
    await untilSaid('http://127.0.0.1:9 cannot be asked (ECONNREFUSED)')
    expect(await hasConfig()).toBe(false)
  })

  it('has Swift once the credentials are right and the cloud has it', async () => {
    await mergePatch(cluster.client, secretPath, credentialsFor('http://127.0.0.1:9454/v3'))
    const { spec } = await untilObject(cluster.client, configPath, () => true)
    expect(spec).toMatchObject({
      managementState: 'Managed',
      replicas: 2,
      rolloutStrategy: 'RollingUpdate',
      storage: { swift: {} },
    })
  })

  it('has a claim where the cloud has no Swift', async () => {
    const without = credentialsFor('http://127.0.0.1:9454/without-swift/v3')
    await mergePatch(cluster.client, secretPath, without)
    const { spec } = await replacedConfig(cluster.client)
    expect(spec).toMatchObject({
      managementState: 'Managed',
      replicas: 1,
      rolloutStrategy: 'Recreate',
      storage: { pvc: { claim: 'image-registry-storage' } },
    })
  })

  it('is made without a secret value in the log or in a status', async () => {
    const seen = await Promise.all(
      [configPath, clusterOperatorPath].map((path) => cluster.client.send('GET', path)),
    )
    expect(operator.log().join('\n')).not.toContain(PASSWORD)
    expect(JSON.stringify(seen)).not.toContain(PASSWORD)
  })
})
