import { describeRenderProblem } from '../../errors-text/describe-render-problem'
import { describeStorageError } from '../../errors-text/describe-storage-error'
import { names, type StorageTrouble } from '../../model'
import type { Verdict } from '../condition-from-error'
import { hasVanished, images, type OutsideStorage } from './outside-storage'
import { reasonOf } from './reason-of'
import { TOLD_SETTINGS } from './told-settings'

/** Something that is wrong, and what a person reads about it. */
export type StorageFailure = Verdict & { readonly text: string }

/** What is wrong with the storage outside of the cluster, with what a person has to do. */
export const storageFailures = (outside: OutsideStorage): ReadonlyArray<StorageFailure> => [
  ...vanished(outside),
  ...unsaid(outside),
  ...unreadable(outside),
  ...guarded(outside),
  ...missing(outside),
  ...troubles(outside).map((trouble) => failed(trouble, outside)),
]

const failure = (reason: string, degrades: Verdict['degrades'], text: string): StorageFailure => ({
  reason,
  degrades,
  text,
})

const vanished = (outside: OutsideStorage): ReadonlyArray<StorageFailure> => {
  const { target } = outside
  return target !== undefined && hasVanished(outside)
    ? [failure('StorageVanished', 'at-once', vanishedText(outside, target.place))]
    : []
}

const vanishedText = ({ isConsentSpent, management }: OutsideStorage, place: string): string => {
  const anew = isConsentSpent
    ? ', which has to be removed and set again: the one that is there was for an earlier loss'
    : ''
  const managed = management === 'Managed' ? '' : ' and spec.storage.managementState: Managed'
  return `the storage ${place} is not there any more, and its images with it: restore it, set another one in spec.storage, or have it made anew, empty, with the annotation ${names.RECREATE_STORAGE_ANNOTATION}: ${place} on the Config${anew}${managed}`
}

/** A registry that goes and whose storage cannot be said; of one that stays, its objects tell. */
const unsaid = ({
  state,
  problem,
  management,
  looked,
}: OutsideStorage): ReadonlyArray<StorageFailure> =>
  state === 'Removed' && problem !== undefined && management === 'Managed' && looked !== 'nobody'
    ? [
        failure(
          'RemoveFailed',
          'when-it-lasts',
          `the storage cannot be removed: ${describeRenderProblem(problem)}; or set spec.storage.managementState to Unmanaged to keep it`,
        ),
      ]
    : []

/** What has to go stays as long as nobody can read whose it is. */
const unreadable = ({ isLeft, target, facts }: OutsideStorage): ReadonlyArray<StorageFailure> =>
  isLeft && target !== undefined
    ? target.parts.flatMap(({ kind, name }) => {
        const sight = facts?.sight?.parts[kind]
        if (sight?._tag !== 'Present' || sight.marks !== undefined) return []
        return Object.values(sight.settings).flatMap((setting) =>
          setting._tag === 'NotSeen'
            ? [
                failure(
                  'StorageRemovalFailed',
                  'when-it-lasts',
                  `the ${kind} ${name} cannot be removed before it is known whose it is: ${describeStorageError(setting.error)}`,
                ),
              ]
            : [],
        )
      })
    : []

const guarded = ({ isLeft, isGuarded, target }: OutsideStorage): ReadonlyArray<StorageFailure> =>
  isLeft && isGuarded && target !== undefined
    ? [
        failure(
          'DeletionGuarded',
          'when-it-lasts',
          `the images in ${target.place} are more than the annotation ${names.DELETION_GUARD_ANNOTATION} lets go: to have them deleted, set the annotation ${names.CONFIRM_DELETION_ANNOTATION}: ${target.place} on the Config; to keep them, set spec.storage.managementState to Unmanaged`,
        ),
      ]
    : []

/** It is not there, never was, and may not be made. */
const missing = (outside: OutsideStorage): ReadonlyArray<StorageFailure> =>
  outside.state === 'Managed' &&
  outside.management === 'Unmanaged' &&
  !outside.wasThere &&
  images(outside).sight?._tag === 'Absent'
    ? [failure('StorageMissing', 'when-it-lasts', missingText(outside))]
    : []

const missingText = (outside: OutsideStorage): string => {
  const place = outside.target?.place ?? ''
  return hasNoInstance(outside)
    ? `the storage ${place} cannot be looked for, because spec.storage.ibmcos.serviceInstanceCRN names no service instance that is there: set it to the one that the bucket is in`
    : `the storage ${place} does not exist, and spec.storage.managementState is Unmanaged: create it, set another one in spec.storage, or set that field to Managed to have it made`
}

/** IBM's buckets are seen from within their instance only. */
const hasNoInstance = ({ facts }: OutsideStorage): boolean =>
  facts?.sight?.parts['service-instance']?._tag === 'Absent'

/** A part that was not seen is told once, with the look that failed. */
const troubles = (outside: OutsideStorage): ReadonlyArray<StorageTrouble> => {
  // What a service does not have is no failure.
  const all = (outside.facts?.troubles ?? []).filter(({ error }) => error._tag !== 'Unsupported')
  const { sight } = images(outside)
  return sight?._tag === 'Unseen' && !all.some(({ verb }) => verb === 'observe')
    ? [...all, { verb: 'observe', error: sight.error }]
    : all
}

const failed = (trouble: StorageTrouble, outside: OutsideStorage): StorageFailure =>
  failure(
    trouble.verb === 'remove' ? 'StorageRemovalFailed' : reasonOf(trouble.error),
    degradesBy(trouble, outside),
    describeStorageError(trouble.error),
  )

/** A setting that has a condition of its own is told there: images can be kept without it. */
const isToldElsewhere = ({ setting }: StorageTrouble): boolean =>
  setting !== undefined && TOLD_SETTINGS[setting] !== undefined

/**
 * Who has to wait tells by StorageExists: of a part, and of a look that did not get so far as to see the images. A setting that
 * has no condition, and what else is asked of a storage that is there, would not be told at all.
 */
const isToldByExistence = ({ setting, part }: StorageTrouble, outside: OutsideStorage): boolean =>
  setting === undefined && (part !== undefined || images(outside).sight?._tag !== 'Present')

/** Permissions of a new cluster take their time; those of a storage that worked do not. */
const degradesBy = (trouble: StorageTrouble, outside: OutsideStorage): Verdict['degrades'] => {
  const { wasThere, state } = outside
  if (isToldElsewhere(trouble)) return 'never'
  switch (trouble.error._tag) {
    case 'AccessDenied':
    case 'CredentialsRefused':
      return wasThere && state === 'Managed' && trouble.setting === undefined
        ? 'at-once'
        : 'when-it-lasts'
    case 'NameTaken':
    case 'QuotaExceeded':
    case 'StorageRefused':
    case 'StorageUnreachable':
    case 'StorageFailed':
    case 'StorageNotFound':
    case 'StorageConflict':
      return 'when-it-lasts'
    case 'StorageThrottled':
      return isToldByExistence(trouble, outside) ? 'never' : 'when-it-lasts'
    case 'Unsupported':
    case 'MarksMissing':
      return 'never'
  }
}
