import { objectRef, type ClusterFacts, type ObjectRef } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

/** The node that has to be read to know the platform of a plain Kubernetes; undefined where that is known, or none is there. */
export const machineQuestion = ({
  infrastructure,
}: Pick<ClusterFacts, 'infrastructure'>): ObjectRef | undefined => {
  const node = E.isRight(infrastructure) ? infrastructure.right.unread?.node : undefined
  return node === undefined ? undefined : objectRef('v1', 'Node', node)
}
