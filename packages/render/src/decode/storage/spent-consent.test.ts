import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type JsonObject, names } from '../../model'
import { passOver, seenOf, somePlace, storageWorld, UID } from '../../testing/storage-world'

const S3 = somePlace('S3', true)
const ABSENT = { _tag: 'Absent' }
const present = (marks: JsonObject): JsonObject => ({
  _tag: 'Present',
  marks,
  isEmpty: true,
  settings: {},
  details: {},
})
const OURS = present({ [names.CONFIG_UID_MARK]: UID })

const ALLOWED = { [names.RECREATE_STORAGE_ANNOTATION]: S3.place }
const MAKING = { [names.MAKES_STORAGE_ANNOTATION]: S3.place }
const SPENT = { [names.SPENT_CONSENT_ANNOTATION]: S3.place }

/** Which annotations we decide for a bucket that images were in, and what is told of it. */
const after = (bucket: JsonObject, annotations: { readonly [name: string]: string }) => {
  const { observation, status } = passOver([
    ...storageWorld(S3, { management: 'Managed', recorded: S3.storage, annotations }),
    seenOf(S3.place, { sight: { parts: { bucket } } }),
  ])
  if (E.isLeft(observation.config)) throw new Error('the Config cannot be used')
  const { makesStorage, spentConsent } = observation.config.right.decisions
  const told = status.conditions.find(({ type }) => type === 'Degraded')
  return { makes: makesStorage, spent: spentConsent, reason: told?.reason, text: told?.message }
}

describe('the permission to make a storage anew', () => {
  it('lets it be made once', () => {
    expect(after(ABSENT, ALLOWED)).toMatchObject({ makes: S3.place, spent: undefined })
    expect(after(present({}), { ...ALLOWED, ...MAKING })).toMatchObject({
      makes: S3.place,
      spent: undefined,
    })
    expect(after(OURS, { ...ALLOWED, ...MAKING })).toMatchObject({
      makes: undefined,
      spent: S3.place,
    })
    const again = after(ABSENT, { ...ALLOWED, ...SPENT })
    expect(again).toMatchObject({ makes: undefined, spent: S3.place, reason: 'StorageVanished' })
    expect(again.text).toContain('has to be removed and set again')
  })

  it('does not count where nothing was missing when it was given', () => {
    expect(after(OURS, ALLOWED)).toMatchObject({ makes: undefined, spent: S3.place })
  })

  it('counts anew once it has been taken away', () => {
    expect(after(OURS, SPENT).spent).toBeUndefined()
    const vanished = after(ABSENT, SPENT)
    expect(vanished).toMatchObject({ makes: undefined, spent: undefined })
    expect(vanished.text).not.toContain('has to be removed')
    expect(after(ABSENT, ALLOWED).makes).toBe(S3.place)
  })
})
