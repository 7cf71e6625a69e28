import type { ConditionType, SettingName } from '../../model'

/** The condition of a setting. */
export type ToldSetting = {
  readonly type: ConditionType
  /** Of what is as it should be; the original's, without its spaces. */
  readonly reason: string
  readonly what: string
}

/** The settings that have a condition. What is wrong with others is told with the registry. */
export const TOLD_SETTINGS: { readonly [Name in SettingName]?: ToldSetting } = {
  PublicAccessBlocked: {
    type: 'StoragePublicAccessBlocked',
    reason: 'PublicAccessBlockSuccessful',
    what: 'Public access to the storage and its contents is blocked',
  },
  Tagged: {
    type: 'StorageTagged',
    reason: 'TaggingSuccessful',
    what: 'The storage carries its tags',
  },
  Labeled: {
    type: 'StorageLabeled',
    reason: 'BucketLabeledSuccessfully',
    what: 'The bucket carries its labels',
  },
  Encrypted: {
    type: 'StorageEncrypted',
    reason: 'EncryptionSuccessful',
    what: 'What is stored is encrypted',
  },
  IncompleteUploadCleanupEnabled: {
    type: 'StorageIncompleteUploadCleanupEnabled',
    reason: 'EnableCleanupSuccessful',
    what: 'What is left of uploads that never ended is cleaned up after a day',
  },
}
