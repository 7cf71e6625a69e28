import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

/**
 * How server-side apply sees a field: what is merged and what is replaced whole. Without a word on it,
 * objects are merged field by field and lists are replaced.
 */
export type FieldSchema = {
  /** An object that is one value. */
  readonly atomic?: true
  readonly fields?: { readonly [name: string]: FieldSchema }
  /** All fields of a map. */
  readonly additional?: FieldSchema
  /** A list whose items are known by these fields. */
  readonly keys?: ReadonlyArray<string>
  /** What a key is when it is not given. */
  readonly keyDefaults?: JsonObject
  /** A list of scalars where each stands for itself. */
  readonly set?: true
  readonly items?: FieldSchema
}

const NONE: FieldSchema = {}

export const fieldOf = (schema: FieldSchema, name: string): FieldSchema =>
  schema.fields?.[name] ?? schema.additional ?? NONE

const ATOMIC: FieldSchema = { atomic: true }
const keyed = (keys: ReadonlyArray<string>, fields: FieldSchema['fields'] = {}): FieldSchema => ({
  keys,
  items: { fields },
})
const struct = (fields: FieldSchema['fields'] = {}): FieldSchema => ({ fields })

const metadata = struct({ finalizers: { set: true }, ownerReferences: keyed(['uid']) })
const conditions = keyed(['type'])
const TCP = { keyDefaults: { protocol: 'TCP' } }

const container: FieldSchema['fields'] = {
  env: keyed(['name'], {
    valueFrom: struct({
      secretKeyRef: ATOMIC,
      configMapKeyRef: ATOMIC,
      fieldRef: ATOMIC,
      resourceFieldRef: ATOMIC,
    }),
  }),
  ports: { ...keyed(['containerPort', 'protocol']), ...TCP },
  volumeMounts: keyed(['mountPath']),
  volumeDevices: keyed(['devicePath']),
  resources: struct({ claims: keyed(['name']) }),
}

const podSpec = struct({
  containers: keyed(['name'], container),
  initContainers: keyed(['name'], container),
  volumes: keyed(['name']),
  imagePullSecrets: { keys: ['name'], items: ATOMIC },
  hostAliases: keyed(['ip']),
  nodeSelector: ATOMIC,
  topologySpreadConstraints: keyed(['topologyKey', 'whenUnsatisfiable'], { labelSelector: ATOMIC }),
  affinity: struct({
    nodeAffinity: struct({ requiredDuringSchedulingIgnoredDuringExecution: ATOMIC }),
  }),
})

const template = struct({ metadata, spec: podSpec })

const KINDS: { readonly [kind: string]: FieldSchema } = {
  Deployment: struct({
    metadata,
    spec: struct({ selector: ATOMIC, template }),
    status: struct({ conditions }),
  }),
  DaemonSet: struct({
    metadata,
    spec: struct({ selector: ATOMIC, template }),
    status: struct({ conditions }),
  }),
  Pod: struct({ metadata, spec: podSpec, status: struct({ conditions }) }),
  Service: struct({
    metadata,
    spec: struct({ ports: { ...keyed(['port', 'protocol']), ...TCP }, selector: ATOMIC }),
    status: struct({ conditions }),
  }),
  ServiceAccount: struct({ metadata, secrets: { keys: ['name'], items: ATOMIC } }),
  PersistentVolumeClaim: struct({
    metadata,
    spec: struct({ selector: ATOMIC, dataSource: ATOMIC }),
    status: struct({ conditions }),
  }),
  PodDisruptionBudget: struct({
    metadata,
    spec: struct({ selector: ATOMIC }),
    status: struct({ conditions }),
  }),
  NetworkPolicy: struct({ metadata, spec: struct({ podSelector: ATOMIC }) }),
  ClusterRole: struct({ metadata }),
  ClusterRoleBinding: struct({ metadata, roleRef: ATOMIC }),
  Role: struct({ metadata }),
  RoleBinding: struct({ metadata, roleRef: ATOMIC }),
  Namespace: struct({ metadata, status: struct({ conditions }) }),
  CustomResourceDefinition: struct({
    metadata,
    status: struct({ conditions, storedVersions: {} }),
  }),
}

/** The schema of a built-in kind, as its OpenAPI document has it; only what deviates from the rule is said. */
export const builtInSchema = (kind: string): FieldSchema => KINDS[kind] ?? struct({ metadata })

const textsOf = (value: Json | undefined): ReadonlyArray<string> =>
  isJsonArray(value) ? value.filter((one) => typeof one === 'string') : []

const mapped = (properties: Json | undefined): { readonly [name: string]: FieldSchema } =>
  isJsonObject(properties)
    ? Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, schemaOf(property)]),
      )
    : {}

const keyDefaultsOf = (items: Json | undefined): JsonObject => {
  const properties =
    isJsonObject(items) && isJsonObject(items['properties']) ? items['properties'] : {}
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      isJsonObject(property) && property['default'] !== undefined
        ? [[name, property['default']] as const]
        : [],
    ),
  )
}

const schemaOf = (open: Json | undefined): FieldSchema => {
  if (!isJsonObject(open)) return NONE
  const listType = open['x-kubernetes-list-type']
  return {
    ...(open['x-kubernetes-map-type'] === 'atomic' ? ATOMIC : {}),
    fields: mapped(open['properties']),
    ...(isJsonObject(open['additionalProperties'])
      ? { additional: schemaOf(open['additionalProperties']) }
      : {}),
    ...(listType === 'map'
      ? {
          keys: textsOf(open['x-kubernetes-list-map-keys']),
          keyDefaults: keyDefaultsOf(open['items']),
        }
      : {}),
    ...(listType === 'set' ? { set: true } : {}),
    items: schemaOf(open['items']),
  }
}

/** The schema of a custom kind, from its definition. */
export const customSchema = (openApi: Json | undefined): FieldSchema => {
  const schema = schemaOf(openApi)
  return { ...schema, fields: { ...schema.fields, metadata } }
}
