import { randomUUID } from 'node:crypto'

import { isJsonArray, isJsonObject, type KubeObject } from '@image-registry-operator/render/model'

import { BUILT_IN_RESOURCES, customResources, type Resource } from './resources'

export type StoredEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resourceVersion: number
  readonly resource: Resource
  readonly object: KubeObject
}

/** What a server gets from the machine that it runs on. */
export type Surroundings = {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
  readonly newUid: () => string
  /** Has it done a moment later, by those who clean up behind the requests. */
  readonly soon: (run: () => void) => void
}

const MACHINE: Surroundings = {
  nowMs: () => Date.now(),
  newUid: () => randomUUID(),
  soon: (run) => void setImmediate(run),
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
  /** Another server with the same objects, and without a past. */
  readonly copied: (surroundings: Surroundings) => ObjectDatabase
} & Surroundings

const keyOfResource = ({ group, plural }: Resource): string => `${group}/${plural}`
const keyOfObject = ({ metadata }: KubeObject): string =>
  `${metadata.namespace ?? ''}/${metadata.name}`

const versioned = (object: KubeObject, resourceVersion: number): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: String(resourceVersion) },
})

const byKey = (one: KubeObject, other: KubeObject): number =>
  keyOfObject(one) < keyOfObject(other) ? -1 : 1

/** What a database starts with. */
type Content = {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, KubeObject>>
  readonly known: ReadonlyMap<string, Resource>
  readonly current: number
  readonly resources: ReadonlyArray<Resource>
}

const EMPTY: Content = {
  tables: new Map(),
  known: new Map(),
  current: 100,
  resources: BUILT_IN_RESOURCES,
}

const DEFINITIONS = 'apiextensions.k8s.io/customresourcedefinitions'

/** The kinds of a definition, worked out once. */
const kindsOf = new WeakMap<KubeObject, ReadonlyArray<Resource>>()
const knownResources = (definition: KubeObject): ReadonlyArray<Resource> => {
  const resources = kindsOf.get(definition) ?? customResources(definition)
  kindsOf.set(definition, resources)
  return resources
}

export const objectDatabase = (
  surroundings: Surroundings = MACHINE,
  content = EMPTY,
): ObjectDatabase => {
  const tables = new Map([...content.tables].map(([key, objects]) => [key, new Map(objects)]))
  const known = new Map(content.known)
  const listeners = new Set<(event: StoredEvent) => void>()
  let events: StoredEvent[] = []
  let current = content.current
  let resources = content.resources
  let forgotten = content === EMPTY ? 0 : current

  const table = (resource: Resource): Map<string, KubeObject> => {
    const key = keyOfResource(resource)
    const there = tables.get(key) ?? new Map<string, KubeObject>()
    tables.set(key, there)
    known.set(key, resource)
    return there
  }

  /** The same list until a definition changes. */
  const servedNow = (): ReadonlyArray<Resource> => [
    ...BUILT_IN_RESOURCES,
    ...[...(tables.get(DEFINITIONS)?.values() ?? [])].flatMap(knownResources),
  ]

  const happened = (event: Omit<StoredEvent, 'resourceVersion'>): KubeObject => {
    current += 1
    const object = versioned(event.object, current)
    const complete = { ...event, object, resourceVersion: current }
    events.push(complete)
    if (keyOfResource(event.resource) === DEFINITIONS) resources = servedNow()
    listeners.forEach((listener) => listener(complete))
    return object
  }

  return {
    ...surroundings,
    copied: (others) => objectDatabase(others, { tables, known, current, resources }),
    resources: () => resources,
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
