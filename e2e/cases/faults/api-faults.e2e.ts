import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { applyConfig, untilSettled } from '../../harness/config-status'
import { resetCluster } from '../../harness/end-state'
import { eventually } from '../../harness/eventually'
import type { Passed } from '../../harness/faults/api-gateway'
import { type Bystanders, makeBystanders } from '../../harness/faults/bystanders'
import { isWork } from '../../harness/faults/api-fault'
import { faultsAtRate } from '../../harness/faults/fault-dice'
import { type LifeEnd, lifeWith, type LifePlace, workOf } from '../../harness/faults/faulty-life'
import { type Replica, startReplica, untilQuiet } from '../../harness/faults/replicas'
import { type SteeredClock, steeredClock } from '../../harness/faults/steered-clock'
import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import { onDefaultClaim } from '../../harness/sample-specs'

/** `API_FAULT_SEEDS`: how many lives, with the seeds from 1 on. */
const SEEDS = Number(process.env['API_FAULT_SEEDS'] ?? 1)
/** So many that no pod waits for a node that the rule of an old pod keeps from it. */
const MANY_NODES = 6
/** Something happens to one request in five. */
const RATE = 0.2
/** The operator waits a minute in twelve seconds, so that nobody has to wait for its pauses. */
const CLOCK_RATE = 5
/** Shorter values, such as names and regions, may stand anywhere. */
const SECRET_LENGTH = 12
/** Of one changed field, as e2e/cases/budget.e2e.ts has it. */
const MAX_WRITES = 4

let cluster: OpenshiftCluster
let clock: SteeredClock
let bystanders: Bystanders

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ auditLog: false, nodeCount: MANY_NODES })
  clock = await steeredClock(CLOCK_RATE)
  bystanders = await makeBystanders(cluster.client)
})

afterAll(async () => {
  await clock?.remove()
  await cluster?.stop()
})

const place = (): LifePlace => ({ ...cluster, env: clock.env })

/** How often each thing happened, e.g. `Reset after`. */
const faultsOf = ({ requests }: LifeEnd): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { fault } of requests) {
    if (fault === undefined) continue
    const moment = 'moment' in fault ? ` ${fault.moment}` : ''
    const what = `${fault._tag}${moment}`
    counts[what] = (counts[what] ?? 0) + 1
  }
  return counts
}

const leaked = ({ log, secrets }: LifeEnd): ReadonlyArray<string> =>
  secrets.filter(
    (value) =>
      value.length >= SECRET_LENGTH &&
      (log.includes(value) || log.includes(Buffer.from(value).toString('base64'))),
  )

/** What was sent, in words, with what happened to it: to read when a life ends otherwise than it should. */
const described = (requests: ReadonlyArray<Passed>): ReadonlyArray<string> =>
  requests
    .filter(isWork)
    .map(({ method, path, code, fault }) =>
      [method, path.split('?')[0], code() ?? 'unheard', fault?._tag ?? ''].join(' '),
    )

type Blow = Readonly<{ server: 'etcd' | 'apiServer'; when: 'at work' | 'at rest' }>

/** `KILLED_SERVERS=all`: each of both, each time. */
const BLOWS: ReadonlyArray<Blow> = [
  { server: 'apiServer', when: 'at work' },
  { server: 'etcd', when: 'at rest' },
  { server: 'etcd', when: 'at work' },
  { server: 'apiServer', when: 'at rest' },
]
const blows = process.env['KILLED_SERVERS'] === 'all' ? BLOWS : BLOWS.slice(0, 2)

/** More often nobody tries what fails, in the seconds that a server is away; by the operator's clock it is half a minute and more. */
const MAX_TRIES = 25

/** The most that anything was asked for since then. */
const mostTries = ({ gateway }: Replica, since: number): number => {
  const tries = new Map<string, number>()
  for (const { method, path, at } of gateway.requests()) {
    const what = `${method} ${path.split('?')[0]}`
    if (at >= since) tries.set(what, (tries.get(what) ?? 0) + 1)
  }
  return Math.max(0, ...tries.values())
}

