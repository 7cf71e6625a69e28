import type { Json, JsonObject } from '../model'
import type { FieldPath } from './field-path'

/**
 * The lists whose items the API server tells apart by keys (`x-kubernetes-list-map-keys` of the kinds that
 * we write), by the end of their path. Every other list is atomic: one value as a whole.
 */
const LIST_KEYS: { readonly [pathEnd: string]: ReadonlyArray<string> } = {
  containers: ['name'],
  initContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  'containers.ports': ['containerPort', 'protocol'],
  'initContainers.ports': ['containerPort', 'protocol'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  claims: ['name'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  resourceClaims: ['name'],
  // Of a Service.
  'spec.ports': ['port', 'protocol'],
  'metadata.ownerReferences': ['uid'],
  // Of a PrometheusRule.
  'spec.groups': ['name'],
  // Of a Config.
  'status.conditions': ['type'],
  'status.generations': ['group', 'resource', 'namespace', 'name'],
}

/** Sets of plain values. */
const SETS = ['metadata.finalizers']

/** What a key is when an item does not say it; part of the item's identity all the same. */
const KEY_DEFAULTS: JsonObject = { protocol: 'TCP' }

const pathEnds = (path: FieldPath): ReadonlyArray<string> => {
  const fields = path.flatMap((step) => (step._tag === 'Field' ? [step.name] : []))
  const last = fields.slice(-1).join('.')
  return [fields.slice(-2).join('.'), last]
}

/** Inside a list that is one value nothing is told apart by keys. */
const isInsideAtomic = (path: FieldPath): boolean => path.some(({ _tag }) => _tag === 'Index')

/** The names of the keys that tell the items of the list at that path apart; undefined where it is no such list. */
export const listKeys = (path: FieldPath): ReadonlyArray<string> | undefined => {
  if (isInsideAtomic(path) || path.at(-1)?._tag !== 'Field') return undefined
  const end = pathEnds(path).find((candidate) => candidate in LIST_KEYS)
  return end === undefined ? undefined : LIST_KEYS[end]
}

/** Whether the list at that path is a set of plain values. */
export const isSet = (path: FieldPath): boolean =>
  !isInsideAtomic(path) && pathEnds(path).some((end) => SETS.includes(end))

const keyValue = (item: JsonObject, name: string): Json => item[name] ?? KEY_DEFAULTS[name] ?? null

/** The values of an item's keys. */
export const keysOfItem = (item: JsonObject, names: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(names.map((name) => [name, keyValue(item, name)]))

/** Whether an item is the one with these keys. */
export const hasKeys = (item: JsonObject, keys: JsonObject): boolean =>
  Object.entries(keys).every(([name, value]) => keyValue(item, name) === value)
