import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ApplyError, ObjectRef, Outcome, RenderProblem, Withheld } from '../model'
import { isJsonObject, objectRef } from '../model'
import {
  aDeployment,
  aPass,
  aSubject,
  before,
  deploymentRef,
  failed,
  NOW,
  SIX_MINUTES_AGO,
  TWO_MINUTES_AGO,
} from '../testing/status-fixtures'
import type { StatusInput } from './situation'
import { status } from './status'

const conditionOf = (given: StatusInput, type: string) =>
  status(given).conditions.find((condition) => condition.type === type)

const withheldBy = (problem: RenderProblem, ref: ObjectRef = deploymentRef): Withheld => ({
  ref,
  problem,
})

const CLAIM = 'claim'
const contradictions: ReadonlyArray<RenderProblem> = [
  { _tag: 'ClaimNeedsSingleWriter', claim: CLAIM, because: { replicas: 2 } },
  { _tag: 'ClaimUnusable', claim: CLAIM, accessModes: [] },
  { _tag: 'ClaimNotOurs', claim: CLAIM },
  { _tag: 'RouteNotOurs', route: 'own' },
  { _tag: 'StorageNotProvisioned', backend: 's3', missing: ['bucket'] },
  { _tag: 'StorageNotInRegistry', backend: 'swift', build: { _tag: 'OpenShift' } },
  { _tag: 'AnnotationMalformed', namespace: 'n', annotation: 'a', value: 'x' },
]
const perhapsOnTheirWay: ReadonlyArray<RenderProblem> = [
  { _tag: 'SecretMissing', namespace: 'n', name: 's' },
  { _tag: 'ClaimMissing', claim: CLAIM },
  { _tag: 'NamespaceMissing', namespace: 'n' },
  { _tag: 'AnnotationMissing', namespace: 'n', annotation: 'a' },
  { _tag: 'CredentialsMissing', namespace: 'n', names: ['a', 'b'], keys: ['k'] },
  { _tag: 'CredentialsUnreadable', namespace: 'n', name: 's', key: 'k', problem: 'is none' },
  { _tag: 'StorageAwaited', backend: 'azure', keys: ['accountKey'] },
  {
    _tag: 'StorageLayoutDiffers',
    place: 'azure/a/b',
    written: { _tag: 'OpenShift' },
    build: { _tag: 'Distribution', version: [3, 1] },
  },
  { _tag: 'ApiNotServed', group: 'g' },
]
const failingSince = (time: string) => ({
  subject: aSubject([before('Progressing', 'True', time, 'Error')]),
  failingSince: { registry: time },
})

describe('an object that is withheld', () => {
  it.each(contradictions)(
    'degrades at once when the Config contradicts the cluster: $_tag',
    (problem) => {
      const given = aPass({ withheld: [withheldBy(problem)] })
      expect(conditionOf(given, 'Progressing')).toMatchObject({ status: 'True', reason: 'Error' })
      expect(conditionOf(given, 'Degraded')).toMatchObject({ status: 'True', reason: problem._tag })
      expect(conditionOf(given, 'Stalled')).toMatchObject({ status: 'True', reason: problem._tag })
      expect(conditionOf(given, 'Available')).toMatchObject({ status: 'True' })
    },
  )

  it.each(perhapsOnTheirWay)(
    'degrades after five minutes when something is missing: $_tag',
    (problem) => {
      const withheld = [withheldBy(problem)]
      const first = status(aPass({ withheld }))
      expect(first.conditions.find(({ type }) => type === 'Degraded')?.status).toBe('False')
      expect(first.requeueAfterMs).toBe(301_000)
      const later = aPass({ withheld, ...failingSince(SIX_MINUTES_AGO) })
      expect(conditionOf(later, 'Degraded')).toMatchObject({ status: 'True', reason: problem._tag })
      expect(status(later).requeueAfterMs).toBeUndefined()
    },
  )

  it('does not degrade late in a long rollout before it has lasted itself', () => {
    const withheld = [withheldBy({ _tag: 'ClaimMissing', claim: CLAIM })]
    const subject = aSubject([before('Progressing', 'True', SIX_MINUTES_AGO)])
    const begun = status(aPass({ withheld, subject }))
    expect(begun.conditions.find(({ type }) => type === 'Degraded')?.status).toBe('False')
    expect(begun.requeueAfterMs).toBe(301_000)
    const going = aPass({ withheld, subject, failingSince: { registry: TWO_MINUTES_AGO } })
    expect(status(going).requeueAfterMs).toBe(181_000)
  })

  it('stays degraded when the operator is started anew, and has forgotten since when', () => {
    const withheld = [withheldBy({ _tag: 'ClaimMissing', claim: CLAIM })]
    const subject = aSubject([
      before('Progressing', 'True', SIX_MINUTES_AGO, 'Error'),
      before('Degraded', 'True', NOW, 'ClaimMissing'),
    ])
    expect(conditionOf(aPass({ withheld, subject }), 'Degraded')?.reason).toBe('ClaimMissing')
  })

  it('tells every cause, in the same order whatever the order was', () => {
    const route = objectRef('route.openshift.io/v1', 'Route', 'own', 'n')
    const both = [
      withheldBy({ _tag: 'RouteNotOurs', route: 'own' }, route),
      withheldBy({ _tag: 'ClaimNotOurs', claim: CLAIM }),
    ]
    const message = conditionOf(aPass({ withheld: both }), 'Degraded')?.message
    expect(message).toMatch(/^Deployment .*ClaimNotOurs|it already exists.* \| Route /)
    expect(conditionOf(aPass({ withheld: [...both].reverse() }), 'Degraded')?.message).toBe(message)
  })
})

