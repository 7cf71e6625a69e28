import type { Either } from 'fp-ts/Either'

import type { ClusterFacts } from './cluster-facts'
import type { Config, Pruner } from './config'
import type { DecodeError, Problem, UnreadableObject } from './errors'
import type { KubeObject } from './kube-object'

/** Live objects by `keyOf`; secret values are digests. */
export type LiveObjects = ReadonlyMap<string, KubeObject>

/** Why there is no ImagePruner that can be used. */
export type PrunerRefusal =
  /** There is none. Cured by making one, which the operator does itself. */
  | { readonly _tag: 'NoPruner' }
  /** It cannot be used. Cured by editing it; until then everything of it stays as it is. */
  | { readonly _tag: 'InvalidPruner'; readonly problems: readonly [Problem, ...Problem[]] }

/** What people want: the two resources that they talk to us through. */
export type Wishes = {
  readonly config: Either<DecodeError, Config>
  readonly pruner: Either<PrunerRefusal, Pruner>
}

/** A decoded snapshot. Reading it never fails; a configuration that cannot be used is a value in it. */
export type Observation = Wishes & {
  /** The Config resource as it stands in the cluster; absent when there is none. */
  readonly subject?: KubeObject
  readonly facts: ClusterFacts
  readonly live: LiveObjects
  /** Objects of others that we could not make sense of. They never stop the loop. */
  readonly unreadable: ReadonlyArray<UnreadableObject>
}
