import * as E from 'fp-ts/Either'
import * as RA from 'fp-ts/ReadonlyArray'

import { fieldStep } from '../fields/field-path'
import { isAnnotatedAsOurs, ownershipProof } from '../fields/ownership'
import { valueAt } from '../fields/value-at'
import {
  type Config,
  type DeleteObject,
  type DesiredState,
  groupOf,
  keyOf,
  type KubeObject,
  type LiveObjects,
  names,
  type Observation,
  partOf,
  refOf,
  textOf,
  writtenKindOf,
} from '../model'
import { byDeletionOrder, isDeletable } from './order'
import { isStillLeading } from './still-leading'

/** What goes when the registry is removed, or its Config is deleted: everything that is provably ours. */
export const removal = (
  config: Config,
  subject: KubeObject | undefined,
  live: LiveObjects,
): ReadonlyArray<DeleteObject> =>
  deletions(
    [...live.values()].filter((object) => goesWithRegistry(config, object)),
    () =>
      subject?.metadata.deletionTimestamp === undefined
        ? 'spec.managementState is Removed'
        : 'the Config is being deleted',
  )

/** Whether an object has to go, or has begun to, when the registry is removed. */
export const goesWithRegistry = (config: Config, object: KubeObject): boolean =>
  isDeletable(refOf(object)) &&
  ownershipProof(object) !== undefined &&
  (object.kind !== 'PersistentVolumeClaim' || isOurClaim(config, object))

/**
 * What earlier versions of the original operator left behind: on Azure, a Job that moved images to another path. On an
 * Azure Stack it never ran, and what is called so there is somebody else's.
 */
export const legacyDeletions = ({
  subject,
  facts: { infrastructure, platform },
  live,
}: Observation): ReadonlyArray<DeleteObject> => {
  const isAzure =
    platform === 'OpenShift' &&
    E.isRight(infrastructure) &&
    infrastructure.right.platformType === 'Azure'
  return isAzure && !isOnAzureStack(subject)
    ? deletions(
        [...live.values()].filter((object) => partOf(refOf(object)) === 'legacy'),
        () => 'its work was done by an earlier version',
      )
    : []
}

const CLOUD_NAME = ['status', 'storage', 'azure', 'cloudName'].map(fieldStep)

const isOnAzureStack = (subject: KubeObject | undefined): boolean =>
  textOf(valueAt(subject, CLOUD_NAME)).toUpperCase() === 'AZURESTACKCLOUD'

/**
 * What of ours nothing asks for any more, e.g. Routes that the Config no longer names. What is withheld is still asked for.
 *
 * What another kind of cluster has, or what belongs to an API that is not served just now, is not ours to judge: the cluster
 * may not be what it seems.
 */
export const unwanted = (
  desired: DesiredState,
  observation: Observation,
): ReadonlyArray<DeleteObject> => {
  const { objects, withheld } = desired
  const { live, facts } = observation
  const isInUse = isStillLeading(desired, observation)
  const wanted = new Set([
    ...objects.map(({ object }) => keyOf(refOf(object))),
    ...withheld.map(({ ref }) => keyOf(ref)),
  ])
  return deletions(
    [...live.values()].filter(
      (object) =>
        comesAndGoes(object, facts) && !wanted.has(keyOf(refOf(object))) && !isInUse(object),
    ),
    becauseUnwanted,
  )
}

const comesAndGoes = (
  object: KubeObject,
  { platform, servedGroups }: Observation['facts'],
): boolean => {
  const written = writtenKindOf(refOf(object))
  return (
    written?.whileWanted === true &&
    (written.unlessServed === undefined || platform === 'Kubernetes') &&
    servedGroups.includes(groupOf(object.apiVersion))
  )
}

const becauseUnwanted = ({ kind, metadata }: KubeObject): string => {
  if (kind !== 'Route') return 'nothing asks for it any more'
  return metadata.name === names.DEFAULT_ROUTE_NAME
    ? 'spec.defaultRoute is not set'
    : 'spec.routes no longer names it'
}

/** Images are deleted only where the Config says that they are the operator's, and the claim says that it made it. */
const isOurClaim = ({ storage, storageManagement }: Config, object: KubeObject): boolean =>
  storage._tag === 'Pvc' &&
  storage.claim === object.metadata.name &&
  storageManagement === 'Managed' &&
  isAnnotatedAsOurs(object)

const deletions = (
  objects: ReadonlyArray<KubeObject>,
  because: (object: KubeObject) => string,
): ReadonlyArray<DeleteObject> =>
  RA.sort(byDeletionOrder)(objects.flatMap((object) => deletion(object, because(object))))

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
