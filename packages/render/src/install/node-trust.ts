import { type JsonObject, type KubeObject, names } from '../model'
import type { InstallOptions } from './install-options'
import { namespacedBinding, namespacedRole } from './rbac'

const NAME = names.NODE_TRUST_NAME
const NAMESPACE = names.NODE_TRUST_NAMESPACE

const metadata = { name: NAME, namespace: NAMESPACE } as const

const labels = { name: NAME } as const

/** One of its own, because its pods mount a folder of the node: where the registry is, none may. */
const namespace: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: NAMESPACE,
    labels: Object.fromEntries(
      ['audit', 'enforce', 'warn'].map((mode) => [
        `pod-security.kubernetes.io/${mode}`,
        'privileged',
      ]),
    ),
  },
}

const serviceAccount: KubeObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata }

/** The one ConfigMap that they read, and nothing else. */
const rights: ReadonlyArray<KubeObject> = [
  namespacedRole(NAME, [
    {
      group: '',
      resources: ['configmaps'],
      resourceNames: [names.SERVING_CA_CONFIG_MAP],
      verbs: ['get', 'list', 'watch'],
    },
  ]),
  namespacedBinding(NAME, { name: NAME, namespace: NAMESPACE }),
]

/** Where the container has the folder of the node. */
const MOUNT_PATH = '/certs.d'

const container = (image: string): JsonObject => ({
  name: NAME,
  image,
  imagePullPolicy: 'IfNotPresent',
  args: ['node-trust', `--destination=${MOUNT_PATH}`],
  resources: { requests: { cpu: '5m', memory: '50Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    // The folder is root's.
    runAsGroup: 0,
    runAsNonRoot: false,
    runAsUser: 0,
    seccompProfile: { type: 'RuntimeDefault' },
    // Where SELinux is on, no other type may write to folders of the node; elsewhere it says nothing.
    seLinuxOptions: { type: 'spc_t' },
  },
  terminationMessagePolicy: 'FallbackToLogsOnError',
  volumeMounts: [{ name: 'certs-d', mountPath: MOUNT_PATH }],
})

const daemonSet = (image: string, certsFolder: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata,
  spec: {
    selector: { matchLabels: labels },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
    template: {
      metadata: { labels },
      spec: {
        automountServiceAccountToken: true,
        containers: [container(image)],
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        serviceAccountName: NAME,
        // On every node, whatever is wrong with it: each of them may have to pull.
        tolerations: [{ operator: 'Exists' }],
        volumes: [{ name: 'certs-d', hostPath: { path: certsFolder, type: 'DirectoryOrCreate' } }],
      },
    },
  },
})

/** What tells the nodes' container runtimes of the registry, where somebody has asked for that. */
export const nodeTrust = ({
  nodeTrust: certsFolder,
  release,
}: InstallOptions): ReadonlyArray<KubeObject> =>
  certsFolder === undefined
    ? []
    : [namespace, serviceAccount, ...rights, daemonSet(release.operatorImage, certsFolder)]
