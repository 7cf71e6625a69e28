import { listKeys } from '../fields/list-keys'
import type { FieldPath } from '../fields/field-path'

/**
 * Lists in which only our items may stand. Somebody else's item there is what became of one of ours that was
 * renamed (a second port of the same name is refused), or changes what the registry runs with.
 */
const EXCLUSIVE_LISTS = [
  'containers',
  'volumes',
  'env',
  'volumeMounts',
  'ports',
  'topologySpreadConstraints',
]

const HANDLERS = ['httpGet', 'exec', 'tcpSocket', 'grpc', 'sleep']

/**
 * Fields that exclude each other, by the field or list that they stand in: with somebody else's one beside
 * ours, the API server refuses the object (`may not specify more than 1 volume type`).
 */
const ALTERNATIVES: { readonly [parent: string]: ReadonlyArray<string> | 'all' } = {
  volumes: 'all',
  env: ['value', 'valueFrom'],
  valueFrom: 'all',
  livenessProbe: HANDLERS,
  readinessProbe: HANDLERS,
  startupProbe: HANDLERS,
  preStop: HANDLERS,
  postStart: HANDLERS,
  strategy: ['rollingUpdate'],
  // Of Secrets and of bundles of authorities: what the pods find in them is trusted.
  data: 'all',
  binaryData: 'all',
  // Of a PodDisruptionBudget.
  spec: ['minAvailable', 'maxUnavailable'],
}

const lastName = (path: FieldPath): string => {
  const last = path.filter(({ _tag }) => _tag === 'Field').at(-1)
  return last?._tag === 'Field' ? last.name : ''
}

/** Whether nobody but us may have a part of an object at that path, if we want something beside it. */
export const isExclusive = (path: FieldPath): boolean => {
  const parent = path.slice(0, -1)
  const last = path.at(-1)
  if (last?._tag === 'Item') {
    return listKeys(parent) !== undefined && EXCLUSIVE_LISTS.includes(lastName(parent))
  }
  const alternatives = ALTERNATIVES[lastName(parent)] ?? []
  return last?._tag === 'Field' && (alternatives === 'all' || alternatives.includes(last.name))
}
