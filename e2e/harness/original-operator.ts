import {
  clusterClient,
  type ClusterClient,
  isRequestError,
  type KubeObject,
} from '../cluster/cluster-client'
import type { ControlPlane } from '../cluster/control-plane'
import {
  objectPath,
  type ResourceKind,
  type ResourceKinds,
  resourceKinds,
} from '../cluster/resource-path'
import { untilObject } from '../cluster/until-object'
import { loadRecorded } from '@image-registry-operator/render/testing'
import { writtenAnew } from './written-anew'

/** The original's field managers: of what it updates, and of what it observes of the TLS profile. */
export const ORIGINAL_MANAGERS = [
  'cluster-image-registry-operator',
  'ImageRegistryConfigObserver-ConfigObserver',
] as const

const [MANAGER, OBSERVER] = ORIGINAL_MANAGERS

/** A condition that the original has left of a storage that was in use once. */
export const STALE_CONDITION = 'StorageTagged'

/** Plays the original operator as far as that has ever come, and no further: it writes when it is told to. */
export type OriginalOperator = Readonly<{
  /** Writes every object of a recording as a whole, and its status, as the original does. */
  writeAll: () => Promise<void>
  close: () => void
}>

type Writing = Readonly<{ client: ClusterClient; kinds: ResourceKinds }>

const readAt = async (client: ClusterClient, path: string): Promise<KubeObject | undefined> => {
  const { code, body } = await client.request('GET', path)
  return code === 200 ? (body as KubeObject) : undefined
}

/** As its client does it: what is missing is created, what is there is replaced with nothing but the wanted changes. */
const replacement = (live: KubeObject, { metadata, ...content }: KubeObject): KubeObject => ({
  ...live,
  ...content,
  // Of a Service the address stays.
  ...(live.kind === 'Service' ? { spec: { ...fieldsOf(live), ...fieldsOf(content) } } : {}),
  metadata: {
    ...live.metadata,
    ...metadata,
    labels: { ...live.metadata.labels, ...metadata.labels },
    annotations: { ...live.metadata.annotations, ...metadata.annotations },
  },
})

const fieldsOf = (object: Readonly<{ [field: string]: unknown }>): object => object['spec'] ?? {}

const isConflict = (error: unknown): boolean => isRequestError(error) && error.code === 409

/** Tries again when somebody else was faster, as all controllers do. */
const insisting = async <A>(write: () => Promise<A>): Promise<A> => {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isConflict(error)) throw error
    }
  }
}

const written = async (
  { client }: Writing,
  path: string,
  object: KubeObject,
): Promise<KubeObject> => {
  const live = await readAt(client, path)
  return live === undefined
    ? client.send('POST', path.slice(0, path.lastIndexOf('/')), object)
    : client.send('PUT', path, replacement(live, object))
}

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z')

type Status = Readonly<{ [field: string]: unknown }>

const conditionsOf = ({ conditions }: Status): ReadonlyArray<Status> =>
  (conditions ?? []) as ReadonlyArray<Status>

/** What recordings leave out, because it differs each time. */
const asWritten = (status: Status, { metadata, kind }: KubeObject): Status => ({
  ...status,
  ...(status['observedGeneration'] === undefined
    ? {}
    : { observedGeneration: metadata['generation'] }),
  ...(status['generations'] === undefined
    ? {}
    : {
        generations: (status['generations'] as ReadonlyArray<Status>).map((entry) => ({
          ...entry,
          lastGeneration: 1,
        })),
      }),
  ...(status['conditions'] === undefined
    ? {}
    : {
        conditions: [
          ...conditionsOf(status),
          ...(kind === 'Config'
            ? [{ type: STALE_CONDITION, status: 'True', reason: 'Tagged' }]
            : []),
        ].map((condition) => ({ ...condition, lastTransitionTime: now() })),
      }),
})

const writeStatus = async (client: ClusterClient, path: string, status: Status): Promise<void> => {
  const live = await client.send('GET', path)
  await client.send('PUT', `${path}/status`, { ...live, status: asWritten(status, live) })
}

/** The observer of TLS profiles says whether that works, under its own name. */
const observe = async (client: ClusterClient, path: string): Promise<void> => {
  const { apiVersion, kind, metadata, status } = await client.send('GET', path)
  const observed = conditionsOf(status as Status).filter(
    ({ type }) => type === 'ConfigObservationDegraded',
  )
  await client.send(
    'PATCH',
    `${path}/status?fieldManager=${OBSERVER}&force=true`,
    // The rest only because the definition requires it.
    {
      apiVersion,
      kind,
      metadata: { name: metadata.name },
      status: {
        conditions: observed,
        readyReplicas: (status as Status)['readyReplicas'],
        storage: (status as Status)['storage'],
        storageManaged: (status as Status)['storageManaged'],
      },
    },
    'application/apply-patch+yaml',
  )
}

const servedAs = async (kinds: ResourceKinds, object: KubeObject): Promise<ResourceKind> => {
  const kind = await kinds(object)
  if (kind === undefined) throw new Error(`${object.kind} is not served.`)
  return kind
}

const write = async (writing: Writing, object: KubeObject): Promise<void> => {
  const { client, kinds } = writing
  const kind = await servedAs(kinds, object)
  const path = objectPath(kind, object.metadata)
  const { status, ...content } = object
  await insisting(() => written(writing, path, content))
  if (status === undefined || !kind.hasStatus) return
  await insisting(() => writeStatus(client, path, status as Status))
  if (object.kind === 'Config') await observe(client, path)
}

const serviceCaPath = '/api/v1/namespaces/openshift-image-registry/configmaps/serviceca'

const dataOf = ({ data }: KubeObject): Readonly<Record<string, string>> =>
  (data ?? {}) as Readonly<Record<string, string>>

/** Somebody who writes what the original ended with in a recorded case. */
export const originalOperator = (
  { kubeconfigPath }: Pick<ControlPlane, 'kubeconfigPath'>,
  caseName: string,
): OriginalOperator => {
  const client = clusterClient(kubeconfigPath, `${MANAGER}/v0.0.0`)
  const kinds = resourceKinds(client)
  const recorded = loadRecorded(caseName) as ReadonlyArray<KubeObject>
  const isServiceCa = ({ metadata }: KubeObject): boolean => metadata.name === 'serviceca'
  const writeAll = async (): Promise<void> => {
    for (const { data: _injected, ...object } of recorded.filter(isServiceCa))
      await write({ client, kinds }, object)
    const serviceCa = await untilObject(
      client,
      serviceCaPath,
      (object) => dataOf(object)['service-ca.crt'] !== undefined,
    )
    const pullSecret = await client.send(
      'GET',
      '/api/v1/namespaces/openshift-config/secrets/pull-secret',
    )
    const values = {
      serviceCa: dataOf(serviceCa)['service-ca.crt'] ?? '',
      pullSecret: dataOf(pullSecret)['.dockerconfigjson'] ?? '',
    }
    for (const object of recorded.filter((one) => !isServiceCa(one)))
      await write({ client, kinds }, writtenAnew(object, values))
  }
  return { writeAll, close: client.close }
}
