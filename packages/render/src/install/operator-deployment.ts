import { type JsonArray, type JsonObject, type KubeObject, names } from '../model'
import { OPERATOR_NAME } from './install-names'
import type { InstallOptions } from './install-options'
import { operatorContainer } from './operator-container'
import { operatorVolumes } from './operator-volumes'
import { hostedAnnotations, selfManagedAnnotations } from './release-annotations'

const labels = { name: OPERATOR_NAME } as const

const tolerations = ({ platform }: InstallOptions): JsonArray => [
  { effect: 'NoSchedule', key: 'node-role.kubernetes.io/master', operator: 'Exists' },
  ...(platform === 'OpenShift'
    ? []
    : [{ effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }]),
  ...['node.kubernetes.io/unreachable', 'node.kubernetes.io/not-ready'].map((key) => ({
    effect: 'NoExecute',
    key,
    operator: 'Exists',
    tolerationSeconds: 120,
  })),
]

const podSpec = (options: InstallOptions): JsonObject => ({
  containers: [operatorContainer(options)],
  priorityClassName: 'system-cluster-critical',
  serviceAccountName: OPERATOR_NAME,
  shareProcessNamespace: false,
  tolerations: tolerations(options),
  ...(options.platform === 'OpenShift' ? { volumes: operatorVolumes } : {}),
})

type Variant = {
  readonly annotations: Readonly<Record<string, string>>
  /** Where its pod goes, if not anywhere. */
  readonly placement: JsonObject
}

const deployment = (options: InstallOptions, { annotations, placement }: Variant): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: OPERATOR_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: {
      ...annotations,
      // The release tooling puts the cluster's proxy into the environment of this container.
      'config.openshift.io/inject-proxy': OPERATOR_NAME,
    },
  },
  spec: {
    // One, because a Lease lets one work at a time anyway.
    replicas: 1,
    strategy: { type: 'Recreate' },
    selector: { matchLabels: labels },
    template: {
      metadata: {
        annotations: {
          'openshift.io/required-scc': 'restricted-v2',
          'target.workload.openshift.io/management': '{"effect": "PreferredDuringScheduling"}',
        },
        labels,
      },
      spec: { ...placement, ...podSpec(options) },
    },
  },
})

/** OpenShift runs its operators on the control plane, where it has one of its own. */
const SELF_MANAGED: Variant = {
  annotations: selfManagedAnnotations,
  placement: { nodeSelector: { 'node-role.kubernetes.io/master': '' } },
}
const HOSTED: Variant = { annotations: hostedAnnotations, placement: {} }
const PLAIN: Variant = { annotations: {}, placement: {} }

/** The operator itself, as each kind of cluster runs it: an OpenShift cluster takes the one that its annotations name. */
export const operatorDeployments = (options: InstallOptions): ReadonlyArray<KubeObject> =>
  (options.platform === 'OpenShift' ? [SELF_MANAGED, HOSTED] : [PLAIN]).map((variant) =>
    deployment(options, variant),
  )
