import type { KubeObject } from '../model'

const HOSTNAME = 'kubernetes.io/hostname'

/** The labels that we spread pods over, in the order of the constraints. */
const LABELS = [HOSTNAME, 'node-role.kubernetes.io/worker', 'topology.kubernetes.io/zone']

/** Those that at least one node carries. A snapshot without nodes says nothing about them; every kubelet sets the host name. */
export const nodeTopologyLabels = (nodes: ReadonlyArray<KubeObject>): ReadonlyArray<string> =>
  nodes.length === 0
    ? [HOSTNAME]
    : LABELS.filter((label) =>
        nodes.some(({ metadata }) => Object.hasOwn(metadata.labels ?? {}, label)),
      )
