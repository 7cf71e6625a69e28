import { describe, expect, it } from 'vitest'

import type { Json } from '../../model'

import { CIPHER_SUITES } from './cipher-suites'
import { foreignReadings } from '../readings'
import { tlsProfile } from './tls-profile'

const apiServer = (tlsSecurityProfile: Json) => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'APIServer',
  metadata: { name: 'cluster' },
  spec: { tlsSecurityProfile },
})

const profileOf = (profile: Json) => tlsProfile(foreignReadings([apiServer(profile)]), 'OpenShift')

const TLS_13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']

const INTERMEDIATE = [
  ...TLS_13,
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
]

const OLD = [
  ...INTERMEDIATE,
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
]

describe('the TLS profile of a cluster', () => {
  const intermediate = { minVersion: 'VersionTLS12', cipherSuites: INTERMEDIATE }

  it.each([
    null,
    {},
    { type: '' },
    { type: 'Future' },
    { type: 'Intermediate', intermediate: {} },
    { type: 'Custom' },
    { type: 'Custom', custom: null },
  ])('of %j is Intermediate', (profile) => {
    expect(profileOf(profile)).toEqual(intermediate)
  })

  it('without an APIServer is Intermediate', () => {
    expect(tlsProfile(foreignReadings([]), 'OpenShift')).toEqual(intermediate)
  })

  it('may be Modern or Old', () => {
    expect(profileOf({ type: 'Modern' })).toEqual({
      minVersion: 'VersionTLS13',
      cipherSuites: TLS_13,
    })
    expect(profileOf({ type: 'Old' })).toEqual({ minVersion: 'VersionTLS10', cipherSuites: OLD })
  })

  it('may name ciphers in the words of OpenSSL; the registry gets those that it knows', () => {
    const ciphers = [
      'DHE-RSA-AES128-GCM-SHA256',
      'ECDHE-RSA-AES256-SHA384',
      'AES256-SHA256',
      'ECDHE-RSA-DES-CBC3-SHA',
      'TLS_AES_128_GCM_SHA256',
      'constructor',
    ]
    const custom = { ciphers, minTLSVersion: 'VersionTLS11' }
    expect(profileOf({ type: 'Custom', custom })).toEqual({
      minVersion: 'VersionTLS11',
      cipherSuites: ['TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', 'TLS_AES_128_GCM_SHA256'],
    })
  })

  it('may be custom and leave either open', () => {
    expect(profileOf({ type: 'Custom', custom: {} })).toEqual({ minVersion: '', cipherSuites: [] })
  })

  it('never keeps the registry from starting', () => {
    const custom = { minTLSVersion: 'VersionTLS99' }
    expect(profileOf({ type: 'Custom', custom })?.minVersion).toBe('VersionTLS12')
    OLD.forEach((name) => expect(CIPHER_SUITES).toContain(name))
  })

  it('is none on plain Kubernetes', () => {
    expect(tlsProfile(foreignReadings([apiServer({ type: 'Old' })]), 'Kubernetes')).toBeUndefined()
  })
})
