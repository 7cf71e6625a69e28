import { describe, expect, it } from 'vitest'

import type { Marks, PartSight } from '../model'
import { isOwned, proofOf, proofWithin } from './proof'

type Present = Extract<PartSight, { _tag: 'Present' }>

const there = (marks?: Marks, tagged: Partial<Present> = {}): Present => ({
  _tag: 'Present',
  ...(marks === undefined ? {} : { marks }),
  settings: {},
  details: {},
  ...tagged,
})

const error = {
  _tag: 'Unsupported',
  backend: 'S3',
  operation: 'GetBucketTagging',
  code: 'NotImplemented',
  message: '',
} as const

const identity = { marks: { uid: 'u' }, formerMarks: { cluster: 'c' }, isGeneratedName: true }
const chosen = { ...identity, isGeneratedName: false }

describe('who made a thing', () => {
  it('shows in our mark, whatever else it carries', () => {
    expect(proofOf(there({ uid: 'u', team: 'mine' }), chosen)).toBe('ours')
    expect(proofOf(there({ uid: 'another' }), chosen)).toBe('nobody')
  })

  it('was the original where the mark of the cluster is on a name that nobody chooses', () => {
    expect(proofOf(there({ cluster: 'c' }), identity)).toBe('original')
    expect(proofOf(there({ cluster: 'c' }), chosen)).toBe('nobody')
    expect(proofOf(there({}), identity)).toBe('nobody')
  })

  it('does not show in marks that are none', () => {
    const nameless = { marks: {}, formerMarks: {}, isGeneratedName: true }
    expect(proofOf(there({}), nameless)).toBe('nobody')
  })

  it('is not known of what could not be seen, and was nobody of what is not there', () => {
    expect(proofOf(undefined, identity)).toBe('unknown')
    expect(proofOf({ _tag: 'Unseen', error }, identity)).toBe('unknown')
    expect(proofOf(there(), identity)).toBe('unknown')
    expect(proofOf({ _tag: 'Absent' }, identity)).toBe('nobody')
  })

  it('cannot show where the service has no marks', () => {
    const settings = { Tagged: { _tag: 'NotSupported', error } } as const
    expect(proofOf({ _tag: 'Present', settings, details: {} }, identity)).toBe('nobody')
  })

  it('shows in what is around it, under a name that nobody chooses', () => {
    expect(proofWithin('nobody', true, 'original')).toBe('original')
    expect(proofWithin('nobody', true, 'unknown')).toBe('nobody')
    expect(proofWithin('nobody', false, 'ours')).toBe('nobody')
    expect(proofWithin('ours', true, 'nobody')).toBe('ours')
    expect(proofWithin('unknown', true, 'ours')).toBe('unknown')
  })

  it('lets us change what we or the original made, and nothing else', () => {
    expect((['ours', 'original', 'nobody', 'unknown'] as const).filter(isOwned)).toEqual([
      'ours',
      'original',
    ])
  })
})
