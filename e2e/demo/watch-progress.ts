import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { watchLoop } from '../cluster/watch-loop'
import type { Printer } from './printer'

const namespaced = (group: string, plural: string): string =>
  `${group}/namespaces/openshift-image-registry/${plural}`

const rbac = '/apis/rbac.authorization.k8s.io/v1'

const named = (path: string, name: string): string =>
  `${path}?fieldSelector=metadata.name%3D${name}`

const registryGroup = '/apis/imageregistry.operator.openshift.io/v1'

const paths: ReadonlyArray<string> = [
  `${registryGroup}/configs`,
  `${registryGroup}/imagepruners`,
  named('/apis/config.openshift.io/v1/clusteroperators', 'image-registry'),
  named(`${rbac}/clusterroles`, 'system:registry'),
  named(`${rbac}/clusterroles`, 'system:image-pruner'),
  named(`${rbac}/clusterrolebindings`, 'registry-registry-role'),
  named(`${rbac}/clusterrolebindings`, 'openshift-image-registry-pruner'),
  named('/api/v1/namespaces/openshift-config-managed/configmaps', 'image-registry-ca'),
  namespaced('/api/v1', 'configmaps'),
  namespaced('/api/v1', 'serviceaccounts'),
  namespaced('/api/v1', 'secrets'),
  namespaced('/api/v1', 'services'),
  namespaced('/api/v1', 'persistentvolumeclaims'),
  namespaced('/apis/apps/v1', 'daemonsets'),
  namespaced('/apis/apps/v1', 'deployments'),
  namespaced('/apis/batch/v1', 'cronjobs'),
  namespaced('/apis/policy/v1', 'poddisruptionbudgets'),
  namespaced('/apis/networking.k8s.io/v1', 'networkpolicies'),
  namespaced('/apis/networking.k8s.io/v1', 'ingresses'),
  namespaced('/apis/route.openshift.io/v1', 'routes'),
]

type Condition = Readonly<{ type: string; status: string; reason?: string; message?: string }>

type Status = Readonly<{
  conditions?: ReadonlyArray<Condition>
  phase?: string
  availableReplicas?: number
  replicas?: number
  ingress?: ReadonlyArray<Readonly<{ host?: string }>>
}>

const statusOf = (object: KubeObject): Status => object['status'] ?? {}

const madeByOperator = ({ metadata }: KubeObject): boolean =>
  ((metadata['managedFields'] ?? []) as ReadonlyArray<Readonly<{ manager?: string }>>).some(
    ({ manager }) =>
      manager === 'image-registry-operator' || manager === 'image-registry-operator-bootstrap',
  )

const nameOf = ({ kind, metadata: { namespace, name } }: KubeObject): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`

/** What the administrator of a cluster looks at. */
const told = ['Available', 'Progressing', 'Degraded']

/** What of an object's status a person wants to follow: one line an aspect, by the aspect's name. */
const aspects = (object: KubeObject): ReadonlyArray<readonly [string, string]> => {
  const { conditions = [], phase, availableReplicas, replicas, ingress = [] } = statusOf(object)
  switch (object.kind) {
    case 'Config':
      return conditions.map(({ type, status, reason = '', message = '' }) => [
        type,
        `${type.padEnd(14)} ${status.padEnd(8)} ${`${reason}  ${message}`.trim()}`,
      ])
    case 'ClusterOperator':
      return told.flatMap((type) =>
        conditions
          .filter((condition) => condition.type === type)
          .map(({ status }) => [type, `${nameOf(object)}: ${type} ${status}`] as const),
      )
    case 'Deployment':
      return replicas === undefined
        ? []
        : [['pods', `${nameOf(object)}: ${availableReplicas ?? 0} of ${replicas} pods available`]]
    case 'PersistentVolumeClaim':
      return phase === undefined ? [] : [['phase', `${nameOf(object)}: ${phase}`]]
    case 'Route':
      return ingress.map(({ host = '' }) => ['host', `${nameOf(object)}: https://${host}`])
    default:
      return []
  }
}

export type Progress = Readonly<{
  /** Names of the objects that the operator has made, in the order of appearance. */
  made: ReadonlyArray<string>
  /** The Config's conditions as seen last. */
  conditions: () => ReadonlyArray<Condition>
}>

/** Kinds that only OpenShift has are not looked for elsewhere. */
const isServed = async (client: ClusterClient, path: string): Promise<boolean> =>
  (await client.request('GET', path)).code !== 404

/** Prints each object of the operator as it appears, and each condition as it turns. */
export const watchProgress = (
  client: ClusterClient,
  print: Printer,
  signal: AbortSignal,
): Progress => {
  const made: string[] = []
  const said = new Map<string, string>()
  let conditions: ReadonlyArray<Condition> = []

  const onObject = (object: KubeObject): void => {
    const name = nameOf(object)
    if (object.kind === 'Config') conditions = statusOf(object).conditions ?? []
    else if (madeByOperator(object) && !made.includes(name)) {
      made.push(name)
      print.event('+', name)
    }
    for (const [aspect, line] of aspects(object)) {
      const key = `${name} ${aspect}`
      if (said.get(key) !== line) print.event('~', line)
      said.set(key, line)
    }
  }
  const follow = async (path: string): Promise<void> => {
    if (await isServed(client, path))
      await watchLoop(client, path, (object) => Promise.resolve(onObject(object)), signal)
  }
  for (const path of paths) void follow(path)
  return { made, conditions: () => conditions }
}
