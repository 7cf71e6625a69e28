import * as E from 'fp-ts/Either'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { isJsonObject, type KubeObject } from '@image-registry-operator/render/model'

import { httpKubeClient } from '../client/http-kube-client'
import type { KubeClient } from '../client/kube-client'
import { answersIn } from '../testing/answers-in'
import { startInMemoryApiServer, type InMemoryApiServer } from '../testing/in-memory-api-server'
import { manualClock, type ManualClock } from '../testing/manual-clock'
import { startLeaderElection } from './leader-election'

const NS = 'openshift-image-registry'
const DURATIONS = { leaseDurationMs: 137_000, renewDeadlineMs: 107_000, retryPeriodMs: 26_000 }

const settled = async (condition: () => boolean): Promise<void> => {
  for (let attempt = 0; attempt < 4_000 && !condition(); attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('leader election', () => {
  let server: InMemoryApiServer
  let client: KubeClient
  let clock: ManualClock

  beforeEach(async () => {
    const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NS } }
    server = await startInMemoryApiServer({ objects: [namespace] })
    const made = httpKubeClient({ source: { _tag: 'Url', url: server.url }, userAgent: 'test/1' })
    if (E.isLeft(made)) throw new Error(made.left.message)
    client = made.right
    clock = manualClock()
  })
  afterEach(async () => {
    client.close()
    await server.close()
  })

  const lease = () => {
    const found = server.objects().find(({ kind }) => kind === 'Lease')
    return isJsonObject(found?.['spec']) ? found['spec'] : {}
  }
  const start = (identity: string) => {
    const events: Array<string> = []
    const election = startLeaderElection(
      {
        client,
        clock,
        random: () => 0,
        onElected: () => events.push('elected'),
        onLost: () => events.push('lost'),
        onProblem: () => events.push('problem'),
      },
      { namespace: NS, name: 'lease', identity, ...DURATIONS },
    )()
    return { ...election, events }
  }
  const watches = (): number => server.requests().filter(({ verb }) => verb === 'watch').length
  const isReleased = (): boolean => lease()['holderIdentity'] === ''
  const removeLease = async (): Promise<void> => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${NS}/leases/lease`
    await fetch(`${server.url}${path}`, { method: 'DELETE' })
  }
  /** One round of requests of everybody. */
  const round = async (ms: number): Promise<void> => {
    const before = server.requests().length
    clock.pass(ms)
    await settled(() => server.requests().length > before)
    await answersIn(30)
  }
  /** Time passes, and nobody asks for anything. */
  const nothing = async (ms: number): Promise<void> => {
    const before = server.requests().length
    clock.pass(ms)
    await answersIn(30)
    expect(server.requests().length).toBe(before)
  }
  const elected = async (identity: string) => {
    const one = start(identity)
    await settled(() => one.isLeader())
    return one
  }

  it('makes the lease when there is none, without an answer of 4xx', async () => {
    const one = await elected('one')
    expect(one.events).toEqual(['elected'])
    expect(lease()).toMatchObject({
      holderIdentity: 'one',
      leaseDurationSeconds: 137,
      leaseTransitions: 0,
    })
    expect(server.requests().map(({ verb, code }) => `${verb} ${code}`)).toEqual([
      'list 200',
      'create 201',
    ])
  })

  it('renews with one request each retry period', async () => {
    const one = await elected('one')
    const before = server.requests().length
    for (let turn = 0; turn < 5; turn += 1) await round(26_000)
    expect(
      server
        .requests()
        .slice(before)
        .map(({ verb }) => verb),
    ).toEqual(Array(5).fill('update'))
    expect(one.isLeader()).toBe(true)
  })

  it('lets a second one wait', async () => {
    await elected('one')
    const two = start('two')
    for (let turn = 0; turn < 8; turn += 1) await round(26_000)
    expect([two.isLeader(), lease()['holderIdentity']]).toEqual([false, 'one'])
  })

  it('hands over at once when the leader gives the lease back', async () => {
    const one = await elected('one')
    await one.release()
    expect(lease()).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 })
    const two = await elected('two')
    expect([two.events, lease()['leaseTransitions']]).toEqual([['elected'], 1])
  })

  it('hands over at once to one that waits, which has heard of it', async () => {
    const one = await elected('one')
    const two = start('two')
    await settled(() => watches() === 1)
    await one.release()
    await settled(() => two.isLeader())
    // No timer has fired: nobody has let time pass.
    expect([two.events, lease()['holderIdentity'], lease()['leaseTransitions']]).toEqual([
      ['elected'],
      'two',
      1,
    ])
    expect(server.requests().map(({ verb }) => verb)).toEqual([
      ...['list', 'create', 'list', 'watch'],
      ...['update', 'list', 'update'],
    ])
  })

  it('is taken at once when somebody removes it', async () => {
    const one = await elected('one')
    const two = start('two')
    await settled(() => watches() === 1)
    await removeLease()
    await settled(() => two.isLeader())
    await round(26_000)
    expect([one.events.at(-1), two.events, lease()['holderIdentity']]).toEqual([
      'lost',
      ['elected'],
      'two',
    ])
  })

  it('is taken over in the moment in which it runs out', async () => {
    const one = await elected('one')
    const two = start('two')
    await settled(() => watches() === 1)
    await round(26_000)
    server.setFault(({ verb }) => (verb === 'update' ? { _tag: 'Answer', code: 500 } : undefined))
    for (let elapsed = 0; elapsed < 104_000; elapsed += 26_000) await round(26_000)
    await nothing(3_000)
    expect(one.events.at(-1)).toBe('lost')
    server.setFault(() => undefined)
    const before = server.requests().length
    await round(29_999)
    expect(two.isLeader()).toBe(false)
    await round(1)
    await settled(() => two.isLeader())
    expect(two.isLeader()).toBe(true)
    expect(server.requests().slice(before).at(-1)?.verb).toBe('update')
  })

  it('is looked for after each retry period where nothing is heard of a watch', async () => {
    const one = await elected('one')
    server.setFault(({ verb }) => (verb === 'watch' ? { _tag: 'Answer', code: 500 } : undefined))
    const two = start('two')
    await settled(() => watches() === 1)
    await one.release()
    await answersIn(30)
    expect(two.isLeader()).toBe(false)
    await round(26_000)
    await settled(() => two.isLeader())
    expect(two.isLeader()).toBe(true)
  })

  it('is not asked for again and again where it is free and cannot be taken', async () => {
    const one = await elected('one')
    const two = start('two')
    await settled(() => watches() === 1)
    server.setFault(({ verb }) =>
      verb === 'update' && one.events.length === 1 && isReleased()
        ? { _tag: 'Answer', code: 500 }
        : undefined,
    )
    await one.release()
    await settled(() => two.events.includes('problem'))
    await answersIn(30)
    expect(two.events).toEqual(['problem'])
    server.setFault(() => undefined)
    await round(26_000)
    await settled(() => two.isLeader())
    expect(two.events).toEqual(['problem', 'elected'])
  })

  it('is taken over when it is not renewed for its duration, and not before', async () => {
    const one = await elected('one')
    server.setFault(({ verb, userAgent }) =>
      verb === 'update' && userAgent === 'test/1' ? { _tag: 'Answer', code: 500 } : undefined,
    )
    const two = start('two')
    await round(0)
    for (let elapsed = 0; elapsed < 130_000; elapsed += 26_000) await round(26_000)
    expect(two.isLeader()).toBe(false)
    expect(one.isLeader()).toBe(false)
    server.setFault(() => undefined)
    await round(26_000)
    await settled(() => two.isLeader())
    expect([two.isLeader(), one.events.at(-1)]).toEqual([true, 'lost'])
  })

  it('stops leading by the clock, whatever its timers do', async () => {
    const one = await elected('one')
    clock.freeze(106_999)
    expect(one.isLeader()).toBe(true)
    clock.freeze(2)
    expect(one.isLeader()).toBe(false)
    clock.pass(0)
    expect(one.events).toEqual(['elected', 'lost'])
    expect(server.requests().filter(({ verb }) => verb === 'update')).toEqual([])
  })

  it('says that it is lost when the API server is away for the renew deadline', async () => {
    const one = await elected('one')
    server.setFault(() => ({ _tag: 'CutBefore' }))
    for (let elapsed = 0; elapsed < 104_000; elapsed += 26_000) await round(26_000)
    expect(one.events).not.toContain('lost')
    await nothing(3_000)
    expect(one.events.at(-1)).toBe('lost')
  })

  it('survives a renewal whose answer was lost', async () => {
    const one = await elected('one')
    let harm = true
    server.setFault(({ verb }) => {
      const cut = harm && verb === 'update'
      harm = harm && !cut
      return cut ? { _tag: 'CutAfter' } : undefined
    })
    await round(26_000)
    await round(26_000)
    await round(26_000)
    expect([one.isLeader(), lease()['holderIdentity']]).toEqual([true, 'one'])
  })

  it('gives up at once when somebody else holds the lease', async () => {
    const one = await elected('one')
    const found = server.objects().find(({ kind }) => kind === 'Lease')
    if (found === undefined) throw new Error('no lease')
    const { managedFields: _, resourceVersion: __, ...metadata } = found.metadata
    server.load({ ...found, metadata, spec: { ...lease(), holderIdentity: 'thief' } })
    await round(26_000)
    expect([one.isLeader(), one.events.at(-1), lease()['holderIdentity']]).toEqual([
      false,
      'lost',
      'thief',
    ])
  })

  it('gives the lease back that it was just taking when it was told to stop', async () => {
    const one = start('one')
    await one.release()
    expect([one.events, lease()['holderIdentity']]).toEqual([[], ''])
  })

  it('gives nothing back that it does not hold', async () => {
    await elected('one')
    const two = start('two')
    await round(0)
    await two.release()
    expect(lease()['holderIdentity']).toBe('one')
  })
})
