import { describeStorageError } from '../../errors-text/describe-storage-error'
import type { Condition, PartSight, StorageBackend, StorageError, StoragePart } from '../../model'
import { images, hasVanished, isUnproven, type OutsideStorage } from './outside-storage'
import { reasonOf } from './reason-of'

/** The original's reasons, without their spaces. */
const EXISTS: { readonly [Backend in StorageBackend]: string } = {
  S3: 'S3BucketExists',
  Gcs: 'GCSBucketExists',
  Azure: 'ContainerExists',
  Swift: 'SwiftContainerExists',
  IbmCos: 'IBMCOSBucketExists',
}

const ABSENT: { readonly [Backend in StorageBackend]: string } = {
  S3: 'NoSuchBucket',
  Gcs: 'BucketDoesNotExist',
  Azure: 'ContainerNotFound',
  Swift: 'StorageDoesNotExist',
  IbmCos: 'NoSuchBucket',
}

const condition = (status: Condition['status'], reason: string, message: string): Condition => ({
  type: 'StorageExists',
  status,
  reason,
  message,
})

/** Whether a storage outside of the cluster is there; undefined while nothing new can be said of it. */
export const outsideExists = (outside: OutsideStorage): Condition | undefined => {
  const { facts } = outside
  const { part, sight } = images(outside)
  if (part !== undefined && sight !== undefined) return ofImages(outside, part, sight)
  const failed = facts?.troubles.find(({ verb }) => verb === 'observe')
  return failed === undefined ? undefined : unknown(failed.error)
}

const ofImages = (outside: OutsideStorage, part: StoragePart, sight: PartSight): Condition => {
  const name = `${part.kind} ${part.name}`
  const backend = outside.target?.backend ?? 'S3'
  switch (sight._tag) {
    case 'Unseen':
      return unknown(sight.error)
    case 'Absent':
      return absent(outside, ABSENT[backend], name)
    case 'Present':
      return isUnproven(outside)
        ? ofOthers(outside, EXISTS[backend], name)
        : condition('True', EXISTS[backend], `The ${name} is there`)
  }
}

/** Who says that it is ours is told that nothing on it shows that. */
const ofOthers = ({ management }: OutsideStorage, reason: string, name: string): Condition =>
  management === 'Managed'
    ? condition(
        'True',
        'StorageNotOurs',
        `The ${name} is there. spec.storage.managementState is Managed, but nothing on it shows that this operator made it: it is left as it is, and will not be deleted`,
      )
    : condition(
        'True',
        reason,
        `The ${name} is there; it was not made by this operator, which leaves it as it is`,
      )

const unknown = (error: StorageError): Condition =>
  condition('Unknown', reasonOf(error), describeStorageError(error))

const absent = (outside: OutsideStorage, reason: string, name: string): Condition => {
  if (outside.state === 'Removed')
    return condition('False', 'Removed', `The ${name} has been removed`)
  if (hasVanished(outside))
    return condition('False', 'StorageVanished', `The ${name} was there, and is not any more`)
  const failed = outside.facts?.troubles.find(({ verb }) => verb === 'ensure')
  if (failed !== undefined)
    return condition('False', reasonOf(failed.error), describeStorageError(failed.error))
  return outside.management === 'Managed'
    ? condition('False', 'StorageBeingCreated', `The ${name} is being created`)
    : condition(
        'False',
        reason,
        `The ${name} does not exist, and spec.storage.managementState does not let it be made: create it, or remove that field`,
      )
}
