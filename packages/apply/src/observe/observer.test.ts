import * as E from 'fp-ts/Either'
import { afterEach, describe, expect, it } from 'vitest'

import { isJsonObject, type KubeObject } from '@image-registry-operator/render/model'

import { httpKubeClient } from '../client/http-kube-client'
import type { Collection, KubeClient } from '../client/kube-client'
import { systemClock } from '../clock'
import { answersIn } from '../testing/answers-in'
import {
  startInMemoryApiServer,
  type InMemoryApiServer,
  type InMemoryApiServerOptions,
} from '../testing/in-memory-api-server'
import { manualClock, type ManualClock } from '../testing/manual-clock'
import { describeObserveError } from './observe-error'
import { startObserver, type Observer } from './observer'
import { observeOnce } from './snapshot'

const NS = 'ns'
const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NS } }

const configMap = (name: string, value = 'value'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: NS, labels: { value } },
})

const definition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    names: { kind: 'Widget', plural: 'widgets' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
      },
    ],
  },
}

const COLLECTIONS: ReadonlyArray<Collection> = [
  { apiVersion: 'example.com/v1', kind: 'Widget', plural: 'widgets' },
  { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', name: NS },
  { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespace: NS },
  { apiVersion: 'v1', kind: 'Node', plural: 'nodes', metadataOnly: true },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    name: 'widgets.example.com',
  },
]

const eventually = async (condition: () => unknown): Promise<void> => {
  for (let attempt = 0; attempt < 4_000 && condition() !== true; attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 5))
  expect(condition()).toBe(true)
}

type World = {
  readonly server: InMemoryApiServer
  readonly client: KubeClient
  readonly observer: Observer
  readonly clock: ManualClock
  readonly changes: () => number
}

const worlds: Array<World> = []

const same = (object: KubeObject): KubeObject => object

const world = async (
  options: InMemoryApiServerOptions = {},
  collections = COLLECTIONS,
): Promise<World> => {
  const server = await startInMemoryApiServer({ objects: [namespace], ...options })
  const client = httpKubeClient({ source: { _tag: 'Url', url: server.url }, userAgent: 'test/1' })
  if (E.isLeft(client)) throw new Error(client.left.message)
  const clock = manualClock()
  let changes = 0
  const observer = startObserver(
    {
      client: client.right,
      clock,
      random: () => 0,
      redact: same,
      keep: same,
      onChange: () => (changes += 1),
      onProblem: () => undefined,
    },
    collections,
  )()
  const made = { server, client: client.right, observer, clock, changes: () => changes }
  worlds.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(
    worlds.splice(0).map(({ server, client, observer }) => {
      observer.stop()
      client.close()
      return server.close()
    }),
  )
})

const names = async ({ observer }: World): Promise<ReadonlyArray<string>> => {
  const snapshot = await observer.snapshot()
  return E.isLeft(snapshot)
    ? [describeObserveError(snapshot.left)]
    : snapshot.right
        .filter(isJsonObject)
        .filter(({ kind }) => kind !== 'APIGroupDiscoveryList')
        .map(
          ({ kind, metadata }) =>
            `${String(kind)} ${String(isJsonObject(metadata) ? metadata['name'] : '')}`,
        )
}

const verbs = ({ server }: World): ReadonlyArray<string> =>
  server.requests().map(({ verb, code }) => `${verb} ${code}`)

const discoveries = (one: World): number =>
  verbs(one).filter((verb) => verb === 'discover 200').length

