import assert from 'node:assert/strict'

import { collectionPath } from '../client/resource-path'
import {
  applyAs,
  codeOf,
  configMap,
  configMaps,
  eventually,
  hasInitialEnd,
  namesOf,
  patchAs,
  raw,
  removeNow,
  succeed,
  watching,
  behaviour,
  type Behaviour,
} from './contract-context'

/** Watching. */
export const WATCH_BEHAVIOURS: ReadonlyArray<Behaviour> = [
  behaviour(
    'a streamed list has all objects, then a bookmark that ends it, then changes',
    async (context) => {
      await succeed(applyAs(context)('us', configMap(context, 'streamed-before')))
      const watch = watching(context, configMaps(context))
      await watch.until('the initial events end', hasInitialEnd)
      assert.ok(namesOf(watch.events(), 'Put').includes('streamed-before'))
      await succeed(applyAs(context)('us', configMap(context, 'streamed-after')))
      await watch.until('the change', (events) => namesOf(events, 'Put').includes('streamed-after'))
      watch.stop()
    },
  ),
  behaviour('a streamed list of a name has that object only', async (context) => {
    await succeed(applyAs(context)('us', configMap(context, 'chosen')))
    await succeed(applyAs(context)('us', configMap(context, 'passed-over')))
    const watch = watching(context, configMaps(context, 'chosen'))
    await watch.until('the initial events end', hasInitialEnd)
    assert.deepEqual(namesOf(watch.events(), 'Put'), ['chosen'])
    watch.stop()
  }),
  behaviour('a streamed list of nothing is a bookmark with a resource version', async (context) => {
    const watch = watching(context, configMaps(context, 'never-made'))
    const [first] = await watch.until('the initial events end', hasInitialEnd)
    assert.ok(first?._tag === 'Bookmark' && /^\d+$/.test(first.resourceVersion))
    watch.stop()
  }),
  behaviour('a streamed list of metadata says what kind the objects are', async (context) => {
    await succeed(applyAs(context)('us', configMap(context, 'streamed-metadata')))
    const watch = watching(context, {
      ...configMaps(context, 'streamed-metadata'),
      metadataOnly: true,
    })
    const [first] = await watch.until('the initial events end', hasInitialEnd)
    assert.ok(first?._tag === 'Put')
    assert.deepEqual(
      [first.object.apiVersion, first.object.kind, first.object['data']],
      ['v1', 'ConfigMap', undefined],
    )
    watch.stop()
  }),
  behaviour(
    'a watch from a resource version has what happened since, and nothing before',
    async (context) => {
      const name = 'resumed'
      const made = await succeed(applyAs(context)('us', configMap(context, name)))
      await patchAs(context)('somebody', made, { data: { key: 'changed' } })
      const watch = watching(context, configMaps(context, name), {
        _tag: 'ResourceVersion',
        resourceVersion: made.metadata.resourceVersion ?? '',
      })
      const [first] = await watch.until('the change', (events) => namesOf(events, 'Put').length > 0)
      assert.ok(first?._tag === 'Put')
      assert.deepEqual(first.object['data'], { key: 'changed' })
      watch.stop()
    },
  ),
  behaviour('a deletion is seen, with a resource version of its own', async (context) => {
    const made = await succeed(applyAs(context)('us', configMap(context, 'seen-going')))
    const watch = watching(context, configMaps(context, 'seen-going'))
    await watch.until('the initial events end', hasInitialEnd)
    await succeed(removeNow(context, made))
    const events = await watch.until('the deletion', (all) => namesOf(all, 'Delete').length > 0)
    const last = events.at(-1)
    assert.ok(last?._tag === 'Delete')
    assert.ok(
      BigInt(last.object.metadata.resourceVersion ?? 0) >
        BigInt(made.metadata.resourceVersion ?? 0),
    )
    watch.stop()
  }),
  behaviour('resource versions are numbers that grow from write to write', async (context) => {
    const one = await succeed(applyAs(context)('us', configMap(context, 'first')))
    const two = await succeed(applyAs(context)('us', configMap(context, 'second')))
    assert.ok(BigInt(two.metadata.resourceVersion ?? 0) > BigInt(one.metadata.resourceVersion ?? 0))
  }),
  behaviour('a watch ends by itself after its time', async (context) => {
    const watch = watching(context, configMaps(context, 'never-made'), { _tag: 'InitialEvents' }, 1)
    await eventually('the end', () => Promise.resolve(watch.ended()))
    assert.equal(watch.failure(), undefined)
  }),
  behaviour('a watch of a kind that is not served is not found', async (context) => {
    const watch = watching(context, {
      apiVersion: 'nonsense.example.com/v1',
      kind: 'Nonsense',
      plural: 'nonsenses',
    })
    await eventually('the end', () => Promise.resolve(watch.ended()))
    const failure = watch.failure()
    assert.equal(failure?._tag === 'Refused' && failure.code, 404)
  }),
  behaviour(
    'a streamed list without the rule for its resource version is refused',
    async (context) => {
      const path = `${collectionPath(configMaps(context))}?watch=true&sendInitialEvents=true&timeoutSeconds=1`
      assert.equal(await codeOf(raw(context, { method: 'GET', path })), 422)
    },
  ),
  behaviour('a watch that is stopped is not heard of again', async (context) => {
    const watch = watching(context, configMaps(context, 'unheard'))
    await watch.until('the initial events end', hasInitialEnd)
    watch.stop()
    await succeed(applyAs(context)('us', configMap(context, 'unheard')))
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.deepEqual(namesOf(watch.events(), 'Put'), [])
    assert.equal(watch.ended(), false)
  }),
]