const ref = deploymentRef
const transient: ReadonlyArray<ApplyError> = [
  { _tag: 'Conflict', ref, message: 'the object has been modified' },
  { _tag: 'Throttled', ref, retryAfterMs: 1000 },
  { _tag: 'ServerError', ref, code: 500, message: 'x' },
  { _tag: 'Unreachable', ref, cause: undefined },
  { _tag: 'SourceChanged', ref, source: ref },
]
const persistent: ReadonlyArray<ApplyError> = [
  { _tag: 'Forbidden', ref, message: 'x' },
  { _tag: 'Invalid', ref, message: 'x' },
  { _tag: 'NotFound', ref, message: 'x' },
]

describe('a write that failed', () => {
  it.each(transient)('is not worth a word the first time when it passes: $_tag', (error) => {
    const given = aPass({ outcome: [failed(error)] })
    expect(conditionOf(given, 'Progressing')?.reason).toBe('Ready')
  })

  it.each(transient)('leaves the status to be about the Config before: $_tag', (error) => {
    const told = aSubject([before('Progressing', 'False', NOW, 'Ready')])
    const subject = {
      ...told,
      metadata: { ...told.metadata, generation: 4 },
      status: { ...(isJsonObject(told['status']) ? told['status'] : {}), observedGeneration: 3 },
    }
    const generationOf = (given: StatusInput) =>
      status(given).patches.find(({ object }) => object.kind === 'Config')?.object['status']
    const interrupted = aPass({ subject, outcome: [failed(error)] })
    expect(generationOf(interrupted)).toMatchObject({ observedGeneration: 3 })
    expect(generationOf(aPass({ subject }))).toMatchObject({ observedGeneration: 4 })
    const again = aPass({ subject, outcome: [failed(error)], failedBefore: 1 })
    expect(generationOf(again)).toMatchObject({ observedGeneration: 4 })
  })

  it.each(transient)('is told the second time, and never degrades by itself: $_tag', (error) => {
    const outcome = [failed(error)]
    const again = aPass({ outcome, failedBefore: 1, ...failingSince(SIX_MINUTES_AGO) })
    expect(conditionOf(again, 'Progressing')).toMatchObject({ status: 'True', reason: 'Error' })
    expect(conditionOf(again, 'Degraded')?.status).toBe('False')
  })

  it('is told at once while there is no registry', () => {
    const outcome = transient.map(failed)
    expect(conditionOf(aPass({ outcome, live: [] }), 'Progressing')?.reason).toBe('Error')
  })

  it.each(persistent)(
    'is told at once, and degrades after five minutes, when it needs a person: $_tag',
    (error) => {
      const outcome = [failed(error)]
      expect(conditionOf(aPass({ outcome }), 'Progressing')?.reason).toBe('Error')
      expect(conditionOf(aPass({ outcome }), 'Degraded')?.status).toBe('False')
      const later = aPass({ outcome, ...failingSince(SIX_MINUTES_AGO) })
      expect(conditionOf(later, 'Degraded')?.status).toBe('True')
    },
  )

  it('is no failure when what was to be deleted is gone already', () => {
    const outcome: Outcome = [
      {
        action: {
          _tag: 'DeleteObject',
          ref,
          uid: 'u',
          resourceVersion: '1',
          proof: { _tag: 'FieldManager', manager: 'm' },
          before: aDeployment(),
          because: '',
        },
        result: E.left({ _tag: 'NotFound', ref, message: '' }),
      },
    ]
    expect(conditionOf(aPass({ outcome }), 'Progressing')?.reason).toBe('Ready')
  })
})

describe('what was written in this pass', () => {
  it('counts as live', () => {
    const action = failed({ _tag: 'Conflict', ref, message: '' }).action
    const outcome: Outcome = [{ action, result: E.right(aDeployment()) }]
    const given = aPass({ live: [], outcome })
    expect(conditionOf(given, 'Available')?.reason).toBe('Ready')
  })

  it('is gone when it was deleted', () => {
    const outcome: Outcome = [
      {
        action: {
          _tag: 'DeleteObject',
          ref,
          uid: 'u',
          resourceVersion: '1',
          proof: { _tag: 'FieldManager', manager: 'm' },
          before: aDeployment(),
          because: '',
        },
        result: E.right(undefined),
      },
    ]
    const given = aPass({ config: { managementState: 'Removed' }, outcome, now: NOW })
    expect(conditionOf(given, 'Progressing')?.reason).toBe('Removed')
  })
})