describe('an observer', () => {
  it('does not wait for what is optional, and reads it when it may', async () => {
    const one = await world({ objects: [namespace, configMap('counted')] }, [
      { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', name: NS },
      { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', optional: true },
    ])
    let allowed = false
    one.server.setFault(({ path }) =>
      path.includes('/configmaps') && !allowed
        ? { _tag: 'Answer', code: 403, body: { message: 'nobody may' } }
        : undefined,
    )
    await eventually(() => one.observer.isSynced())
    expect(await names(one)).toEqual([`Namespace ${NS}`])
    const changes = one.changes()
    allowed = true
    for (let i = 0; i < 400 && (await names(one)).length < 2; i += 1)
      await one.clock.passSlowly(1_000)
    expect(await names(one)).toEqual([`Namespace ${NS}`, 'ConfigMap counted'])
    expect(one.changes()).toBe(changes)
  })

  it('asks once what is served, and then once for each kind', async () => {
    const one = await world({ objects: [namespace, configMap('a'), definition] })
    await eventually(one.observer.isSynced)
    expect(verbs(one)).toEqual(['discover 200', ...Array<string>(5).fill('watch 200')])
    expect(await names(one)).toEqual([
      'Namespace ns',
      'ConfigMap a',
      'CustomResourceDefinition widgets.example.com',
    ])
  })

  it('does not look for what only other kinds of cluster need, and does not wait for it', async () => {
    const one = await world({ objects: [namespace, configMap('a'), definition] }, [
      { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', name: NS },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        plural: 'configmaps',
        namespace: NS,
        unlessServed: { apiVersion: 'example.com/v1', plural: 'widgets' },
      },
    ])
    await eventually(one.observer.isSynced)
    one.clock.pass(60_000)
    await answersIn(20)
    expect(verbs(one)).toEqual(['discover 200', 'watch 200'])
    expect(await names(one)).toEqual(['Namespace ns'])
    const once = await observeOnce({ client: one.client, redact: same, keep: same })([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        plural: 'configmaps',
        namespace: NS,
        unlessServed: { apiVersion: 'example.com/v1', plural: 'widgets' },
      },
    ])()
    expect(E.isRight(once) && once.right).toHaveLength(1)
  })

  it('stops looking for it when only a later answer shows what kind of cluster it is', async () => {
    const one = await world({ objects: [namespace, configMap('a')] }, [
      ...COLLECTIONS.filter(({ kind }) => kind !== 'ConfigMap'),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        plural: 'configmaps',
        namespace: NS,
        unlessServed: { apiVersion: 'example.com/v1', plural: 'widgets' },
      },
    ])
    await eventually(one.observer.isSynced)
    expect(await names(one)).toContain('ConfigMap a')
    one.server.load(definition)
    for (let i = 0; i < 400 && (await names(one)).includes('ConfigMap a'); i += 1)
      await one.clock.passSlowly(1_000)
    expect(await names(one)).not.toContain('ConfigMap a')
    expect(one.observer.isSynced()).toBe(true)
  })

  it('asks nothing more while nothing changes', async () => {
    const one = await world({ objects: [namespace, definition], bookmarkMs: 5 })
    await eventually(one.observer.isSynced)
    const before = verbs(one).length
    for (let minute = 0; minute < 20; minute += 1) {
      one.clock.pass(60_000)
      await answersIn(15)
    }
    expect(verbs(one).length).toBe(before)
  })

  it('says what it does not know yet', async () => {
    const one = await world()
    const [text] = await names(one)
    expect(text).toContain('not read yet: Widget *')
  })

  it('says why it does not know it', async () => {
    const one = await world()
    one.server.setFault(() => ({ _tag: 'Answer', code: 403, body: { message: 'nobody may' } }))
    await eventually(() => verbs(one).includes('discover 403'))
    await answersIn(20)
    expect((await names(one))[0]).toContain('(403: nobody may)')
  })

  it('does not ask for a kind that is not served, and finds it soon after it is', async () => {
    const one = await world()
    await eventually(one.observer.isSynced)
    expect(verbs(one).every((verb) => verb.endsWith('200'))).toBe(true)
    one.server.load(definition)
    one.server.load({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } })
    await answersIn(50)
    one.clock.pass(1100)
    await eventually(() => verbs(one).filter((verb) => verb === 'watch 200').length === 5)
    await answersIn(20)
    expect(await names(one)).toContain('Widget w')
  })

  it('looks for what is not served every five minutes after the first', async () => {
    const one = await world()
    await eventually(one.observer.isSynced)
    const settle = async (): Promise<void> => {
      const before = verbs(one).length
      await answersIn(15)
      if (verbs(one).length > before) await settle()
    }
    // Real sockets answer between the timers of a clock that stands still.
    for (let second = 0; second < 130; second += 1) {
      one.clock.pass(1000)
      if (second < 70) await settle()
    }
    const early = discoveries(one)
    expect(early).toBeLessThanOrEqual(8)
    for (let turn = 0; turn < 6; turn += 1) {
      one.clock.pass(300_001)
      await settle()
    }
    expect(discoveries(one) - early).toBeLessThanOrEqual(6)
    expect(discoveries(one) - early).toBeGreaterThanOrEqual(5)
  })

  it('counts a kind as empty when its definition goes', async () => {
    const one = await world({
      objects: [
        namespace,
        definition,
        { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } },
      ],
    })
    await eventually(one.observer.isSynced)
    const found = one.server.objects().find(({ kind }) => kind === 'CustomResourceDefinition')
    if (found === undefined) throw new Error('no definition')
    const { uid = '', resourceVersion = '' } = found.metadata
    await one.client.remove({
      ref: { apiVersion: found.apiVersion, kind: found.kind, name: found.metadata.name },
      uid,
      resourceVersion,
      propagation: 'Background',
    })()
    one.server.cutWatches()
    await answersIn(30)
    one.clock.pass(1000)
    await eventually(() => verbs(one).includes('watch 404'))
    expect(await names(one)).toEqual(['Namespace ns'])
  })

  it('is refused streamed lists once, not once for each kind, and lists instead', async () => {
    const one = await world({
      streamingLists: false,
      objects: [namespace, definition, configMap('a')],
    })
    await eventually(() => {
      one.clock.pass(100)
      return one.observer.isSynced()
    })
    expect(verbs(one).filter((verb) => !verb.endsWith('200'))).toEqual(['watch 422'])
    expect(await names(one)).toContain('ConfigMap a')
  })

  it('sees what happened while it was cut off, even when the past was forgotten', async () => {
    const one = await world({ objects: [namespace, definition, configMap('a'), configMap('b')] })
    await eventually(one.observer.isSynced)
    one.server.cutWatches()
    one.server.load(configMap('a', 'changed'))
    one.server.load(configMap('c'))
    one.server.compact()
    await eventually(() => {
      one.clock.pass(1000)
      return (
        one.server.requests().filter(({ path }) => path.includes('sendInitialEvents')).length >= 6
      )
    })
    await answersIn(50)
    expect((await names(one)).filter((name) => name.startsWith('ConfigMap'))).toEqual([
      'ConfigMap a',
      'ConfigMap b',
      'ConfigMap c',
    ])
  })

  it('tells of changes, and of nothing that it knows already', async () => {
    const one = await world({ objects: [namespace, definition] })
    await eventually(one.observer.isSynced)
    const written = await one.client.apply({
      object: configMap('a'),
      fieldManager: 'us',
      force: true,
    })()
    if (E.isLeft(written)) throw new Error('refused')
    one.observer.remember({ _tag: 'Put', object: written.right })()
    await answersIn(50)
    const before = one.changes()
    one.server.load(configMap('b'))
    await eventually(() => one.changes() === before + 1)
  })
})

