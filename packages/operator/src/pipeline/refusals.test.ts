import type {
  Action,
  ActionOutcome,
  ApplyError,
  KubeObject,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { EARLIEST_RESYNC_MS } from '../resync'
import { refusals } from './refusals'

const object = (labels: { readonly [key: string]: string }): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'a', namespace: 'b', labels },
})

const ref = { apiVersion: 'v1', kind: 'Service', name: 'a', namespace: 'b' }

const action = (label: string, seen: string): Action => ({
  _tag: 'ApplyObject',
  ref,
  change: 'update',
  desired: { object: object({ label }), fills: [], mode: 'converge' },
  before: object({ seen }),
  changes: [],
})

const failed = (tried: Action, error: ApplyError): ActionOutcome => ({
  action: tried,
  result: E.left(error),
})

const INVALID: ApplyError = { _tag: 'Invalid', ref, message: 'no' }

describe('what was refused', () => {
  it('is not tried again as it is, until the resync', () => {
    let now = 0
    const known = refusals(() => now)
    known.note([failed(action('x', '1'), INVALID)])()
    expect(known.of(action('x', '1'))).toBe(INVALID)
    now = EARLIEST_RESYNC_MS - 10_000
    expect(known.of(action('x', '1'))).toBe(INVALID)
    // The loop sets its timer after the refusal was noted, and never earlier than this.
    now = EARLIEST_RESYNC_MS
    expect(known.of(action('x', '1'))).toBeUndefined()
  })

  it('does not hold for longer because it is found again meanwhile', () => {
    let now = 0
    const known = refusals(() => now)
    known.note([failed(action('x', '1'), INVALID)])()
    now = 300_000
    known.note([failed(action('x', '1'), INVALID)])()
    now = EARLIEST_RESYNC_MS
    expect(known.of(action('x', '1'))).toBeUndefined()
  })

  it('is not tried again because the status goes on changing, as that of a Deployment in a rollout', () => {
    const rollout = (ready: number, generation: number): Action => ({
      _tag: 'ApplyObject',
      ref,
      change: 'update',
      desired: { object: object({ label: 'x' }), fills: [], mode: 'converge' },
      before: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {
          name: 'a',
          namespace: 'b',
          generation,
          resourceVersion: String(ready),
          managedFields: [{ manager: 'kube-controller-manager', time: String(ready) }],
        },
        status: { readyReplicas: ready },
      },
      changes: [],
    })
    const known = refusals(() => 0)
    known.note([failed(rollout(0, 1), INVALID)])()
    const again = [1, 2, 3].map((ready) => known.of(rollout(ready, 1)))
    expect(again).toEqual([INVALID, INVALID, INVALID])
    expect(known.of(rollout(3, 2))).toBeUndefined()
  })

  it('is tried again when the wish or the live object is another one', () => {
    const known = refusals(() => 0)
    known.note([failed(action('x', '1'), INVALID)])()
    expect(known.of(action('y', '1'))).toBeUndefined()
    expect(known.of(action('x', '2'))).toBeUndefined()
  })

  it('is forgotten once it is not wanted any more', () => {
    const known = refusals(() => 0)
    known.note([failed(action('x', '1'), INVALID)])()
    known.note([])()
    expect(known.of(action('x', '1'))).toBeUndefined()
  })

  it.each<ApplyError>([
    { _tag: 'Conflict', ref, message: '' },
    { _tag: 'ServerError', ref, code: 500, message: '' },
    { _tag: 'Throttled', ref, retryAfterMs: 5_000 },
    { _tag: 'Unreachable', ref, cause: '' },
  ])('is only what stays refused: $_tag may succeed the next time', (error) => {
    const known = refusals(() => 0)
    known.note([failed(action('x', '1'), error)])()
    expect(known.of(action('x', '1'))).toBeUndefined()
  })
})
