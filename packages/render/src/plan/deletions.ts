import * as RA from 'fp-ts/ReadonlyArray'

import { isAnnotatedAsOurs, ownershipProof } from '../fields/ownership'
import {
  type Config,
  type DeleteObject,
  type DesiredState,
  keyOf,
  type KubeObject,
  type LiveObjects,
  names,
  refOf,
} from '../model'
import { byDeletionOrder, isDeletable } from './order'

/** What goes when the registry is removed: everything that is provably ours. */
export const removal = (config: Config, live: LiveObjects): ReadonlyArray<DeleteObject> =>
  deletions(
    [...live.values()].filter(
      (object) => object.kind !== 'PersistentVolumeClaim' || isOurClaim(config, object),
    ),
    () => 'spec.managementState is Removed',
  )

/** Routes of ours that the Config no longer names. One that is withheld is still named. */
export const obsoleteRoutes = (
  { objects, withheld }: DesiredState,
  live: LiveObjects,
): ReadonlyArray<DeleteObject> => {
  const named = new Set([
    ...objects.map(({ object }) => keyOf(refOf(object))),
    ...withheld.map(({ ref }) => keyOf(ref)),
  ])
  return deletions(
    [...live.values()].filter(
      (object) => object.kind === 'Route' && !named.has(keyOf(refOf(object))),
    ),
    ({ metadata }) =>
      metadata.name === names.DEFAULT_ROUTE_NAME
        ? 'spec.defaultRoute is not set'
        : 'spec.routes no longer names it',
  )
}

/** Images are deleted only where the Config says that they are the operator's, and the claim says that it made it. */
const isOurClaim = ({ storage, storageManagement }: Config, object: KubeObject): boolean =>
  storage._tag === 'Pvc' &&
  storage.origin === 'default' &&
  storage.claim === object.metadata.name &&
  storageManagement === 'Managed' &&
  isAnnotatedAsOurs(object)

const deletions = (
  objects: ReadonlyArray<KubeObject>,
  because: (object: KubeObject) => string,
): ReadonlyArray<DeleteObject> =>
  RA.sort(byDeletionOrder)(
    objects
      .filter(({ kind }) => isDeletable(kind))
      .flatMap((object) => deletion(object, because(object))),
  )

/** None without proof that it is ours, for what is going already, or where the preconditions are unknown. */
const deletion = (object: KubeObject, because: string): ReadonlyArray<DeleteObject> => {
  const { uid, resourceVersion, deletionTimestamp } = object.metadata
  const proof = ownershipProof(object)
  return proof === undefined ||
    uid === undefined ||
    resourceVersion === undefined ||
    deletionTimestamp !== undefined
    ? []
    : [
        {
          _tag: 'DeleteObject',
          ref: refOf(object),
          uid,
          resourceVersion,
          proof,
          before: object,
          because,
        },
      ]
}
