import { type JsonArray, type JsonObject, type KubeObject, names } from '../model'
import { HEALTH_PORT, OPERATOR_NAME } from './install-names'
import type { InstallOptions } from './install-options'
import { releaseAnnotations } from './release-annotations'

const labels = { name: OPERATOR_NAME } as const

const probe = (path: string, periodSeconds: number): JsonObject => ({
  httpGet: { path, port: 'metrics' },
  periodSeconds,
  timeoutSeconds: 5,
})

const env = ({ release }: InstallOptions): JsonArray => [
  { name: 'RELEASE_VERSION', value: release.version },
  { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  { name: 'OPERATOR_IMAGE', value: release.operatorImage },
  { name: 'IMAGE', value: release.registryImage },
  { name: 'IMAGE_PRUNER', value: release.prunerImage },
]

const container = (options: InstallOptions): JsonObject => ({
  name: OPERATOR_NAME,
  image: options.release.operatorImage,
  imagePullPolicy: 'IfNotPresent',
  args: ['run', `--bind-address=:${HEALTH_PORT}`],
  env: env(options),
  ports: [{ name: 'metrics', containerPort: HEALTH_PORT, protocol: 'TCP' }],
  livenessProbe: probe('/healthz', 20),
  readinessProbe: probe('/readyz', 10),
  // Measured: 10m idle; 80 MiB after the first pass.
  resources: { requests: { cpu: '10m', memory: '100Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  terminationMessagePolicy: 'FallbackToLogsOnError',
})

/** OpenShift runs its operators on the control plane. */
const placement = ({ platform }: InstallOptions): JsonObject =>
  platform === 'OpenShift' ? { nodeSelector: { 'node-role.kubernetes.io/master': '' } } : {}

const tolerations: JsonArray = [
  { effect: 'NoSchedule', key: 'node-role.kubernetes.io/master', operator: 'Exists' },
  { effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' },
  ...['node.kubernetes.io/unreachable', 'node.kubernetes.io/not-ready'].map((key) => ({
    effect: 'NoExecute',
    key,
    operator: 'Exists',
    tolerationSeconds: 120,
  })),
]

/** The operator itself: one replica, because a Lease lets one work at a time anyway. */
export const operatorDeployment = (options: InstallOptions): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: OPERATOR_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: {
      ...releaseAnnotations,
      // The release tooling puts the cluster's proxy into the environment of this container.
      'config.openshift.io/inject-proxy': OPERATOR_NAME,
    },
  },
  spec: {
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
      spec: {
        ...placement(options),
        containers: [container(options)],
        priorityClassName: 'system-cluster-critical',
        serviceAccountName: OPERATOR_NAME,
        tolerations,
      },
    },
  },
})
