import type { Action, Outcome } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { contests, type Contests } from './contests'

const ref = { apiVersion: 'v1', kind: 'Service', name: 'a', namespace: 'b' }
const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'b' } }

const correction = (path: string, wanted = 'ours'): Action => ({
  _tag: 'ApplyObject',
  ref,
  change: 'update',
  desired: {
    object: { ...object, metadata: { ...object.metadata, labels: { wanted } } },
    fills: [],
    mode: 'converge',
  },
  before: object,
  changes: [{ path, why: 'differs', heldBy: ['kubectl-edit'] }],
})

const done = (action: Action): Outcome => [{ action, result: E.right(object) }]

const made = (known: Contests, action: Action, times: number): void =>
  Array.from({ length: times }).forEach(() => known.note(done(action))())

const heldFor = (known: Contests, action: Action): number | undefined =>
  known.dueOf([action])().held[0]?.heldForMs

describe('a correction that somebody keeps undoing', () => {
  it('is made at once up to ten times, and waits after the eleventh', () => {
    const known = contests(() => 0)
    made(known, correction('spec.x'), 10)
    expect(known.dueOf([correction('spec.x')])()).toEqual({ due: [correction('spec.x')], held: [] })
    made(known, correction('spec.x'), 1)
    expect(known.dueOf([correction('spec.x')])()).toEqual({
      due: [],
      held: [
        {
          ref,
          changes: [{ path: 'spec.x', why: 'differs', heldBy: ['kubectl-edit'] }],
          heldForMs: 1_000,
          beginsToWait: true,
          isNews: true,
        },
      ],
    })
  })

  it('is made again when it has waited, and then waits for twice as long', () => {
    let now = 0
    const known = contests(() => now)
    made(known, correction('spec.x'), 11)
    now = 999
    expect(heldFor(known, correction('spec.x'))).toBe(1)
    now = 1_000
    expect(heldFor(known, correction('spec.x'))).toBeUndefined()
    made(known, correction('spec.x'), 1)
    expect(heldFor(known, correction('spec.x'))).toBe(2_000)
  })

  it('is news once, and counts once for every time that it waits', () => {
    let now = 0
    const known = contests(() => now)
    const seen = () =>
      known
        .dueOf([correction('spec.x')])()
        .held.map(({ beginsToWait, isNews }) => ({
          beginsToWait,
          isNews,
        }))[0]
    made(known, correction('spec.x'), 11)
    expect(seen()).toEqual({ beginsToWait: true, isNews: true })
    expect(seen()).toEqual({ beginsToWait: false, isNews: false })
    now = 1_000
    made(known, correction('spec.x'), 1)
    expect(seen()).toEqual({ beginsToWait: true, isNews: false })
    now = 3_000 + 60_001
    made(known, correction('spec.x'), 11)
    expect(seen()).toEqual({ beginsToWait: true, isNews: true })
  })

  it('does not hold up those of two hundred other fields', () => {
    const known = contests(() => 0)
    const fields = Array.from({ length: 200 }, (_, index) => correction(`spec.field${index}`))
    made(known, correction('spec.x'), 11)
    fields.forEach((action) => made(known, action, 1))
    expect(known.dueOf(fields)().due).toEqual(fields)
    expect(heldFor(known, correction('spec.x'))).toBe(1_000)
  })

  it('does not wait when it is we who want something else', () => {
    const known = contests(() => 0)
    made(known, correction('spec.replicas', 'one'), 11)
    expect(heldFor(known, correction('spec.replicas', 'two'))).toBeUndefined()
    made(known, correction('spec.replicas', 'two'), 1)
    expect(heldFor(known, correction('spec.replicas', 'one'))).toBeUndefined()
  })

  it('does not count when the write failed', () => {
    const known = contests(() => 0)
    const action = correction('spec.x')
    made(known, action, 10)
    known.note([{ action, result: E.left({ _tag: 'Conflict', ref, message: '' }) }])()
    expect(heldFor(known, action)).toBeUndefined()
  })
})
