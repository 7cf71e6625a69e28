import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { applyConfig, conditionOf, getConfig, untilComplete } from '../harness/config-status'
import { eventually } from '../harness/eventually'
import { type OpenshiftCluster, startOpenshiftCluster } from '../harness/openshift-cluster'
import { startOperator } from '../harness/operator-process'
import { comparable, configPath, ownedObjects } from '../harness/registry-objects'
import { onDefaultClaim } from '../harness/sample-specs'

/** After so many milliseconds the operator is killed; from before its first request until after convergence. */
const KILLED_AFTER_MS = [150, 250, 300, 350, 400, 450, 500, 550, 600, 700, 800, 1000, 1300, 2000]

const leasePath =
  '/apis/coordination.k8s.io/v1/namespaces/openshift-image-registry/leases/openshift-master-controllers'

let cluster: OpenshiftCluster

beforeAll(async () => {
  cluster = await startOpenshiftCluster()
})

afterAll(async () => {
  await cluster?.stop()
})

const start = () => startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })

/** Retained volumes remember the claim that is gone, and would take no other. */
const freeVolumes = async (): Promise<void> => {
  for (const { metadata } of await cluster.client.list('/api/v1/persistentvolumes')) {
    await cluster.client.send(
      'PATCH',
      `/api/v1/persistentvolumes/${metadata.name}`,
      { spec: { claimRef: null } },
      'application/merge-patch+json',
    )
  }
}

/** Back to a cluster with only facts in it. */
const reset = async (): Promise<void> => {
  await cluster.client.request('DELETE', configPath)
  for (const { path } of await ownedObjects(cluster.client))
    await cluster.client.request('DELETE', path)
  await eventually('everything is gone', async () =>
    (await ownedObjects(cluster.client)).length === 0 ? true : undefined,
  )
  await freeVolumes()
  await forgetLease()
}

/** A killed operator cannot release its lease; its successor would wait until it runs out. */
const forgetLease = async (): Promise<void> => {
  await cluster.client.request('DELETE', leasePath)
}

const endState = async (): Promise<unknown> => {
  const config = await getConfig(cluster.client)
  const types = ['Available', 'Progressing', 'Degraded', 'StorageExists', 'Ready']
  return {
    objects: (await ownedObjects(cluster.client)).map(comparable),
    conditions: types.map((type) => [
      type,
      conditionOf(config, type)?.status,
      conditionOf(config, type)?.reason,
    ]),
  }
}

const converged = async (): Promise<unknown> => {
  await untilComplete(cluster.client)
  return endState()
}

describe('an operator that is killed', () => {
  it('at any moment of convergence, and started again, ends in the same place', async () => {
    await applyConfig(cluster.client, onDefaultClaim)
    const undisturbed = await start()
    const wanted = await converged()
    await undisturbed.stop()
    const madeBeforeKill: number[] = []
    for (const ms of KILLED_AFTER_MS) {
      await reset()
      await applyConfig(cluster.client, onDefaultClaim)
      const victim = await start()
      await sleep(ms)
      await victim.kill()
      madeBeforeKill.push((await ownedObjects(cluster.client)).length)
      await forgetLease()
      const successor = await start()
      expect(await converged(), `killed after ${ms} ms`).toEqual(wanted)
      await successor.stop()
    }
    process.stdout.write(`crash: objects made before the kill: ${madeBeforeKill.join(', ')}\n`)
    // The kills must not all have come before, or after, the work.
    expect(Math.min(...madeBeforeKill)).toBeLessThan(Math.max(...madeBeforeKill))
  }, 600_000)

  it('by SIGTERM releases its lease, ends with code 0, and its successor starts at once', async () => {
    await applyConfig(cluster.client, onDefaultClaim)
    const first = await start()
    await untilComplete(cluster.client)
    await eventually('it leads', async () => {
      const lease = await cluster.client.send('GET', leasePath)
      const { holderIdentity } = lease['spec'] as Readonly<{ holderIdentity?: string }>
      return (holderIdentity ?? '') === '' ? undefined : true
    })
    expect(await first.stop()).toBe(0)
    const lease = await cluster.client.send('GET', leasePath)
    expect((lease['spec'] as Readonly<{ holderIdentity?: string }>).holderIdentity ?? '').toBe('')
    const second = await start()
    await applyConfig(cluster.client, { ...onDefaultClaim, replicas: 1 })
    const since = performance.now()
    await untilComplete(cluster.client)
    expect(performance.now() - since).toBeLessThan(20_000)
    await second.stop()
  })
})
