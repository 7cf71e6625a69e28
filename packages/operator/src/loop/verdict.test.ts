import type { ActionOutcome, ApplyError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'

import { decode } from '@image-registry-operator/render'

import { TEST_RELEASE } from '../testing/recorded-io'
import { verdictOf } from './verdict'

const ref = { apiVersion: 'v1', kind: 'Service', name: 'a', namespace: 'b' }

const failed = (error: ApplyError): ActionOutcome => ({
  action: {
    _tag: 'DeleteObject',
    ref,
    uid: '',
    resourceVersion: '',
    proof: { _tag: 'FieldManager', manager: 'm' },
    before: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } },
    because: '',
  },
  result: E.left(error),
})

const verdict = (
  errors: ReadonlyArray<ApplyError>,
  requeueAfterMs?: number,
  heldForMs: ReadonlyArray<number> = [],
) =>
  verdictOf({
    observation: decode([], TEST_RELEASE),
    outcome: errors.map(failed),
    held: heldForMs.map((ms) => ({
      ref,
      changes: [],
      heldForMs: ms,
      beginsToWait: true,
      isNews: true,
    })),
    conditions: [],
    failingSince: {},
    written: [],
    ...(requeueAfterMs === undefined ? {} : { requeueAfterMs }),
  })

const CONFLICT: ApplyError = { _tag: 'Conflict', ref, message: '' }
const INVALID: ApplyError = { _tag: 'Invalid', ref, message: '' }
const FORBIDDEN: ApplyError = { _tag: 'Forbidden', ref, message: '' }
const throttled = (retryAfterMs: number): ApplyError => ({ _tag: 'Throttled', ref, retryAfterMs })

it.each<[string, ReadonlyArray<ApplyError>, object]>([
  ['nothing failed: waits for a change', [], {}],
  ['what may pass is tried again soon', [CONFLICT], { retry: 'soon' }],
  ['what only a change can cure waits for it', [INVALID], {}],
  ['what is cured out of sight is looked at later', [FORBIDDEN], { requeueAfterMs: 60_000 }],
  ['a wish of the API server goes first', [CONFLICT, throttled(5)], { retry: { afterMs: 5 } }],
  [
    'the longest wish counts',
    [throttled(5), throttled(9), throttled(7)],
    { retry: { afterMs: 9 } },
  ],
  ['one that may pass is enough', [INVALID, CONFLICT, INVALID], { retry: 'soon' }],
])('%s', (_, errors, expected) => {
  expect(verdict(errors)).toEqual(expected)
})

it('looks again when the status asks for it, or before', () => {
  expect(verdict([], 7_000)).toEqual({ requeueAfterMs: 7_000 })
  expect(verdict([FORBIDDEN], 90_000)).toEqual({ requeueAfterMs: 60_000 })
})

it('looks again when a correction has waited long enough', () => {
  expect(verdict([], 7_000, [4_000, 2_000])).toEqual({ requeueAfterMs: 2_000 })
})
