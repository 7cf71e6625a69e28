import { ownershipProof } from '../../fields/ownership'
import { type ClusterFacts, type ExposureKind, type KubeObject, names } from '../../model'

import { ofKind } from '../readings'

const KINDS: ReadonlyArray<readonly [group: string, kind: ExposureKind]> = [
  [names.NETWORKING_GROUP, 'Ingress'],
  [names.GATEWAY_GROUP, 'HTTPRoute'],
  [names.GATEWAY_GROUP, 'BackendTLSPolicy'],
]

/** What in our namespace could stand in for Routes, and is not ours; sorted. */
export const foreignExposures = (
  objects: ReadonlyArray<KubeObject>,
): ClusterFacts['foreignExposures'] =>
  KINDS.flatMap(([group, kind]) =>
    ofKind(objects, group, kind)
      .filter(({ metadata }) => metadata.namespace === names.REGISTRY_NAMESPACE)
      .filter((object) => ownershipProof(object) === undefined)
      .map(({ metadata }) => `${kind}/${metadata.name}` as const),
  ).sort()
