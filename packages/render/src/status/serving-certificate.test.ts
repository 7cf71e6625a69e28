import { describe, expect, it } from 'vitest'

import { type ClusterFacts, type CredentialReading, names } from '../model'
import { someContent, someFacts } from '../testing/some-facts'
import { aPass, NOW } from '../testing/status-fixtures'
import { certificatesCondition } from './certificates-condition'
import { situation } from './situation'

const HOST = 'image-registry.openshift-image-registry.svc'

type Certificate = Extract<CredentialReading, { readonly _tag: 'Certificate' }>

const certificate = (changes: Partial<Certificate> = {}): Certificate => ({
  _tag: 'Certificate',
  pem: 'pem',
  notBefore: '2025-12-01T12:00:00Z',
  notAfter: '2026-03-01T12:00:00Z',
  names: [HOST],
  fits: true,
  ...changes,
})

const secret = (name: string, seen: CredentialReading) => ({
  ...someContent('Secret', name, { 'tls.crt': 'a' }),
  readings: { 'tls.crt': seen },
})

const told = (seen: CredentialReading, changes: Partial<ClusterFacts> = {}) => {
  const { observation, ...rest } = aPass()
  const facts = someFacts({
    platform: 'Kubernetes',
    contents: [secret(names.SERVING_CERTIFICATE_SECRET, seen)],
    ...changes,
  })
  const { subject } = observation
  if (subject === undefined) throw new Error('there is no Config')
  const { conditions, waitMs } = certificatesCondition(
    situation({ ...rest, observation: { ...observation, facts } }, subject),
  )
  return { status: conditions[0]?.status, message: conditions[0]?.message, waitMs }
}

const DAY = 86_400_000

describe('the certificate of the registry', () => {
  it('is nothing to talk about while it is right; then it is looked at when it will expire soon', () => {
    expect(told(certificate())).toEqual({
      status: 'False',
      message: '',
      waitMs: Date.parse('2026-02-15T12:00:00Z') - Date.parse(NOW) + 1000,
    })
    expect(told(certificate({ names: ['*.openshift-image-registry.svc'] })).status).toBe('False')
  })

  it('is called for two weeks before it expires, and when it has', () => {
    const soon = told(certificate({ notAfter: '2026-01-10T12:00:00Z' }))
    expect(soon.status).toBe('True')
    expect(soon.message).toBe(
      'Secret openshift-image-registry/image-registry-tls: the certificate in tls.crt expires on 2026-01-10; renew it, or have whoever made it do so',
    )
    expect(soon.waitMs).toBe(9 * DAY + 1000)
    const late = told(certificate({ notAfter: '2025-12-31T12:00:00Z' }))
    expect(late.message).toContain('expired on 2025-12-31')
    expect(late.waitMs).toBeUndefined()
  })

  it('has to be for the Service, to have its key, and to be one', () => {
    expect(told(certificate({ names: ['registry.example.com'] })).message).toContain(
      `is not for ${HOST}`,
    )
    expect(told(certificate({ fits: false })).message).toContain('tls.key is not the key')
    expect(told({ _tag: 'Unreadable', problem: 'is no certificate' }).message).toBe(
      'Secret openshift-image-registry/image-registry-tls: tls.crt is no certificate; correct it',
    )
    expect(told({ _tag: 'Certificates', pem: '' }).status).toBe('False')
  })

  it('is looked at again when it is to be renewed, where that is our task', () => {
    const own = { ours: true, issue: 1 }
    const wait = (changes: Partial<ClusterFacts['certificates']>, contents = {}) =>
      told(certificate(), { certificates: { foreignRequest: false, ...changes }, ...contents })
        .waitMs
    const serving = secret(names.SERVING_CERTIFICATE_SECRET, certificate())
    const signer = secret(
      names.SIGNER_SECRET,
      certificate({ notBefore: '2025-10-01T12:00:00Z', notAfter: '2026-02-28T12:00:00Z' }),
    )
    expect(wait({ serving: own })).toBe(29 * DAY + 1000)
    expect(wait({ serving: own, signer: own }, { contents: [serving, signer] })).toBe(
      8 * DAY + 1000,
    )
    expect(wait({ serving: { ours: false, issue: 0 } })).toBe(45 * DAY + 1000)
  })

  it('is none of our business on OpenShift', () => {
    expect(told(certificate({ fits: false }), { platform: 'OpenShift' })).toEqual({
      status: 'False',
      message: '',
      waitMs: undefined,
    })
  })
})