describe('observing once', () => {
  it('lists what is served, with what the cluster serves, and watches nothing', async () => {
    const one = await world({ objects: [namespace, configMap('a')] })
    await eventually(one.observer.isSynced)
    const before = verbs(one).length
    const snapshot = await observeOnce({ client: one.client, redact: same, keep: same })(
      COLLECTIONS,
    )()
    if (E.isLeft(snapshot)) throw new Error(describeObserveError(snapshot.left))
    const kinds = snapshot.right.filter(isJsonObject).map(({ kind }) => kind)
    expect(kinds).toEqual(['APIGroupDiscoveryList', 'Namespace', 'ConfigMap'])
    expect(new Set(verbs(one).slice(before))).toEqual(new Set(['discover 200', 'list 200']))
  })

  it('says what could not be read', async () => {
    const server = await startInMemoryApiServer({ objects: [namespace] })
    const client = httpKubeClient({ source: { _tag: 'Url', url: server.url }, userAgent: 'test/1' })
    if (E.isLeft(client)) throw new Error(client.left.message)
    server.setFault(({ path }) =>
      path.includes('configmaps')
        ? { _tag: 'Answer', code: 403, body: { message: 'nobody may' } }
        : undefined,
    )
    const result = await observeOnce({ client: client.right, redact: same, keep: same })(
      COLLECTIONS,
    )()
    expect(E.isLeft(result) && describeObserveError(result.left)).toBe(
      'not read yet: ConfigMap ns/* (403: nobody may)',
    )
    client.right.close()
    await server.close()
  })
})

describe('the clock of the machine', () => {
  it('goes on, and can be called off', async () => {
    const before = systemClock.monotonicMs()
    let rang = false
    const cancel = systemClock.after(5, () => {
      rang = true
    })
    cancel()
    await new Promise<void>((resolve) => systemClock.after(20, resolve))
    expect([rang, systemClock.monotonicMs() > before]).toEqual([false, true])
  })
})
