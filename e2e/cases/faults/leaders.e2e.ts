import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { applyConfig, untilComplete } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { isWork } from '../../harness/faults/api-fault'
import type { Passed } from '../../harness/faults/api-gateway'
import {
  type Replica,
  type ReplicaPlace,
  startReplica,
  untilLeading,
  untilQuiet,
  untilWaiting,
} from '../../harness/faults/replicas'
import { type SteeredClock, steeredClock } from '../../harness/faults/steered-clock'
import {
  type SimulatedKubernetes,
  startSimulatedKubernetes,
} from '../../harness/simulated-kubernetes'
import { forgetLease } from '../../harness/storage/cloud-cluster'
import { failoverTimes } from '../../performance/failover-times'
import { median } from '../../performance/start-times'

const spec = { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }

/** A lease of 137 s lasts for eleven then, and who is late with renewing it has nine. */
const RATE = 12
const HOUR_MS = 3_600_000
const YEAR_MS = 365 * 24 * HOUR_MS

/** `LEADER_FREEZES`: how often a leader is frozen, each time with another of its writes. */
const FREEZES = Number(process.env['LEADER_FREEZES'] ?? 1)
const FAILOVERS = 3
const MAX_FAILOVER_MS = 2_000

const certificatePath = '/api/v1/namespaces/openshift-image-registry/secrets'

let changes = 0

/** Such as there was none before: its Deployment is another one. */
const anotherSpec = (): object => {
  changes += 1
  return { ...spec, resources: { requests: { cpu: `${changes}m` } } }
}

let cluster: SimulatedKubernetes
let clock: SteeredClock
const running = new Set<Replica>()

beforeAll(async () => {
  cluster = await startSimulatedKubernetes()
  clock = await steeredClock(RATE)
  await applyConfig(cluster.client, spec)
})

afterEach(async () => {
  for (const replica of running) await replica.remove()
  running.clear()
})

afterAll(async () => {
  await clock?.remove()
  await cluster?.stop()
})

const place = (env: Readonly<Record<string, string>> = {}): ReplicaPlace => ({
  ...cluster,
  env: { ...cluster.operatorVariables, ...env },
})

const start = async (
  name: string,
  env: Readonly<Record<string, string>> = clock.env,
): Promise<Replica> => {
  const replica = await startReplica(place(env), name)
  running.add(replica)
  return replica
}

/** What was sent over that way since then, in words. */
const described = (requests: ReadonlyArray<Passed>): ReadonlyArray<string> =>
  requests.map(({ method, path, code }) => `${method} ${path.split('?')[0]} ${code()}`)

/** Freezes it as soon as it sends its n-th write from now on, which arrives. */
const freezeAtWrite = ({ gateway, operator }: Replica, n: number): Promise<unknown> =>
  new Promise((resolve) => {
    let left = n
    gateway.treat((request) => {
      if (isWork(request)) left -= 1
      if (left === 0 && isWork(request)) {
        process.kill(operator.pid, 'SIGSTOP')
        resolve(undefined)
      }
      return undefined
    })
  })

/** When that one took the lease, or made it where there was none. */
const tookLeaseAt = ({ gateway }: Replica): number => {
  const taking = gateway
    .requests()
    .find(({ method, path }) => method !== 'GET' && path.includes('/leases'))
  if (taking === undefined) throw new Error('it has never asked for the lease')
  return taking.at
}

/** Every Secret, with its version. */
const secrets = async (): Promise<ReadonlyArray<string>> =>
  (await cluster.client.list(certificatePath)).map(
    ({ metadata }) => `${metadata.name} ${String(metadata['resourceVersion'])}`,
  )

