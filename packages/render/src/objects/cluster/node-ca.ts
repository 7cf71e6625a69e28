import { digestOfJson } from '../../digest'
import { type ClusterFacts, type JsonObject, names } from '../../model'
import { convergingPlain, type Rendered } from '../rendered'

const labels = { name: names.NODE_CA_NAME } as const

/** The program in this container reads the authorities here, and writes them there (`node-ca-sync`). */
const MOUNTS = [
  { name: 'serviceca', mountPath: '/tmp/serviceca' },
  { name: 'host', mountPath: '/etc/docker/certs.d' },
] as const

const VOLUMES = [
  { name: 'host', hostPath: { path: '/etc/docker/certs.d' } },
  // Named after what it held in the first versions of the original.
  { name: 'serviceca', configMap: { name: names.CERTIFICATES_CONFIG_MAP } },
] as const

/** What puts the registry's authorities onto the nodes of OpenShift; whatever becomes of the registry. */
export const nodeCa = ({ platform, release }: ClusterFacts): ReadonlyArray<Rendered> =>
  platform === 'OpenShift' ? [daemonSet(release.operatorImage)] : []

const daemonSet = (image: string): Rendered => {
  const spec = {
    selector: { matchLabels: labels },
    template: template(image),
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
  }
  return convergingPlain({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name: names.NODE_CA_NAME,
      namespace: names.REGISTRY_NAMESPACE,
      annotations: { [names.SPEC_HASH_ANNOTATION]: digestOfJson(spec).replace('sha256:', '') },
    },
    spec,
  })
}

const template = (image: string): JsonObject => ({
  metadata: {
    labels,
    annotations: {
      'target.workload.openshift.io/management': '{"effect": "PreferredDuringScheduling"}',
      'openshift.io/required-scc': 'privileged',
    },
  },
  spec: {
    serviceAccountName: names.NODE_CA_NAME,
    priorityClassName: 'system-cluster-critical',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    // On every node, whatever is wrong with it: without the authorities it cannot pull.
    tolerations: [{ operator: 'Exists' }],
    // It has to run before there is a network of pods.
    hostNetwork: true,
    containers: [container(image)],
    volumes: VOLUMES,
  },
})

const container = (image: string): JsonObject => ({
  name: names.NODE_CA_NAME,
  image,
  command: ['cluster-image-registry-operator'],
  args: ['node-ca-sync'],
  resources: { requests: { cpu: '10m', memory: '10Mi' } },
  securityContext: {
    privileged: true,
    readOnlyRootFilesystem: true,
    runAsUser: 1001,
    runAsGroup: 0,
  },
  terminationMessagePolicy: 'FallbackToLogsOnError',
  volumeMounts: MOUNTS,
})
