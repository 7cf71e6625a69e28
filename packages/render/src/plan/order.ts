import * as N from 'fp-ts/number'
import * as Ord from 'fp-ts/Ord'
import { pipe } from 'fp-ts/function'
import * as S from 'fp-ts/string'

import { type DeleteObject, keyOf } from '../model'

/** Kinds that may be deleted, in the order in which that is done. */
export const DELETION_ORDER: ReadonlyArray<string> = [
  // First nobody is sent to the registry from outside any more;
  'Route',
  // then it stops, with everything still there that its pods need to end in peace.
  'Deployment',
  // What guarded the pods has nothing to guard now,
  'PodDisruptionBudget',
  // nobody is left to be addressed,
  'Service',
  // to be shielded,
  'NetworkPolicy',
  // to read credentials,
  'Secret',
  // or to be allowed anything: bindings before what they bind.
  'ClusterRoleBinding',
  'ClusterRole',
  'ServiceAccount',
  // Images last: a claim stays until no pod mounts it anyway.
  'PersistentVolumeClaim',
]

/** The order of deletions; names decide within a kind. */
export const byDeletionOrder: Ord.Ord<DeleteObject> = Ord.getMonoid<DeleteObject>().concat(
  pipe(
    N.Ord,
    Ord.contramap(({ ref }: DeleteObject) => DELETION_ORDER.indexOf(ref.kind)),
  ),
  pipe(
    S.Ord,
    Ord.contramap(({ ref }: DeleteObject) => keyOf(ref)),
  ),
)
