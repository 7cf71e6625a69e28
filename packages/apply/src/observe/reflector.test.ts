import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { KubeObject } from '@image-registry-operator/render/model'

import type { Collection, KubeList, RequestFailure, WatchEvent } from '../client/kube-client'
import { refused } from '../client/kube-error'
import { manualClock } from '../testing/manual-clock'
import { scriptedClient, type ScriptedWatch } from '../testing/scripted-client'
import { reflector, SILENCE_MS, streamingSupport } from './reflector'
import { watchCache } from './watch-cache'

const SERVICES: Collection = {
  apiVersion: 'v1',
  kind: 'Service',
  plural: 'services',
  namespace: 'ns',
}

const object = (name: string, resourceVersion: number, label = ''): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name,
    namespace: 'ns',
    uid: `uid-${name}`,
    resourceVersion: String(resourceVersion),
    labels: { label },
  },
})

const put = (name: string, resourceVersion: number, label?: string): WatchEvent => ({
  _tag: 'Put',
  object: object(name, resourceVersion, label),
})
const gone = (name: string, resourceVersion: number): WatchEvent => ({
  _tag: 'Delete',
  object: object(name, resourceVersion),
})
const bookmark = (resourceVersion: number, initialEventsEnd = false): WatchEvent => ({
  _tag: 'Bookmark',
  resourceVersion: String(resourceVersion),
  initialEventsEnd,
})
const end = (resourceVersion: number): WatchEvent => bookmark(resourceVersion, true)
const error = (code: number, reason = ''): WatchEvent => ({
  _tag: 'Error',
  failure: refused(code, { kind: 'Status', reason, message: 'no' }),
})
const CUT: RequestFailure = { _tag: 'NoAnswer', cause: 'the connection was closed' }

type Setup = {
  readonly onWatch?: (watch: ScriptedWatch) => void
  readonly onList?: () => E.Either<RequestFailure, KubeList>
  readonly random?: () => number
}

const start = ({ random = () => 0.5, ...script }: Setup = {}) => {
  const clock = manualClock()
  const client = scriptedClient({ nowMs: clock.monotonicMs, ...script })
  let changes = 0
  const same = (object: KubeObject): KubeObject => object
  const cache = watchCache({ redact: same, keep: same, onChange: () => (changes += 1) }, [SERVICES])
  const streaming = streamingSupport()
  const absences: Array<number> = []
  const [first] = cache.collections
  if (first === undefined) throw new Error('no collection')
  const one = reflector(
    {
      client,
      clock,
      random,
      streaming,
      cached: first[1],
      onAbsent: () => absences.push(clock.monotonicMs()),
      onAnswered: () => undefined,
      onProblem: () => undefined,
    },
    SERVICES,
  )
  one.served()
  const watch = (index: number): ScriptedWatch => {
    const found = client.watches.at(index)
    if (found === undefined) throw new Error(`no watch ${index}`)
    return found
  }
  return {
    clock,
    client,
    cache,
    absences,
    streaming,
    reflector: one,
    watch,
    last: () => watch(-1),
    names: () => cache.objects().map(({ metadata }) => metadata.name),
    synced: () => cache.unsynced().length === 0,
    changes: () => changes,
  }
}

const startSynced = (setup: Setup = {}) => {
  const all = start(setup)
  all.last().open()
  all.last().send(put('a', 5), put('b', 7), end(10))
  return all
}

