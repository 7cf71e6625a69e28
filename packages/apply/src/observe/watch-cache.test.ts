import * as fc from 'fast-check'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import {
  names,
  refOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { collectionStore } from './collection-store'
import { isOlder } from './resource-version'
import { watchCache, type Keep } from './watch-cache'

const configMap = (name: string, resourceVersion: number, extra: JsonObject = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name,
    namespace: 'ns',
    uid: `uid-${name}`,
    resourceVersion: String(resourceVersion),
    ...extra,
  },
})

const same = (object: KubeObject): KubeObject => object

const cacheOf = (keep: Keep = same) => {
  let changes = 0
  const cache = watchCache(
    {
      redact: (object) =>
        object.kind === 'Secret' ? { ...object, data: { key: 'sha256:digest' } } : object,
      keep,
      onChange: () => (changes += 1),
    },
    [
      { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespace: 'ns' },
      { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespace: 'ns' },
    ],
  )
  const [configMaps, secrets] = cache.collections.map(([, cached]) => cached)
  if (configMaps === undefined || secrets === undefined) throw new Error('no collections')
  return { cache, configMaps, secrets, changes: () => changes }
}

const versions = (objects: ReadonlyArray<KubeObject>) =>
  objects.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`)

describe('the watch cache', () => {
  it('shows the answer of a write at once, and ignores the older event that follows', () => {
    const { cache, configMaps } = cacheOf()
    configMaps.replace([configMap('a', 5)], '10')
    cache.remember({ _tag: 'Put', object: configMap('a', 12) })()
    configMaps.put(configMap('a', 11))
    expect(versions(cache.objects())).toEqual(['a@12'])
  })

  it('keeps what was written while a list was made', () => {
    const { cache, configMaps } = cacheOf()
    cache.remember({ _tag: 'Put', object: configMap('new', 12) })()
    configMaps.replace([configMap('a', 5)], '10')
    expect(versions(cache.objects())).toEqual(['a@5', 'new@12'])
  })

  it('forgets what was written when a later list does not have it', () => {
    const { cache, configMaps } = cacheOf()
    cache.remember({ _tag: 'Put', object: configMap('new', 12) })()
    configMaps.replace([], '13')
    expect(cache.objects()).toEqual([])
  })

  it('believes a list of a server that was set back to an older state', () => {
    const { cache, configMaps } = cacheOf()
    configMaps.replace([configMap('a', 500), configMap('b', 501)], '510')
    configMaps.replace([configMap('a', 5)], '10')
    expect(versions(cache.objects())).toEqual(['a@5'])
  })

  it('does not bring back what was deleted, when a late event shows it', () => {
    const { cache, configMaps } = cacheOf()
    const a = configMap('a', 5)
    configMaps.replace([a], '10')
    cache.remember({
      _tag: 'Gone',
      ref: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'ns', name: 'a' },
      uid: 'uid-a',
    })()
    configMaps.put(configMap('a', 11))
    configMaps.replace([configMap('a', 11)], '11')
    expect(cache.objects()).toEqual([])
    configMaps.put(configMap('a', 14, { uid: 'another' }))
    expect(versions(cache.objects())).toEqual(['a@14'])
  })

  it('does not take the deletion of a former object for that of the present one', () => {
    const { cache, configMaps } = cacheOf()
    configMaps.replace([], '10')
    cache.remember({ _tag: 'Put', object: configMap('a', 20, { uid: 'second' }) })()
    configMaps.remove(configMap('a', 15))
    expect(versions(cache.objects())).toEqual(['a@20'])
  })

  it('holds digests, never values', () => {
    const { cache, secrets } = cacheOf()
    const secret: KubeObject = {
      ...configMap('s', 5),
      kind: 'Secret',
      data: { key: 'cGFzc3dvcmQ=' },
    }
    secrets.replace([secret], '5')
    secrets.put({ ...secret, metadata: { ...secret.metadata, resourceVersion: '6' } })
    cache.remember({
      _tag: 'Put',
      object: { ...secret, metadata: { ...secret.metadata, resourceVersion: '7' } },
    })()
    expect(JSON.stringify(cache.objects())).not.toContain('cGFzc3dvcmQ=')
  })

  it('knows the values of a Secret apart from it, for as long as it is there', () => {
    const { cache, secrets } = cacheOf()
    const value = 'cGFzc3dvcmQ='
    const secret: KubeObject = { ...configMap('s', 5), kind: 'Secret', data: { key: value } }
    const known = () =>
      pipe(
        cache.valuesOf(refOf(secret)),
        O.map(({ data }) => data),
        O.toUndefined,
      )
    secrets.replace([secret], '5')
    expect(known()).toEqual({ key: value })
    cache.remember({
      _tag: 'Put',
      object: { ...configMap('s', 7), kind: 'Secret', data: { key: 'sha256:digest' } },
    })()
    expect(known()).toEqual({ key: value })
    secrets.remove({ ...secret, metadata: { ...secret.metadata, resourceVersion: '8' } })
    expect(known()).toBeUndefined()
    secrets.put({ ...secret, metadata: { ...secret.metadata, resourceVersion: '9' } })
    expect(known()).toEqual({ key: value })
    secrets.replace([], '10')
    expect(known()).toBeUndefined()
  })

  it('knows nothing apart from an object that holds no secret', () => {
    const { cache, configMaps } = cacheOf()
    configMaps.put({ ...configMap('a', 5), data: { key: 'value' } })
    expect(O.isNone(cache.valuesOf(refOf(configMap('a', 5))))).toBe(true)
  })

  it('neither waits for what is optional nor tells of its changes, but holds what is kept of it', () => {
    let changes = 0
    const cache = watchCache(
      {
        redact: same,
        keep: ({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata }),
        onChange: () => (changes += 1),
      },
      [{ apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', optional: true }],
    )
    const [[, optional] = []] = cache.collections
    optional?.problem('forbidden')
    expect(cache.unsynced()).toEqual([])
    const large = { ...configMap('a', 5), data: { key: 'value' } }
    expect(optional?.arrived(large)).toEqual(configMap('a', 5))
    optional?.replace([large], '5')
    optional?.put(configMap('b', 6))
    expect(cache.objects()).toEqual([configMap('a', 5), configMap('b', 6)])
    expect(changes).toBe(0)
  })

  it('holds what is worth keeping, and nothing else', () => {
    const { cache, configMaps } = cacheOf(({ apiVersion, kind, metadata }, metadataOnly) => ({
      apiVersion,
      kind,
      metadata,
      metadataOnly,
    }))
    configMaps.replace([{ ...configMap('a', 5), data: { key: 'value' } }], '5')
    configMaps.put({ ...configMap('b', 6), data: { key: 'value' } })
    cache.remember({ _tag: 'Put', object: { ...configMap('c', 7), data: { key: 'value' } } })()
    expect(cache.objects().map(({ data, metadataOnly }) => [data, metadataOnly])).toEqual(
      Array(3).fill([undefined, false]),
    )
  })

  it('is silent about changes that nobody could see', () => {
    const { configMaps, changes } = cacheOf()
    const entry = (time: string) => ({ managedFields: [{ manager: names.FIELD_MANAGER, time }] })
    configMaps.replace([configMap('a', 5, entry('1'))], '10')
    const before = changes()
    configMaps.put(configMap('a', 11, entry('2')))
    configMaps.replace([configMap('a', 12, entry('3'))], '12')
    expect(changes()).toBe(before)
    configMaps.put(configMap('a', 13, { labels: { seen: 'yes' } }))
    expect(changes()).toBe(before + 1)
  })

  it('ends at what the server has, in whatever order answers and events come', () => {
    const history = fc.array(fc.constantFrom('put', 'delete'), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(history, fc.array(fc.nat()), (writes, order) => {
        const store = collectionStore()
        const events = writes.map((write, index) => ({
          write,
          object: configMap('a', index + 1, {
            uid: `u${writes.slice(0, index).filter((one) => one === 'delete').length}`,
          }),
        }))
        let seen = 0
        // Answers of our own writes may come any time before or after their event, and events come in order.
        order.forEach((step) => {
          const event = events[seen]
          const written = events[step % events.length]
          if (step % 2 === 0 && written?.write === 'put') store.putWritten(written.object)
          else if (event !== undefined) {
            seen += 1
            if (event.write === 'put') store.put(event.object)
            else store.remove(event.object)
          }
        })
        events
          .slice(seen)
          .forEach(({ write, object }) =>
            write === 'put' ? store.put(object) : store.remove(object),
          )
        const last = events.at(-1)
        expect(versions(store.objects())).toEqual(
          last?.write === 'put' ? versions([last.object]) : [],
        )
      }),
    )
  })
})

describe('resource versions', () => {
  it('are compared as numbers, however long', () => {
    expect(isOlder('9', '10')).toBe(true)
    expect(isOlder('10', '9')).toBe(false)
    expect(isOlder('18446744073709551615', '18446744073709551616')).toBe(true)
    expect(isOlder('7', '7')).toBe(false)
  })

  it('that are no numbers are never older', () => {
    expect(isOlder('', '10')).toBe(false)
    expect(isOlder('abc', '10')).toBe(false)
  })
})
