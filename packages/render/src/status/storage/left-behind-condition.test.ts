import { describe, expect, it } from 'vitest'

import type { Config, JsonObject, Storage } from '../../model'
import { anS3Bucket } from '../../testing/some-storage'
import { aPass, aSubject } from '../../testing/status-fixtures'
import { status } from '../status'

const CLAIM: Storage = { _tag: 'Pvc', claim: 'images', origin: 'named' }
const OTHER: Storage = { _tag: 'Pvc', claim: 'other', origin: 'named' }
const NONE: Storage = { _tag: 'EmptyDir' }
const BUCKET = anS3Bucket({ bucket: 'mine' })

const told = (config: Partial<Config>, before: ReadonlyArray<JsonObject> = []) =>
  status(aPass({ subject: aSubject(before), config })).conditions.find(
    ({ type }) => type === 'StorageLeftBehind',
  )?.message

describe('a storage that was in use before', () => {
  it.each<readonly [string, Partial<Config>, string]>([
    ['another claim is chosen', { storage: OTHER, recordedStorage: CLAIM }, 'pvc/images'],
    ['a claim is chosen', { storage: OTHER, recordedStorage: BUCKET }, 's3/mine'],
    [
      'the same edit removes the registry, which takes no claim with it but the one that it names',
      { managementState: 'Removed', storage: OTHER, recordedStorage: CLAIM },
      'pvc/images',
    ],
    [
      'the same edit takes the storage out and removes the registry',
      {
        managementState: 'Removed',
        storage: NONE,
        storageManagement: 'Unmanaged',
        recordedStorage: BUCKET,
      },
      's3/mine',
    ],
  ])('is named when %s', (_name, config, place) => {
    expect(told(config)).toMatch(new RegExp(`^${place} was in use before`))
  })

  it.each<readonly [string, Partial<Config>]>([
    ['it is still chosen', { storage: CLAIM, recordedStorage: CLAIM }],
    ['nothing lasts in it', { storage: CLAIM, recordedStorage: NONE }],
    [
      'it goes with the registry',
      {
        managementState: 'Removed',
        storage: OTHER,
        storageManagement: 'Managed',
        recordedStorage: BUCKET,
      },
    ],
    [
      'somebody else looks after the registry',
      { managementState: 'Unmanaged', storage: OTHER, recordedStorage: CLAIM },
    ],
  ])('is not named when %s', (_name, config) => {
    expect(told(config)).toBeUndefined()
  })

  it('stays named when the registry is removed, until it is chosen again', () => {
    const message = 'pvc/images was in use before'
    const before = [
      { type: 'StorageLeftBehind', status: 'True', reason: 'ImagesNotMoved', message },
    ]
    expect(told({ managementState: 'Removed', storage: OTHER }, before)).toBe(message)
    expect(told({ managementState: 'Removed', storage: NONE }, before)).toBe(message)
    expect(told({ managementState: 'Managed', storage: CLAIM }, before)).toBeUndefined()
  })
})
