import type { PartSight, SettingSight, StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { someTarget, storageFailure } from '../../testing/waiting-driver'
import { considered, looked, missed, type StorageState } from './storage-state'

const nothingYet = (isGoing: boolean): StorageState =>
  considered({ target: someTarget('a'), isGoing }, undefined, 1)

type Present = Extract<PartSight, { readonly _tag: 'Present' }>

const unmarked = (settings: Present['settings']): Present => ({
  _tag: 'Present',
  settings,
  details: {},
})

const bucket = (settings: Present['settings']): Present => ({
  ...unmarked(settings),
  marks: { mark: 'ours' },
})

const seen = (sight: PartSight, isGoing = false): StorageState =>
  looked(nothingYet(isGoing), E.right({ sight: { parts: { bucket: sight } }, keys: {} }))

const notSeen = (error: StorageError): SettingSight => ({ _tag: 'NotSeen', error })

const THROTTLED: StorageError = {
  ...storageFailure('StorageFailed'),
  _tag: 'StorageThrottled',
  retryAfterMs: 1_000,
}
const DENIED = storageFailure('AccessDenied')

describe('what of a look is worth another one soon', () => {
  it('is nothing where everything was answered', () => {
    const settings: Present['settings'] = {
      Tagged: { _tag: 'Found', value: {} },
      Encrypted: { _tag: 'NotSupported', error: storageFailure('Unsupported') },
    }
    expect(missed(seen(bucket(settings)))).toEqual([])
    expect(missed(seen({ _tag: 'Absent' }))).toEqual([])
    expect(missed(nothingYet(false))).toEqual([])
  })

  it('is a look that failed, and a part that was not seen', () => {
    const failed = looked(nothingYet(false), E.left(DENIED))
    expect(missed(failed)).toEqual([{ verb: 'observe', error: DENIED }])
    expect(missed(seen({ _tag: 'Unseen', error: DENIED }))).toEqual([
      { verb: 'observe', error: DENIED },
    ])
  })

  it('is a setting that nobody answered for, where that may pass', () => {
    ;[
      THROTTLED,
      storageFailure('StorageFailed'),
      storageFailure('StorageUnreachable'),
      storageFailure('StorageConflict'),
      storageFailure('StorageNotFound'),
    ].forEach((error) => {
      const settings = { Tagged: notSeen(error), Encrypted: notSeen(DENIED) }
      expect(missed(seen(bucket(settings)))).toEqual([{ verb: 'observe', error }])
    })
  })

  it('is no setting that is denied, but where it keeps from going what it may say the owner of', () => {
    const settings = { Tagged: notSeen(DENIED) }
    expect(missed(seen(bucket(settings)))).toEqual([])
    expect(missed(seen(unmarked(settings)))).toEqual([])
    expect(missed(seen(bucket(settings), true))).toEqual([])
    expect(missed(seen(unmarked(settings), true))).toEqual([{ verb: 'observe', error: DENIED }])
  })

  it('counts as a failure of the look until there is none', () => {
    const once = seen(bucket({ Tagged: notSeen(THROTTLED) }))
    expect(once.lookFailures).toBe(1)
    const well = { sight: { parts: { bucket: bucket({}) } }, keys: {} }
    expect(looked(once, E.right(well)).lookFailures).toBe(0)
  })
})