describe('two instances of the operator', () => {
  it('hand over within two seconds of a SIGTERM to the one that leads', async () => {
    const first = await start('first')
    await untilComplete(cluster.client)
    await first.operator.stop()
    const times = await failoverTimes(place(), { end: 'SIGTERM', count: FAILOVERS, spec })
    process.stdout.write(`leaders: SIGTERM to the next write: ${times.join(', ')} ms\n`)
    expect(median(times)).toBeLessThan(MAX_FAILOVER_MS)
  })

  it('never both write: one that is frozen past its lease and wakes up sends nothing any more', async () => {
    for (let nth = 1; nth <= FREEZES; nth += 1) {
      const one = await start(`one-${nth}`)
      await untilLeading(one)
      await untilComplete(cluster.client)
      await untilQuiet(one)
      const two = await start(`two-${nth}`)
      await untilWaiting(two)
      const frozen = freezeAtWrite(one, nth)
      await applyConfig(cluster.client, anotherSpec())
      await frozen
      // There is more to do than what it had in mind.
      await applyConfig(cluster.client, anotherSpec())
      await untilLeading(two)
      await untilComplete(cluster.client)
      const woken = Date.now()
      process.kill(one.operator.pid, 'SIGCONT')
      expect(await one.operator.exited).toBe(0)
      expect(one.operator.log().join('\n')).toContain('lost the lease')
      expect(described(one.workSince(tookLeaseAt(two)))).toEqual([])
      // Nor anything else: the lease is another's.
      const after = one.gateway.requests().filter(({ at }) => at >= woken)
      expect(after.filter(({ method, code }) => method !== 'GET' && code() !== 409)).toEqual([])
      expect(two.workSince(woken - HOUR_MS).length).toBeGreaterThan(0)
      expect(await two.holdsLease()).toBe(true)
      await untilQuiet(two)
      await two.operator.stop()
    }
  })

  it('are seen to write, both of them, where somebody gives the lease of one to the other', async () => {
    // Its time is not over for long, however busy the machine is.
    const one = await start('robbed', {})
    await untilLeading(one)
    await untilComplete(cluster.client)
    await untilQuiet(one)
    const two = await start('favoured', {})
    await untilWaiting(two)
    const frozen = freezeAtWrite(one, 1)
    await applyConfig(cluster.client, anotherSpec())
    await frozen
    await forgetLease(cluster.client)
    await untilLeading(two)
    process.kill(one.operator.pid, 'SIGCONT')
    // By all that it knows, it leads for a minute more.
    await eventually('both have written', async () =>
      one.workSince(tookLeaseAt(two)).length > 0 ? true : undefined,
    )
    await one.operator.kill()
    await two.operator.stop()
  })

  it('never both write when the clock of the one that leads is set an hour forward, and nothing is issued anew', async () => {
    const one = await start('one')
    await untilLeading(one)
    await untilComplete(cluster.client)
    await untilQuiet(one)
    const two = await start('two')
    await untilWaiting(two)
    const before = await secrets()
    const jumped = Date.now()
    await clock.set(one.operator.pid, HOUR_MS)
    await untilLeading(two)
    // Whether it was another who slept, or the clock: who cannot tell gives up.
    expect(await one.operator.exited).toBe(0)
    expect(described(one.workSince(jumped))).toEqual([])
    await applyConfig(cluster.client, anotherSpec())
    await untilComplete(cluster.client)
    await untilQuiet(two)
    expect(await secrets()).toEqual(before)
    expect(described(one.workSince(jumped))).toEqual([])
    await two.operator.stop()
  })

  it('go on when the clock of the one that leads is set a year back, and nothing is issued anew', async () => {
    const one = await start('one')
    await untilLeading(one)
    await untilComplete(cluster.client)
    await untilQuiet(one)
    const before = await secrets()
    const jumped = Date.now()
    await clock.set(one.operator.pid, -YEAR_MS)
    await applyConfig(cluster.client, anotherSpec())
    await eventually('it has worked', async () =>
      one.workSince(jumped).length > 0 ? true : undefined,
    )
    await untilComplete(cluster.client)
    await untilQuiet(one)
    expect(await one.holdsLease()).toBe(true)
    expect(await secrets()).toEqual(before)
    expect(one.workSince(jumped).length).toBeLessThan(20)
    await one.operator.stop()
  })
})
