import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { isWrite, requestsOf } from '../cluster/requests'
import { mergePatch } from '../cluster/simulation'
import { applyConfig, untilSettled } from '../harness/config-status'
import { endState, resetCluster } from '../harness/end-state'
import { eventually } from '../harness/eventually'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { ownedObjects } from '../harness/registry-objects'
import { onDefaultClaim } from '../harness/sample-specs'
import { forgetLease } from '../harness/storage/cloud-cluster'
import { untilWrites } from '../harness/until-writes'

/** Kills before the first write, by the milliseconds since the start. */
const KILLED_AFTER_MS = [50, 150, 250, 350]
/** What may still come, or not, after the last write that every run has: Events, and how many pods are ready. */
const LATE_WRITES = 8

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

type Kill = Readonly<{ when: string; moment: () => Promise<unknown> }>

/** Kills before the first write, and right after each one: the lease, every object, every status. */
const killsWithin = (writes: number): ReadonlyArray<Kill> => [
  ...KILLED_AFTER_MS.map((ms) => ({ when: `${ms} ms after its start`, moment: () => sleep(ms) })),
  ...Array.from({ length: writes }, (_, index) => ({
    when: `after write ${index + 1}`,
    moment: () => untilWrites(cluster.controlPlane, OPERATOR_USER, index + 1),
  })),
]

/** When all is well, the numbers of the last pods may still come. */
const SETTLE_MS = 500

const converged = async (): Promise<unknown> => {
  await untilSettled(cluster.client)
  await sleep(SETTLE_MS)
  return endState(cluster.client)
}

/** Where one operator comes to that nobody disturbs, and how many writes that takes. */
const undisturbed = async (begin: () => Promise<unknown>) => {
  await resetCluster(cluster.client)
  await begin()
  const from = new Date()
  const operator = await start()
  const end = await converged()
  await operator.stop()
  const requests = requestsOf(await cluster.controlPlane.auditEvents(), {
    user: OPERATOR_USER,
    from,
  })
  return { end, writes: requests.filter(isWrite).length }
}

/** What became of a cluster in which one operator was killed and another one took over. */
const survived = async ({ moment }: Kill, begin: () => Promise<unknown>) => {
  await resetCluster(cluster.client)
  await begin()
  const reached = moment()
  const victim = await start()
  await reached
  await victim.kill()
  const made = (await ownedObjects(cluster.client)).length
  await forgetLease(cluster.client)
  const successor = await start()
  await untilWorked(successor)
  const end = await converged()
  await successor.stop()
  return { made, end }
}

/** A platform on which the operator makes a Config by itself that has a registry. */
const onLibvirt = (): Promise<unknown> =>
  mergePatch(cluster.client, '/apis/config.openshift.io/v1/infrastructures/cluster/status', {
    status: { platform: 'Libvirt', platformStatus: { type: 'Libvirt' } },
  })

const beginnings = [
  { what: 'with a Config of the user', begin: () => applyConfig(cluster.client, onDefaultClaim) },
  { what: 'from nothing, not even a Config', begin: onLibvirt },
]

describe('an operator that is killed', () => {
  it.each(beginnings)(
    'at any moment of convergence $what, and started again, ends in the same place',
    async ({ what, begin }) => {
      const { end: wanted, writes } = await undisturbed(begin)
      const madeBeforeKill: number[] = []
      for (const kill of killsWithin(writes - LATE_WRITES)) {
        const { made, end } = await survived(kill, begin)
        expect(end, `killed ${kill.when}`).toEqual(wanted)
        madeBeforeKill.push(made)
      }
      process.stdout.write(
        `crash ${what}: ${writes} writes; objects made before the kill: ${madeBeforeKill.join(', ')}\n`,
      )
      // The kills came before, amid and after the work.
      const all = (await ownedObjects(cluster.client)).length
      expect(Math.min(...madeBeforeKill)).toBe(0)
      // The Deployment comes among the last writes: it waits for its certificate.
      expect(Math.max(...madeBeforeKill)).toBeGreaterThanOrEqual(all - 1)
      expect(new Set(madeBeforeKill).size).toBeGreaterThan(all / 2)
    },
    900_000,
  )

  it('by SIGTERM releases its lease, ends with code 0, and its successor starts at once', async () => {
    await resetCluster(cluster.client)
    await applyConfig(cluster.client, onDefaultClaim)
    const first = await start()
    await untilSettled(cluster.client)
    await untilWorked(first)
    expect(await first.stop()).toBe(0)
    expect(await holder()).toBe('')
    const second = await start()
    await applyConfig(cluster.client, { ...onDefaultClaim, logLevel: 'Debug' })
    const since = performance.now()
    await untilSettled(cluster.client)
    expect(performance.now() - since).toBeLessThan(20_000)
    await second.stop()
  })
})