describe('a reflector', () => {
  it('lists and watches with one request', () => {
    const { client, names, synced } = startSynced()
    expect(client.watches.map(({ request }) => request.from)).toEqual([{ _tag: 'InitialEvents' }])
    expect(client.lists).toEqual([])
    expect([names(), synced()]).toEqual([['a', 'b'], true])
  })

  it('knows nothing before the initial events have ended', () => {
    const { last, names, synced } = start()
    last().open()
    last().send(put('a', 5))
    expect([names(), synced()]).toEqual([[], false])
  })

  it('asks for a watch of 50 to 60 minutes', () => {
    const seconds = (random: number) =>
      start({ random: () => random }).last().request.timeoutSeconds
    expect([seconds(0), seconds(1)]).toEqual([3000, 3600])
  })

  it('follows what changes', () => {
    const { last, names } = startSynced()
    last().send(put('c', 11), gone('a', 12))
    expect(names()).toEqual(['b', 'c'])
  })

  it('goes on at once from the last resource version when a watch ends by itself', () => {
    const { last, clock, client } = startSynced()
    last().send(put('c', 11), bookmark(20))
    clock.pass(60_000)
    last().end()
    expect(client.watches).toHaveLength(2)
    expect(last().request.from).toEqual({ _tag: 'ResourceVersion', resourceVersion: '20' })
  })

  it('waits a second and more when the connection is cut, and goes on where it was', () => {
    const { last, clock, client, names } = startSynced()
    clock.pass(60_000)
    last().end(CUT)
    clock.pass(999)
    expect(client.watches).toHaveLength(1)
    clock.pass(1001)
    expect(last().request.from).toEqual({ _tag: 'ResourceVersion', resourceVersion: '10' })
    expect(names()).toEqual(['a', 'b'])
  })

  it('starts anew when its resource version is too old, told by an event', () => {
    const { last, clock, names } = startSynced()
    last().send(error(410, 'Expired'))
    clock.pass(2000)
    expect(last().request.from).toEqual({ _tag: 'InitialEvents' })
    last().open()
    last().send(put('b', 7), put('d', 30), end(31))
    expect(names()).toEqual(['b', 'd'])
  })

  it('starts anew when its resource version is too old, told by the answer', () => {
    const { last, clock } = startSynced()
    clock.pass(60_000)
    last().end()
    last().end(refused(410, { reason: 'Expired' }))
    clock.pass(2000)
    expect(last().request.from).toEqual({ _tag: 'InitialEvents' })
  })

  it('keeps what it knows while it starts anew, and takes nothing from a list that was cut', () => {
    const { last, clock, names, synced } = startSynced()
    last().send(error(410))
    clock.pass(2000)
    last().open()
    last().send(put('z', 40))
    last().end(CUT)
    expect([names(), synced()]).toEqual([['a', 'b'], true])
  })

  it('drops a connection that has gone silent, and resumes', () => {
    const { last, clock, client, watch } = startSynced()
    last().send(bookmark(15))
    clock.pass(SILENCE_MS - 1)
    expect(client.watches).toHaveLength(1)
    clock.pass(1)
    expect(watch(0).isStopped()).toBe(true)
    clock.pass(2000)
    expect(last().request.from).toEqual({ _tag: 'ResourceVersion', resourceVersion: '15' })
  })

  it('takes any bytes for a sign of life, parts of an event too', () => {
    const { last, clock, client } = startSynced()
    for (let minute = 0; minute < 20; minute += 1) {
      clock.pass(60_000)
      last().bytes()
    }
    expect(client.watches).toHaveLength(1)
  })

  it('waits as long as the server asks', () => {
    const { last, clock, client } = startSynced()
    clock.pass(60_000)
    last().end(refused(429, {}, '30'))
    clock.pass(29_999)
    expect(client.watches).toHaveLength(1)
    clock.pass(7000)
    expect(client.watches).toHaveLength(2)
  })

  it('counts a kind that is not served as known and empty, and asks no more until told', () => {
    const { last, clock, client, names, synced, absences, reflector: one } = startSynced()
    clock.pass(60_000)
    last().end()
    last().end(refused(404, {}))
    expect([names(), synced(), absences.length]).toEqual([[], true, 1])
    clock.pass(3_600_000)
    expect(client.watches).toHaveLength(2)
    one.served()
    expect(last().request.from).toEqual({ _tag: 'InitialEvents' })
  })

  it('lists and then watches where lists are not streamed, and remembers that', async () => {
    const list: KubeList = { resourceVersion: '50', items: [object('a', 3)] }
    const { last, clock, client, names, synced, streaming } = start({ onList: () => E.right(list) })
    last().end(refused(422, { reason: 'Invalid', message: 'sendInitialEvents is forbidden' }))
    expect(streaming.supported()).toBe(false)
    await clock.passSlowly(2000)
    expect([names(), synced(), client.lists.length]).toEqual([['a'], true, 1])
    expect(last().request.from).toEqual({ _tag: 'ResourceVersion', resourceVersion: '50' })
    last().open()
    last().send(error(410))
    await clock.passSlowly(5000)
    expect(client.lists).toHaveLength(2)
  })

  it('lists when the initial events never end', async () => {
    const { last, clock, client } = start()
    last().open()
    for (let minute = 0; minute < 3; minute += 1) {
      clock.pass(50_000)
      last().send(bookmark(5))
    }
    await clock.passSlowly(1000)
    expect(client.lists).toHaveLength(1)
  })

  it('starts anew when going on fails again and again', () => {
    const { last, clock } = startSynced()
    for (let attempt = 0; attempt < 5; attempt += 1) {
      last().end(CUT)
      clock.pass(61_000)
    }
    expect(last().request.from).toEqual({ _tag: 'InitialEvents' })
  })

  it('does nothing after it was stopped', () => {
    const { last, clock, client, reflector: one, names } = startSynced()
    const before = last()
    one.stop()
    before.send(put('c', 11))
    clock.pass(3_600_000)
    expect([client.watches.length, before.isStopped(), names()]).toEqual([1, true, ['a', 'b']])
  })

  it('says why it knows nothing yet', () => {
    const { last, cache } = start()
    last().end(refused(403, { reason: 'Forbidden', message: 'services is forbidden: nobody may' }))
    expect(cache.unsynced()[0]?.problem).toBe('403: services is forbidden: nobody may')
  })
})

const TEN_MINUTES = 600_000

const spacing = (times: ReadonlyArray<number>): number =>
  Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)))

describe('a reflector never storms', () => {
  const storms: ReadonlyArray<readonly [string, (watch: ScriptedWatch) => void]> = [
    ['every request fails', (watch) => watch.end(refused(500, {}))],
    ['every connection is cut', (watch) => watch.end(CUT)],
    ['every resource version is too old', (watch) => watch.end(refused(410, {}))],
    [
      'every watch opens and is cut at once',
      (watch) => {
        watch.open()
        watch.end(CUT)
      },
    ],
    [
      'every watch opens and ends well at once',
      (watch) => {
        watch.open()
        watch.end()
      },
    ],
    [
      'every watch sends all objects, and then nonsense',
      (watch) => {
        watch.open()
        watch.send(put('a', 5), end(10), error(500))
      },
    ],
    [
      'every watch sends all objects, and then that it is too late',
      (watch) => {
        watch.open()
        watch.send(put('a', 5), end(10), error(410))
      },
    ],
  ]

  it.each(storms)('when %s', (_, onWatch) => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        const { clock, client } = start({ onWatch, random: () => random })
        clock.pass(TEN_MINUTES)
        const times = client.watches.map(({ atMs }) => atMs)
        expect(spacing(times)).toBeGreaterThanOrEqual(1000)
        expect(times.length).toBeLessThan(30)
        expect(times.length).toBeGreaterThan(5)
      }),
      { numRuns: 20 },
    )
  })
})
