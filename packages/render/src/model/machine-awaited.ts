import * as E from 'fp-ts/Either'

import type { ClusterFacts } from './cluster-facts'

/**
 * A node of this plain Kubernetes is about to be read: until then its cloud is not unknown for good, and nothing is to be
 * decided as if it had none. In a file without nodes there is nobody to wait for.
 */
export const isMachineAwaited = ({
  infrastructure,
}: Pick<ClusterFacts, 'infrastructure'>): boolean =>
  E.isRight(infrastructure) && infrastructure.right.unread?.node !== undefined
