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

const onOpenshift = (options: InstallOptions): JsonObject => ({
  containers: [operatorContainer(options)],
  priorityClassName: 'system-cluster-critical',
  serviceAccountName: OPERATOR_NAME,
  shareProcessNamespace: false,
  tolerations: tolerations(options),
  volumes: operatorVolumes,
})

/** It has the priority of any pod: some clouds keep the higher ones to their own namespaces. It writes no file, and mounts none. */
const onKubernetes = (options: InstallOptions): JsonObject => ({
  automountServiceAccountToken: true,
  containers: [operatorContainer(options)],
  // Its user is the image's.
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  serviceAccountName: OPERATOR_NAME,
  tolerations: tolerations(options),
})

type Variant = {
  /** Of the Deployment and of its pod. */
  readonly annotations: Annotations
  readonly podAnnotations: Annotations
  /** Where its pod goes, if not anywhere. */
  readonly placement: JsonObject
}

type Annotations = Readonly<Record<string, string>>

const annotated = (annotations: Annotations): { readonly annotations?: Annotations } =>
  Object.keys(annotations).length === 0 ? {} : { annotations }

const deployment = (
  options: InstallOptions,
  { annotations, podAnnotations, placement }: Variant,
): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: OPERATOR_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    ...annotated(annotations),
  },
  spec: {
    // One, because a Lease lets one work at a time anyway.
    replicas: 1,
    strategy: { type: 'Recreate' },
    selector: { matchLabels: labels },
    template: {
      metadata: { ...annotated(podAnnotations), labels },
      spec: {
        ...placement,
        ...(options.platform === 'OpenShift' ? onOpenshift(options) : onKubernetes(options)),
      },
    },
  },
})

// The release tooling puts the cluster's proxy into the environment of this container.
const INJECT_PROXY = { 'config.openshift.io/inject-proxy': OPERATOR_NAME }

const OPENSHIFT_POD = {
  'openshift.io/required-scc': 'restricted-v2',
  'target.workload.openshift.io/management': '{"effect": "PreferredDuringScheduling"}',
}

/** OpenShift runs its operators on the control plane, where it has one of its own. */
const SELF_MANAGED: Variant = {
  annotations: { ...selfManagedAnnotations, ...INJECT_PROXY },
  podAnnotations: OPENSHIFT_POD,
  placement: { nodeSelector: { 'node-role.kubernetes.io/master': '' } },
}
const HOSTED: Variant = {
  annotations: { ...hostedAnnotations, ...INJECT_PROXY },
  podAnnotations: OPENSHIFT_POD,
  placement: {},
}
const PLAIN: Variant = { annotations: {}, podAnnotations: {}, placement: {} }

/** The operator itself, as each kind of cluster runs it: an OpenShift cluster takes the one that its annotations name. */
export const operatorDeployments = (options: InstallOptions): ReadonlyArray<KubeObject> =>
  (options.platform === 'OpenShift' ? [SELF_MANAGED, HOSTED] : [PLAIN]).map((variant) =>
    deployment(options, variant),
  )
