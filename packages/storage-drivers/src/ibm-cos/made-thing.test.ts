import type { StoragePart } from '@image-registry-operator/render/model'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import { isMadeFor, madeThing, rightOne } from './made-thing'

const part: StoragePart = {
  kind: 'service-instance',
  name: 'c1-image-registry',
  marks: { uid: 'u1' },
  formerMarks: { name: 'c1-image-registry', 'created-by': 'self' },
  isGeneratedName: true,
  settings: [],
  holdsImages: false,
}

const found = {
  crn: 'crn:1',
  name: 'c1-image-registry',
  state: 'active',
  created_at: '2024-01-02',
  created_by: 'iam-1',
}

describe('what the resource controller shows', () => {
  it('is marked by the texts among its parameters, its name and its maker', () => {
    const parameters = { uid: 'u1', HMAC: true, nested: { uid: 'u2' }, name: 'forged' }
    expect(madeThing({ ...found, parameters }, 'iam-1').marks).toEqual({
      uid: 'u1',
      name: 'c1-image-registry',
      'created-by': 'self',
    })
  })

  it('was made by somebody else unless that is exactly who asks', () => {
    expect(madeThing(found, 'iam-2').marks['created-by']).toBe('iam-1')
    expect(madeThing({ ...found, created_by: '' }, '').marks['created-by']).toBe('')
  })
})

describe('what was made for a part', () => {
  it('carries its marks, or has the name and the maker of the original', () => {
    expect(isMadeFor(part)(madeThing({ ...found, parameters: { uid: 'u1' } }, ''))).toBe(true)
    expect(isMadeFor(part)(madeThing(found, 'iam-1'))).toBe(true)
  })

  it('is not what somebody has given that name', () => {
    expect(isMadeFor(part)(madeThing(found, 'iam-2'))).toBe(false)
    const named: StoragePart = { ...part, isGeneratedName: false }
    expect(isMadeFor(named)(madeThing(found, 'iam-1'))).toBe(false)
  })

  it('is proved by nothing where there are no marks', () => {
    const unmarked: StoragePart = { ...part, marks: {}, formerMarks: {} }
    expect(isMadeFor(unmarked)(madeThing(found, 'iam-1'))).toBe(false)
  })
})

describe('of several of one name', () => {
  const older = madeThing({ ...found, crn: 'crn:0', created_at: '2024-01-01' }, 'iam-2')
  const newer = madeThing(found, 'iam-2')
  const ours = madeThing({ ...found, crn: 'crn:9', parameters: { uid: 'u1' } }, 'iam-2')

  it('the one that was made for the part is right, however young', () => {
    expect(rightOne(part)([older, ours, newer])).toEqual(O.some(ours))
  })

  it('the oldest one is right otherwise, in whatever order they are listed', () => {
    expect(rightOne(part)([newer, older])).toEqual(O.some(older))
    expect(rightOne(part)([older, newer])).toEqual(O.some(older))
    expect(rightOne(part)([])).toEqual(O.none)
  })
})
