import { type KubeObject, names } from '../../model'

/** The labels that we spread pods over, in the order of the constraints. */
const LABELS = [names.HOST_LABEL, names.WORKER_LABEL, names.ZONE_LABEL]

/** Those that at least one node carries. A snapshot without nodes says nothing about them; every kubelet sets the host name. */
export const nodeTopologyLabels = (nodes: ReadonlyArray<KubeObject>): ReadonlyArray<string> =>
  nodes.length === 0
    ? [names.HOST_LABEL]
    : LABELS.filter((label) =>
        nodes.some(({ metadata }) => Object.hasOwn(metadata.labels ?? {}, label)),
      )
