import { performPlan, writeStatus, type PerformDeps } from '@image-registry-operator/apply'
import { decode, redact } from '@image-registry-operator/render'
import type { Action, ApplyError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'
import { expect, it } from 'vitest'

import { TEST_RELEASE } from '../testing/recorded-io'
import { passEvents } from './pass-report'

const ref = { apiVersion: 'v1', kind: 'Service', name: 'a', namespace: 'b' }
const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'b' } }
const observation = decode([], TEST_RELEASE)

const action: Action = {
  _tag: 'ApplyObject',
  ref,
  change: 'create',
  desired: { object, fills: [], mode: 'converge' },
  changes: [],
}

const refuse = () => TE.left<ApplyError>({ _tag: 'Conflict', ref, message: 'changed' })

const deps = (leading: boolean): PerformDeps => ({
  client: { apply: refuse, patch: refuse, remove: refuse, read: refuse },
  valuesOf: () => O.none,
  redact,
  randomBytes: (count) => () => new Uint8Array(count),
  remember: () => () => undefined,
  extracted: () => O.none,
  issue: () => TE.left('nothing is issued'),
  hashPassword: () => () => Promise.resolve(''),
  beginStorageWork: () => () => undefined,
  mayWrite: () => leading,
})

const passOf = async (leading: boolean) => ({
  observation,
  outcome: await performPlan(deps(leading))([action])(),
  held: [],
  conditions: [],
  failingSince: {},
  written: [await writeStatus(deps(leading))({ object })()],
})

it('does not call it a conflict that nothing was sent because the lease is in doubt', async () => {
  expect(passEvents(await passOf(false))).toEqual([
    { _tag: 'WriteSkipped', object: 'Service b/a' },
    { _tag: 'WriteSkipped', object: 'Service b/a' },
  ])
})

it('calls a conflict a conflict', async () => {
  expect(passEvents(await passOf(true)).map(({ _tag: tag }) => tag)).toEqual([
    'WriteFailed',
    'StatusFailed',
  ])
})

it('names once what is contested, and who holds it', () => {
  const pass = (isNews: boolean) => ({
    observation,
    outcome: [{ action, result: E.right(object) }],
    held: [
      {
        ref,
        changes: [
          { path: 'spec.x', why: 'differs' as const, heldBy: ['theirs'] },
          { path: 'spec.y', why: 'differs' as const, heldBy: ['theirs', 'others'] },
        ],
        heldForMs: 1_000,
        beginsToWait: true,
        isNews,
      },
    ],
    conditions: [],
    failingSince: {},
    written: [],
  })
  const contested = (isNews: boolean) =>
    passEvents(pass(isNews)).filter(({ _tag: tag }) => tag === 'CorrectionContested')
  expect(contested(true)).toEqual([
    {
      _tag: 'CorrectionContested',
      object: 'Service b/a',
      fields: ['spec.x', 'spec.y'],
      heldBy: ['theirs', 'others'],
    },
  ])
  expect(contested(false)).toEqual([])
})

it('tells of a thing that is taken out of an object as of any change', async () => {
  const taken: Action = {
    _tag: 'PatchObject',
    ref,
    before: object,
    operations: [],
    changes: [{ path: 'spec.a', why: 'no-longer-wanted', live: 'a secret' }],
    because: 'nobody wants it',
  }
  const outcome = [{ action: taken, result: E.right(object) }]
  expect(passEvents({ ...(await passOf(false)), written: [], outcome })).toEqual([
    {
      _tag: 'ObjectApplied',
      object: 'Service b/a',
      change: 'update',
      fields: [{ path: 'spec.a', why: 'no-longer-wanted' }],
    },
  ])
})
