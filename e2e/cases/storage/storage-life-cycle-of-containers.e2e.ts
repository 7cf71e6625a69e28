import { afterAll, beforeAll, describe } from 'vitest'

import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import {
  type AzureCloud,
  azureByAccountKey,
  azureByPrincipal,
  startAzureCloud,
} from '../../harness/storage/azure-life-cycle'
import type { LifeCycleBackend } from '../../harness/storage/life-cycle-backend'
import { lifeCycle } from '../../harness/storage/life-cycle-suite'
import {
  type Openstack,
  startOpenstack,
  swiftByClouds,
  swiftByUser,
} from '../../harness/storage/swift-life-cycle'

let running: OpenshiftCluster
let openstack: Openstack

const cluster = (): OpenshiftCluster => running

beforeAll(async () => {
  // Both take a while, and much of it is waiting.
  await Promise.all([
    startOpenshiftCluster({ auditLog: false }).then((started) => (running = started)),
    startOpenstack().then((started) => (openstack = started)),
  ])
})

afterAll(async () => {
  await running?.stop()
  await openstack?.stop()
})

describe('OpenStack', () => {
  const byClouds = (): Promise<LifeCycleBackend> => swiftByClouds(openstack)
  const byUser = (): Promise<LifeCycleBackend> => swiftByUser(openstack)
  lifeCycle({ title: 'a container of Swift, by a clouds.yaml', start: byClouds, cluster })
  lifeCycle({ title: 'a container of Swift, by a user', start: byUser, cluster })
})

describe('Azure', () => {
  let cloud: AzureCloud

  beforeAll(async () => {
    cloud = await startAzureCloud()
  })

  afterAll(() => cloud?.stop())

  const byPrincipal = (): Promise<LifeCycleBackend> => Promise.resolve(azureByPrincipal(cloud))
  const byKey = (): Promise<LifeCycleBackend> => azureByAccountKey(cloud)
  lifeCycle({ title: 'an account of Azure, by a principal', start: byPrincipal, cluster })
  lifeCycle({
    title: 'a container of Azure, by the key of an account',
    start: byKey,
    cluster,
    without: ['drift'],
  })
})
