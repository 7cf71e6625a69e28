import type { KubeObject } from '@image-registry-operator/render/model'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

import { builtInSchema, customSchema, type FieldSchema } from './field-schema'

/** A kind that the server serves. */
export type Resource = {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly namespaced: boolean
  readonly hasStatus: boolean
  /** Counts changes of the spec in metadata.generation. */
  readonly hasGeneration: boolean
  /** Takes an update without a resourceVersion. */
  readonly unconditionalUpdate: boolean
  readonly fieldSchema: FieldSchema
  /** The OpenAPI schema of a custom kind. */
  readonly openApi?: JsonObject
}

type Row = readonly [group: string, version: string, kind: string, plural: string, traits: string]

/** Traits: n namespaced, s status subresource, g generation, c update must name a resourceVersion. */
const ROWS: ReadonlyArray<Row> = [
  ['', 'v1', 'Namespace', 'namespaces', 's'],
  ['', 'v1', 'Node', 'nodes', 's'],
  ['', 'v1', 'Pod', 'pods', 'nsg'],
  ['', 'v1', 'Secret', 'secrets', 'n'],
  ['', 'v1', 'ConfigMap', 'configmaps', 'n'],
  ['', 'v1', 'ServiceAccount', 'serviceaccounts', 'n'],
  ['', 'v1', 'Service', 'services', 'ns'],
  ['', 'v1', 'Event', 'events', 'n'],
  ['', 'v1', 'PersistentVolume', 'persistentvolumes', 's'],
  ['', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', 'ns'],
  ['apps', 'v1', 'Deployment', 'deployments', 'nsg'],
  ['apps', 'v1', 'ReplicaSet', 'replicasets', 'nsg'],
  ['apps', 'v1', 'DaemonSet', 'daemonsets', 'nsg'],
  ['batch', 'v1', 'Job', 'jobs', 'nsg'],
  ['batch', 'v1', 'CronJob', 'cronjobs', 'nsg'],
  ['policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'nsgc'],
  ['networking.k8s.io', 'v1', 'NetworkPolicy', 'networkpolicies', 'ng'],
  ['rbac.authorization.k8s.io', 'v1', 'ClusterRole', 'clusterroles', ''],
  ['rbac.authorization.k8s.io', 'v1', 'ClusterRoleBinding', 'clusterrolebindings', ''],
  ['rbac.authorization.k8s.io', 'v1', 'Role', 'roles', 'n'],
  ['rbac.authorization.k8s.io', 'v1', 'RoleBinding', 'rolebindings', 'n'],
  ['storage.k8s.io', 'v1', 'StorageClass', 'storageclasses', ''],
  ['coordination.k8s.io', 'v1', 'Lease', 'leases', 'nc'],
  ['apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'sgc'],
]

const builtIn = ([group, version, kind, plural, traits]: Row): Resource => ({
  group,
  version,
  kind,
  plural,
  namespaced: traits.includes('n'),
  hasStatus: traits.includes('s'),
  hasGeneration: traits.includes('g'),
  unconditionalUpdate: !traits.includes('c'),
  fieldSchema: builtInSchema(kind),
})

export const BUILT_IN_RESOURCES: ReadonlyArray<Resource> = ROWS.map(builtIn)

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

const customVersion =
  (spec: JsonObject) =>
  (version: JsonObject): ReadonlyArray<Resource> => {
    const schema = isJsonObject(version['schema'])
      ? version['schema']['openAPIV3Schema']
      : undefined
    const names = isJsonObject(spec['names']) ? spec['names'] : {}
    const subresources = isJsonObject(version['subresources']) ? version['subresources'] : {}
    return version['served'] === false
      ? []
      : [
          {
            group: text(spec['group']),
            version: text(version['name']),
            kind: text(names['kind']),
            plural: text(names['plural']),
            namespaced: spec['scope'] === 'Namespaced',
            hasStatus: isJsonObject(subresources['status']),
            hasGeneration: true,
            unconditionalUpdate: false,
            fieldSchema: customSchema(schema),
            openApi: isJsonObject(schema) ? schema : {},
          },
        ]
  }

/** The kinds that a CustomResourceDefinition makes. */
export const customResources = (definition: KubeObject): ReadonlyArray<Resource> => {
  const spec = isJsonObject(definition['spec']) ? definition['spec'] : {}
  const versions = isJsonArray(spec['versions']) ? spec['versions'].filter(isJsonObject) : []
  return versions.flatMap(customVersion(spec))
}

export const apiVersionOf = ({ group, version }: Pick<Resource, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`

/** `deployments.apps`, as messages name it. */
export const qualifiedName = ({ group, plural }: Pick<Resource, 'group' | 'plural'>): string =>
  group === '' ? plural : `${plural}.${group}`

/** `Deployment.apps`, as messages about invalid objects name it. */
export const qualifiedKind = ({ group, kind }: Pick<Resource, 'group' | 'kind'>): string =>
  group === '' ? kind : `${kind}.${group}`
