import * as E from 'fp-ts/Either'

import type { ClusterFacts } from './cluster-facts'
import type { DecodeError, FactProblem } from './errors'

/**
 * A node of this plain Kubernetes is about to be read: until then its cloud is not unknown for good, and nothing is to be
 * decided as if it had none. In a file without nodes there is nobody to wait for.
 */
export const isMachineAwaited = ({
  infrastructure,
}: Pick<ClusterFacts, 'infrastructure'>): boolean =>
  E.isRight(infrastructure) && infrastructure.right.unread?.node !== undefined

/** That it is not known on which platform the cluster runs, and why not if somebody has been answered. */
export const machineUnread = ({
  infrastructure,
}: Pick<ClusterFacts, 'infrastructure'>): Extract<FactProblem, { _tag: 'MachineUnread' }> => {
  const problem = E.isRight(infrastructure) ? infrastructure.right.unread?.problem : undefined
  return { _tag: 'MachineUnread', ...(problem === undefined ? {} : { problem }) }
}

/** A Config that names no storage leaves the choice to the platform: it lacks nothing before that is known. */
export const isPlatformAwaited = (
  { _tag }: DecodeError,
  facts: Pick<ClusterFacts, 'infrastructure'>,
): boolean => _tag === 'StorageNotConfigured' && isMachineAwaited(facts)