const untilWorkOf = (replica: Replica, since: number, count: number): Promise<true> =>
  eventually(`${count} writes`, async () =>
    replica.workSince(since).length >= count ? true : undefined,
  )

/** It dies, and comes back with what it had. */
const strike = async ({ server }: Blow): Promise<void> => {
  await cluster.controlPlane[server].kill()
  await cluster.controlPlane[server].start()
}

/** While a registry is made, or changed; gives when that began. */
const strikeAtWork = async (operator: Replica, blow: Blow): Promise<number> => {
  const from = Date.now()
  const isFirst = operator.workSince(0).length === 0
  await applyConfig(cluster.client, { ...onDefaultClaim, logLevel: isFirst ? 'Normal' : 'Debug' })
  await untilWorkOf(operator, from, isFirst ? 10 : 1)
  await strike(blow)
  await untilSettled(cluster.client)
  return from
}

/** While nothing is to be done: nothing is written because of it. */
const strikeAtRest = async (operator: Replica, blow: Blow): Promise<number> => {
  await untilQuiet(operator)
  const from = Date.now()
  await strike(blow)
  await eventually('it is led to the API server again', async () =>
    (operator.gateway.requests().at(-1)?.code() ?? 200) === 200 ? true : undefined,
  )
  await untilQuiet(operator)
  expect(described(operator.workSince(from)), blow.server).toEqual([])
  return from
}

// An API server that has just started may refuse what it permits, until it has read its rules; the operator asks again in a minute.
describe('an operator whose servers are killed', () => {
  it('makes what it was making, rests when it has rested, and asks nobody in haste', async () => {
    await resetCluster(cluster.client)
    const operator = await startReplica(place(), 'operator')
    try {
      for (const blow of blows) {
        const from = await (blow.when === 'at work' ? strikeAtWork : strikeAtRest)(operator, blow)
        expect(mostTries(operator, from), `${blow.server} ${blow.when}`).toBeLessThan(MAX_TRIES)
      }
      // It sees, and does, what is asked of it.
      await untilQuiet(operator)
      const from = Date.now()
      await applyConfig(cluster.client, { ...onDefaultClaim, logLevel: 'Trace' })
      await untilWorkOf(operator, from, 1)
      await untilSettled(cluster.client)
      await untilQuiet(operator)
      expect(
        operator.workSince(from).length,
        described(operator.workSince(from)).join('\n'),
      ).toBeLessThanOrEqual(MAX_WRITES)
    } finally {
      await operator.remove()
    }
  })
})

describe('an operator whose every fifth request to the API server goes wrong', () => {
  it('comes to the same end in every step of a life, with few more writes, and says nothing wrong', async () => {
    const before = await bystanders.look()
    const model = await lifeWith(place(), undefined)
    // Or nobody would be found to say one.
    expect(model.secrets.filter((value) => value.length >= SECRET_LENGTH)).not.toEqual([])
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const life = await lifeWith(place(), faultsAtRate(seed, RATE), model.ends)
      const faults = faultsOf(life)
      const count = Object.values(faults).reduce((sum, one) => sum + one, 0)
      process.stdout.write(
        `api faults, seed ${seed}: ${life.requests.length} requests (${model.requests.length}), ` +
          `${workOf(life).length} writes (${workOf(model).length}), ${JSON.stringify(faults)}\n`,
      )
      const what = `seed ${seed}`
      expect(life.ends, `${what}\n${described(life.requests).join('\n')}`).toEqual(model.ends)
      expect(await bystanders.look(), what).toEqual(before)
      expect(life.degraded, what).toEqual([])
      expect(leaked(life), what).toEqual([])
      expect(life.code, what).toBe(0)
      // What was lost is sent once more, and may have been told.
      expect(workOf(life).length, described(life.requests).join('\n')).toBeLessThanOrEqual(
        workOf(model).length + 2 * count,
      )
      expect(Object.keys(faults).length, what).toBeGreaterThan(5)
    }
  })
})
