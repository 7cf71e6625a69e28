import { isJsonArray, isJsonObject, type KubeObject } from '@image-registry-operator/render/model'

import { BUILT_IN_RESOURCES, customResources, type Resource } from './resources'

export type StoredEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resourceVersion: number
  readonly resource: Resource
  readonly object: KubeObject
}

/** Objects by resource, with one number that grows with every write, and what happened since some moment. */
export type ObjectDatabase = {
  readonly resources: () => ReadonlyArray<Resource>
  readonly resourceVersion: () => number
  readonly find: (resource: Resource, namespace: string, name: string) => KubeObject | undefined
  readonly list: (resource: Resource, namespace?: string) => ReadonlyArray<KubeObject>
  readonly put: (resource: Resource, object: KubeObject) => KubeObject
  readonly remove: (resource: Resource, object: KubeObject) => KubeObject
  /** What happened after that version; undefined when it is not remembered. */
  readonly eventsSince: (resourceVersion: number) => ReadonlyArray<StoredEvent> | undefined
  readonly subscribe: (listener: (event: StoredEvent) => void) => () => void
  /** Forgets what happened so far, as etcd does every five minutes. */
  readonly compact: () => void
  readonly everything: () => ReadonlyArray<readonly [Resource, KubeObject]>
}

const keyOfResource = ({ group, plural }: Resource): string => `${group}/${plural}`
const keyOfObject = ({ metadata }: KubeObject): string =>
  `${metadata.namespace ?? ''}/${metadata.name}`

const versioned = (object: KubeObject, resourceVersion: number): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: String(resourceVersion) },
})

const byKey = (one: KubeObject, other: KubeObject): number =>
  keyOfObject(one) < keyOfObject(other) ? -1 : 1

export const objectDatabase = (): ObjectDatabase => {
  const tables = new Map<string, Map<string, KubeObject>>()
  const known = new Map<string, Resource>()
  const listeners = new Set<(event: StoredEvent) => void>()
  let events: ReadonlyArray<StoredEvent> = []
  let current = 100
  let forgotten = 0

  const table = (resource: Resource): Map<string, KubeObject> => {
    const key = keyOfResource(resource)
    const there = tables.get(key) ?? new Map<string, KubeObject>()
    tables.set(key, there)
    known.set(key, resource)
    return there
  }

  const definitions = (): ReadonlyArray<KubeObject> => [
    ...(tables.get('apiextensions.k8s.io/customresourcedefinitions')?.values() ?? []),
  ]

  const happened = (event: Omit<StoredEvent, 'resourceVersion'>): KubeObject => {
    current += 1
    const object = versioned(event.object, current)
    const complete = { ...event, object, resourceVersion: current }
    events = [...events, complete]
    listeners.forEach((listener) => listener(complete))
    return object
  }

  return {
    resources: () => [...BUILT_IN_RESOURCES, ...definitions().flatMap(customResources)],
    resourceVersion: () => current,
    find: (resource, namespace, name) => table(resource).get(`${namespace}/${name}`),
    list: (resource, namespace) =>
      [...table(resource).values()]
        .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
        .sort(byKey),
    put: (resource, object) => {
      const objects = table(resource)
      const key = keyOfObject(object)
      const type = objects.has(key) ? 'MODIFIED' : 'ADDED'
      objects.set(key, versioned(object, current + 1))
      return happened({ type, resource, object })
    },
    remove: (resource, object) => {
      table(resource).delete(keyOfObject(object))
      return happened({ type: 'DELETED', resource, object })
    },
    eventsSince: (resourceVersion) =>
      resourceVersion < forgotten
        ? undefined
        : events.filter((event) => event.resourceVersion > resourceVersion),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    compact: () => {
      forgotten = current
      events = []
    },
    everything: () =>
      [...tables].flatMap(([key, objects]) => {
        const resource = known.get(key)
        return resource === undefined
          ? []
          : [...objects.values()].map((object) => [resource, object] as const)
      }),
  }
}

/** Whether one object names the other as its owner. */
export const isOwnedBy = (object: KubeObject, uid: string): boolean => {
  const owners = object.metadata['ownerReferences']
  return isJsonArray(owners) && owners.some((owner) => isJsonObject(owner) && owner['uid'] === uid)
}
