import { describe, expect, it } from 'vitest'

import type { JsonObject, RenderProblem, Withheld } from '../model'
import { names, objectRef } from '../model'
import { aPass, aSubject, before, failed, NOW, TWO_MINUTES_AGO } from '../testing/status-fixtures'
import { certificatesCondition } from './certificates-condition'
import { imageConfigCondition } from './image-config-condition'
import { situation, type StatusInput } from './situation'

const CERTIFICATES = 'ImageRegistryCertificatesControllerDegraded'
const IMAGE_CONFIG = 'ImageConfigControllerDegraded'
const ONE_MINUTE_AGO = '2026-01-01T11:59:00Z'

const map = objectRef('v1', 'ConfigMap', names.CERTIFICATES_CONFIG_MAP, names.REGISTRY_NAMESPACE)

const problem: RenderProblem = {
  _tag: 'ConfigMapMissing',
  namespace: 'openshift-config',
  name: 'mine',
}
const missing: Withheld = { ref: map, problem }

const certificates = (changes: Partial<StatusInput>, conditions: ReadonlyArray<JsonObject> = []) =>
  certificatesCondition(situation({ ...aPass(), ...changes }, aSubject(conditions)))

const healthy = { status: 'False', reason: 'AsExpected', message: '' }
const failing = {
  status: 'True',
  reason: 'Error',
  message: expect.stringContaining('ConfigMap openshift-config/mine does not exist') as unknown,
}

describe('a part of us', () => {
  it('is not degraded while everything of it is right', () => {
    expect(certificates({})).toEqual({ conditions: [{ type: CERTIFICATES, ...healthy }] })
  })

  it('is not degraded by what has just gone wrong; that is looked at again', () => {
    expect(certificates({ withheld: [missing] })).toEqual({
      conditions: [{ type: CERTIFICATES, ...healthy }],
      waitMs: 121_000,
    })
    const since = { failingSince: { certificates: ONE_MINUTE_AGO } }
    expect(certificates({ withheld: [missing], ...since })).toEqual({
      conditions: [{ type: CERTIFICATES, ...healthy }],
      waitMs: 61_000,
    })
  })

  it('is degraded by what has been wrong for two minutes', () => {
    const since = { failingSince: { certificates: TWO_MINUTES_AGO } }
    expect(certificates({ withheld: [missing], ...since })).toEqual({
      conditions: [{ type: CERTIFICATES, ...failing }],
    })
  })

  it('stays degraded when only the operator has begun anew', () => {
    const conditions = [before(CERTIFICATES, 'True', NOW, 'Error')]
    expect(certificates({ withheld: [missing] }, conditions)).toEqual({
      conditions: [{ type: CERTIFICATES, ...failing }],
      waitMs: 121_000,
    })
  })

  it('is degraded at once by what contradicts itself', () => {
    const contradiction: Withheld = {
      ref: map,
      problem: {
        _tag: 'AnnotationMalformed',
        namespace: 'n',
        annotation: 'a',
        value: 'v',
      },
    }
    expect(certificates({ withheld: [contradiction] }).conditions[0]?.status).toBe('True')
  })

  it('is not degraded by what is wrong elsewhere', () => {
    const since = { failingSince: { 'image-config': TWO_MINUTES_AGO } }
    const ref = objectRef(names.OPENSHIFT_API_VERSION, 'Image', names.SINGLETON_NAME)
    const elsewhere: Withheld = { ref, problem: { _tag: 'ClusterVersionMissing' } }
    expect(certificates({ withheld: [elsewhere], ...since })).toEqual({
      conditions: [{ type: CERTIFICATES, ...healthy }],
    })
  })
})

describe('the image configuration', () => {
  const ref = objectRef(names.OPENSHIFT_API_VERSION, 'Image', names.SINGLETON_NAME)
  const input: StatusInput = {
    ...aPass(),
    outcome: [failed({ _tag: 'Forbidden', ref, message: 'not you' })],
    failingSince: { 'image-config': TWO_MINUTES_AGO },
  }

  it('is degraded when it could not be written for two minutes', () => {
    expect(imageConfigCondition(situation(input, aSubject()))).toMatchObject({
      conditions: [
        { type: IMAGE_CONFIG, ...failing, message: expect.stringContaining('not you') as unknown },
      ],
    })
  })

  it('is not spoken of where there is none', () => {
    const given = situation(input, aSubject())
    const facts = { ...given.facts, servedGroups: ['', 'apps'] }
    expect(imageConfigCondition({ ...given, facts })).toEqual({ conditions: [] })
  })
})
