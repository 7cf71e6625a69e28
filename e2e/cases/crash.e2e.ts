import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { applyConfig, conditionOf, getConfig, untilComplete } from '../harness/config-status'
import { eventually } from '../harness/eventually'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { comparable, configPath, ownedObjects } from '../harness/registry-objects'
import { onDefaultClaim } from '../harness/sample-specs'
import { untilWrites } from '../harness/until-writes'

/** Kills before the first write, by the milliseconds since the start. */
const KILLED_AFTER_MS = [50, 150, 250, 350]
/** Kills right after a write: the lease, every object, every status. Convergence takes 14. */
const KILLED_AFTER_WRITES = Array.from({ length: 14 }, (_, index) => index + 1)

const leasePath =
  '/apis/coordination.k8s.io/v1/namespaces/openshift-image-registry/leases/openshift-master-controllers'

let cluster: OpenshiftCluster

beforeAll(async () => {
  cluster = await startOpenshiftCluster()
})

afterAll(async () => {
  await cluster?.stop()
})

const running = new Set<OperatorProcess>()

const start = async (): Promise<OperatorProcess> => {
  const operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  running.add(operator)
  return operator
}

afterEach(async () => {
  for (const operator of running) await operator.kill()
  running.clear()
})

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

const holder = async (): Promise<string> => {
  const { code, body } = await cluster.client.request('GET', leasePath)
  const { spec } = (code === 200 ? body : {}) as Readonly<{
    spec?: Readonly<{ holderIdentity?: string }>
  }>
  return spec?.holderIdentity ?? ''
}

/** Until then an operator has done nothing, and what is there is its predecessor's work. */
const untilWorked = (operator: OperatorProcess): Promise<true> =>
  eventually('the operator has led and made a pass', async () => {
    const metrics = await operator.metrics().catch(() => '')
    return /reconcile_total\{result="(un)?changed"\} [1-9]/.test(metrics) ? true : undefined
  })

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

type Kill = Readonly<{ when: string; moment: () => Promise<unknown> }>

const kills: ReadonlyArray<Kill> = [
  ...KILLED_AFTER_MS.map((ms) => ({ when: `${ms} ms after its start`, moment: () => sleep(ms) })),
  ...KILLED_AFTER_WRITES.map((count) => ({
    when: `after write ${count}`,
    moment: () => untilWrites(cluster.controlPlane, OPERATOR_USER, count),
  })),
]

const converged = async (): Promise<unknown> => {
  await untilComplete(cluster.client)
  return endState()
}

/** What became of a cluster in which one operator was killed and another one took over. */
const survived = async ({ moment }: Kill): Promise<Readonly<{ made: number; end: unknown }>> => {
  await reset()
  await applyConfig(cluster.client, onDefaultClaim)
  const reached = moment()
  const victim = await start()
  await reached
  await victim.kill()
  const made = (await ownedObjects(cluster.client)).length
  await forgetLease()
  const successor = await start()
  await untilWorked(successor)
  const end = await converged()
  await successor.stop()
  return { made, end }
}

describe('an operator that is killed', () => {
  it('at any moment of convergence, and started again, ends in the same place', async () => {
    await applyConfig(cluster.client, onDefaultClaim)
    const undisturbed = await start()
    const wanted = await converged()
    await undisturbed.stop()
    const madeBeforeKill: number[] = []
    for (const kill of kills) {
      const { made, end } = await survived(kill)
      expect(end, `killed ${kill.when}`).toEqual(wanted)
      madeBeforeKill.push(made)
    }
    process.stdout.write(`crash: objects made before the kill: ${madeBeforeKill.join(', ')}\n`)
    // The kills came before, amid and after the work.
    expect(Math.min(...madeBeforeKill)).toBe(0)
    expect(Math.max(...madeBeforeKill)).toBe(11)
    expect(new Set(madeBeforeKill).size).toBeGreaterThan(6)
  }, 600_000)

  it('by SIGTERM releases its lease, ends with code 0, and its successor starts at once', async () => {
    await applyConfig(cluster.client, onDefaultClaim)
    const first = await start()
    await untilComplete(cluster.client)
    await untilWorked(first)
    expect(await first.stop()).toBe(0)
    expect(await holder()).toBe('')
    const second = await start()
    await applyConfig(cluster.client, { ...onDefaultClaim, replicas: 1 })
    const since = performance.now()
    await untilComplete(cluster.client)
    expect(performance.now() - since).toBeLessThan(20_000)
    await second.stop()
  })
})
