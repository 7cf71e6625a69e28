import type { Either } from 'fp-ts/Either'

import type { ClusterFacts } from './cluster-facts'
import type { Config } from './config'
import type { DecodeError, UnreadableObject } from './errors'
import type { KubeObject } from './kube-object'

/** Live objects by `keyOf`; secret values are digests. */
export type LiveObjects = ReadonlyMap<string, KubeObject>

/** A decoded snapshot. Reading it never fails; a configuration that cannot be used is a value in it. */
export type Observation = {
  /** The Config resource as it stands in the cluster; absent when there is none. */
  readonly subject?: KubeObject
  readonly config: Either<DecodeError, Config>
  readonly facts: ClusterFacts
  readonly live: LiveObjects
  /** Objects of others that we could not make sense of. They never stop the loop. */
  readonly unreadable: ReadonlyArray<UnreadableObject>
}
