import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

import { conditionOf, getConfig } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../../harness/operator-process'
import { configPath } from '../../harness/registry-objects'
import {
  forgetLease,
  forgetRegistry,
  setNetwork,
  setPlatformStatus,
  setSecret,
} from '../../harness/storage/cloud-cluster'
import { storageName } from '../../harness/storage/config-storage'
import { type S3OnAws, startS3OnAws } from '../../harness/storage/s3-life-cycle'

/** More requests than it takes to make a bucket; the kill that comes too late is the last one. */
const MOST_REQUESTS = 60

let cluster: OpenshiftCluster
let cloud: S3OnAws
let folder: string
let operator: OperatorProcess | undefined

beforeAll(async () => {
  cloud = await startS3OnAws()
  folder = await mkdtemp(join(tmpdir(), 'storage-crash-'))
  await writeFile(join(folder, 'authorities.pem'), cloud.front.authorities)
  cluster = await startOpenshiftCluster({ auditLog: false })
})

afterEach(async () => {
  await operator?.kill()
})

afterAll(async () => {
  await cluster?.stop()
  await cloud?.backend.stop()
  await rm(folder, { recursive: true, force: true })
})

const start = async (): Promise<OperatorProcess> => {
  await forgetLease(cluster.client)
  operator = await startOperator({
    kubeconfigPath: cluster.operatorKubeconfigPath,
    env: {
      REGISTRY_BUILD: cloud.backend.registry.build,
      NODE_EXTRA_CA_CERTS: join(folder, 'authorities.pem'),
    },
  })
  return operator
}

/** Nothing is in the cloud, and nobody has decided anything. */
const reset = async (): Promise<void> => {
  cloud.faults.heal()
  await cloud.removeBuckets()
  await forgetRegistry(cluster.client)
  await setPlatformStatus(cluster.client, cloud.backend.platform)
  await setNetwork(cluster.client, cloud.backend.network)
  await setSecret(cluster.client, cloud.backend.secret, cloud.backend.credentials)
}

const SETTINGS = ['Exists', 'Tagged', 'PublicAccessBlocked', 'Encrypted']

const isMade = async (): Promise<boolean> => {
  const { code } = await cluster.client.request('GET', configPath)
  if (code !== 200) return false
  const config = await getConfig(cluster.client)
  return [...SETTINGS, 'IncompleteUploadCleanupEnabled'].every(
    (name) => conditionOf(config, `Storage${name}`)?.status === 'True',
  )
}

const untilMade = (): Promise<true> =>
  eventually('the bucket is made', async () => ((await isMade()) ? true : undefined))

/** Kills an operator whose n-th request has had its effect, and whose answer it never got; false: there was none. */
const killedAt = async (n: number): Promise<boolean> => {
  const before = cloud.faults.requests().length
  cloud.faults.failNth(n, 'timeout', 'after')
  const victim = await start()
  const end = await eventually('the request has come, or all is done', async () => {
    if (cloud.faults.requests().length >= before + n) return 'asked' as const
    return (await isMade()) ? ('done' as const) : undefined
  })
  await victim.kill()
  return end === 'asked'
}

it('leaves one bucket with all of its settings, wherever an operator that makes it is killed', async () => {
  const killed: number[] = []
  for (let n = 1; n <= MOST_REQUESTS; n += 1) {
    await reset()
    if (!(await killedAt(n))) break
    killed.push(n)
    const made = Object.keys((await cloud.backend.look()) as object)
    // What is there has a name that whoever comes next finds.
    if (made.length > 0)
      expect(made, `after request ${n}`).toEqual([
        storageName(await getConfig(cluster.client), ['s3', 'bucket']),
      ])
    cloud.faults.heal()
    const successor = await start()
    await untilMade()
    expect(await cloud.backend.look(), `after request ${n}`).toEqual(
      cloud.backend.made(await getConfig(cluster.client)),
    )
    await successor.kill()
  }
  // A look, the making, the marks, four settings and a look at them at the least.
  expect(killed.length).toBeGreaterThan(8)
  expect(killed.length).toBeLessThan(MOST_REQUESTS)
})
