import type { ClusterFacts, JsonObject } from '../../model'

/**
 * What Pod Security asks of pods in namespaces that are `restricted`. OpenShift fills it in itself, with the ids of the
 * namespace (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 */
export const restrictedContainer = ({ platform }: Pick<ClusterFacts, 'platform'>): JsonObject =>
  platform === 'OpenShift'
    ? {}
    : { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }

/** The same for the pod. It runs under the number of its volumes' group, which is not that of root. */
export const restrictedPod = (
  { platform }: Pick<ClusterFacts, 'platform'>,
  group: number,
): JsonObject =>
  platform === 'OpenShift'
    ? {}
    : {
        runAsNonRoot: true,
        runAsUser: group,
        runAsGroup: group,
        seccompProfile: { type: 'RuntimeDefault' },
      }
