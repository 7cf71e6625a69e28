import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type Json, type KubeObject, names } from '../../model'
import { someFacts } from '../../testing/some-facts'
import { certificateReadings } from './certificate-readings'
import { certificateIssuer, certificateProblems } from './certificate-wishes'
import { decode } from '../decode'

const inOurs = (
  apiVersion: string,
  kind: string,
  name: string,
  annotations: { readonly [key: string]: string } = {},
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: names.REGISTRY_NAMESPACE, annotations },
})

const factsOf = (...objects: ReadonlyArray<KubeObject>) =>
  decode(objects, someFacts().release).facts

const MARK = { [names.OWNERSHIP_ANNOTATION]: 'true' }

describe('what shows of the registry’s certificate', () => {
  it('is nothing where there is nothing', () => {
    expect(factsOf().certificates).toEqual({ foreignRequest: false })
  })

  it('is whose a Secret is, by our mark alone, and how often it was issued', () => {
    const managedFields = [{ manager: names.FIELD_MANAGER, operation: 'Apply', fieldsV1: {} }]
    const own = inOurs('v1', 'Secret', names.SIGNER_SECRET, {
      ...MARK,
      [names.ISSUE_ANNOTATION]: '3',
    })
    const theirs = inOurs('v1', 'Secret', names.SERVING_CERTIFICATE_SECRET, {
      [names.ISSUE_ANNOTATION]: 'often',
    })
    const held = { ...theirs, metadata: { ...theirs.metadata, managedFields } }
    expect(factsOf(own, held).certificates).toEqual({
      signer: { ours: true, issue: 3 },
      serving: { ours: false, issue: 0 },
      foreignRequest: false,
    })
  })

  it('is whether somebody else asks cert-manager for it', () => {
    const request = inOurs('cert-manager.io/v1', 'Certificate', names.SERVING_CERTIFICATE_SECRET)
    expect(factsOf(request).certificates.foreignRequest).toBe(true)
    const managedFields = [{ manager: names.FIELD_MANAGER, operation: 'Apply', fieldsV1: {} }]
    const ours = { ...request, metadata: { ...request.metadata, managedFields } }
    expect(factsOf(ours).certificates.foreignRequest).toBe(false)
    const made = inOurs('v1', 'Secret', names.SERVING_CERTIFICATE_SECRET, {
      'cert-manager.io/certificate-name': names.SERVING_CERTIFICATE_SECRET,
    })
    expect(factsOf(ours, made).certificates.serving?.ours).toBe(true)
    expect(factsOf(request, made).certificates.serving?.ours).toBe(false)
  })
})

describe('when and where', () => {
  const moment = (time: unknown) => ({
    apiVersion: names.SEEN_API_VERSION,
    kind: 'Moment',
    metadata: { name: 'now' },
    time,
  })

  it('the cluster was looked at stands in the snapshot', () => {
    const at = (time: unknown) => decode([moment(time)], someFacts().release).facts.now
    expect(at('2026-01-01T00:00:00Z')).toBe('2026-01-01T00:00:00Z')
    for (const time of ['soon', 7, undefined]) expect(at(time)).toBeUndefined()
  })

  it('the Service is, is told by its addresses', () => {
    const at = (clusterIPs: Json) =>
      factsOf({ ...inOurs('v1', 'Service', names.REGISTRY_NAME), spec: { clusterIPs } })
        .serviceAddresses
    expect(at(['10.0.0.7', 'fd00::7', 'None', 7])).toEqual(['10.0.0.7', 'fd00::7'])
    expect(at('10.0.0.7')).toEqual([])
    expect(factsOf(inOurs('v1', 'Service', names.REGISTRY_NAME)).serviceAddresses).toEqual([])
  })
})

describe('which issuer people want', () => {
  const config = (issuer: string): KubeObject => ({
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: { name: 'cluster', annotations: { [names.CERTIFICATE_ISSUER_ANNOTATION]: issuer } },
  })
  const problems = (issuer: string, platform: 'OpenShift' | 'Kubernetes' = 'Kubernetes') =>
    certificateProblems({ subject: config(issuer), facts: someFacts({ platform }) })

  it('is said by its kind and name', () => {
    expect(certificateIssuer(config('ClusterIssuer/a.b'))).toEqual({
      kind: 'ClusterIssuer',
      name: 'a.b',
    })
    expect(problems('Issuer/a')).toEqual([])
    expect(problems('')).toEqual([])
  })

  it.each(['a', 'Issuer', 'Issuer/', 'Issuer/A_', 'Issuer/a/b', 'AWSPCAIssuer/a'])(
    'cannot be %j',
    (issuer) => {
      expect(certificateIssuer(config(issuer))).toBeUndefined()
      expect(problems(issuer)).toMatchObject([
        { path: 'metadata.annotations["imageregistry.operator.openshift.io/certificate-issuer"]' },
      ])
      expect(problems(issuer, 'OpenShift')).toEqual([])
    },
  )
})

describe('what is read of a Secret with a certificate', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n'
  const life = { notBefore: 'a', notAfter: 'b', names: ['c'] }
  const read = certificateReadings((text, key) =>
    text.includes('BEGIN') ? E.right({ ...life, fits: key === 'canary' }) : E.left('is none'),
  )

  it('is the certificate, its authority, and whether the key fits, but not the key', () => {
    const said = read({ 'tls.crt': `canary ${pem}`, 'ca.crt': `${pem}canary`, 'tls.key': 'canary' })
    expect(said).toEqual({
      'ca.crt': { _tag: 'Certificates', pem },
      'tls.crt': { _tag: 'Certificate', pem, ...life, fits: true },
    })
    expect(read({ 'tls.crt': pem })['tls.crt']).toMatchObject({ fits: false })
  })

  it('is why it cannot be read, or nothing', () => {
    expect(read({ 'tls.crt': 'canary' })).toEqual({
      'tls.crt': { _tag: 'Unreadable', problem: 'is none' },
    })
    expect(read({ 'tls.crt': '', 'tls.key': 'canary' })).toEqual({})
  })
})
