import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import {
  type ClusterFacts,
  type Config,
  type ContentDigests,
  type CredentialReading,
  type IssuedValue,
  isJsonObject,
  type JsonObject,
  names,
  refOf,
  showRef,
} from '../../model'
import { plan } from '../../plan/plan'
import { aConfig } from '../../testing/a-config'
import { anObservation } from '../../testing/live-objects'
import { applied } from '../../testing/server-side-apply'
import { someContent, someFacts } from '../../testing/some-facts'
import { awaitedCertificate, servingCertificate } from './serving-certificate'

const NOW = '2026-01-01T00:00:00Z'

const PEM = '-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n'

const reading = (notBefore: string, notAfter: string, fits = true): CredentialReading => ({
  ...{ _tag: 'Certificate', pem: PEM, names: [], notBefore, notAfter, fits },
})

const FRESH = reading('2025-12-31T00:00:00Z', '2026-03-31T00:00:00Z')
const OLD = reading('2025-10-31T00:00:00Z', '2026-01-29T00:00:00Z')

const secret = (
  name: string,
  seen: ContentDigests['readings'] = {},
  texts: { readonly [key: string]: string } = { 'tls.crt': `crt of ${name}`, 'tls.key': 'key' },
): ContentDigests => ({ ...someContent('Secret', name, texts), readings: seen })

const signer = (seen: CredentialReading = FRESH, key = 'key'): ContentDigests =>
  secret(names.SIGNER_SECRET, { 'tls.crt': seen }, { 'tls.crt': 'ca', 'tls.key': key })

const serving = (seen: ContentDigests['readings'] = { 'tls.crt': FRESH }): ContentDigests =>
  secret(names.SERVING_CERTIFICATE_SECRET, seen)

const kubernetes = (changes: Partial<ClusterFacts> = {}): ClusterFacts =>
  someFacts({
    platform: 'Kubernetes',
    infrastructure: E.left({ _tag: 'InfrastructureMissing' }),
    servedGroups: ['', 'apps'],
    contents: [],
    now: NOW,
    servicePort: 5000,
    serviceAddresses: ['10.0.0.7'],
    ...changes,
  })

const WITH_CERT_MANAGER = { servedGroups: ['', 'apps', names.CERT_MANAGER_GROUP] }

const issued = (issue: number) => ({ ours: true, issue })

/** A registry whose authority and certificate were issued that often. */
const running = (changes: Partial<ClusterFacts> = {}): ClusterFacts =>
  kubernetes({
    contents: [signer(), serving()],
    certificates: { signer: issued(1), serving: issued(1), foreignRequest: false },
    ...changes,
  })

const desired = (facts: ClusterFacts, config: Config = aConfig()) =>
  servingCertificate(config, facts).flatMap((one) => (E.isRight(one) ? [one.right] : []))

const shown = (facts: ClusterFacts, config: Config = aConfig()): ReadonlyArray<string> =>
  servingCertificate(config, facts).map((one) =>
    E.isRight(one)
      ? showRef(refOf(one.right.object))
      : `${one.left.problem._tag}: ${showRef(one.left.ref)}`,
  )

const named = (facts: ClusterFacts, name: string, config: Config = aConfig()) => {
  const found = desired(facts, config).find(({ object }) => object.metadata.name === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}

const issuesIn = (facts: ClusterFacts, name: string): ReadonlyArray<IssuedValue> =>
  named(facts, name).fills.flatMap(({ source }) => (source._tag === 'Issued' ? [source] : []))

const dataOf = ({ object }: ReturnType<typeof named>): JsonObject =>
  isJsonObject(object['data']) ? object['data'] : {}

const specOf = (facts: ClusterFacts, name: string, config: Config = aConfig()): unknown =>
  desired(facts, config).find(
    ({ object }) => object.kind === 'Certificate' && object.metadata.name === name,
  )?.object['spec']

const SIGNER = 'Secret openshift-image-registry/image-registry-signer'
const SERVING = 'Secret openshift-image-registry/image-registry-tls'
const TRUST = 'ConfigMap openshift-image-registry/image-registry-serving-ca'

describe('the serving certificate', () => {
  it('is not ours to make on OpenShift', () => {
    expect(shown(someFacts())).toEqual([])
  })

  it('is waited for until OpenShift has made it', () => {
    expect(awaitedCertificate(aConfig(), someFacts({ contents: [] }))).toEqual(
      O.some({
        _tag: 'CertificateAwaited',
        namespace: 'openshift-image-registry',
        name: 'image-registry-tls',
      }),
    )
    expect(awaitedCertificate(aConfig(), someFacts({ contents: [serving()] }))).toEqual(O.none)
  })

  it('is awaited of whoever makes it', () => {
    const maker = (facts: ClusterFacts) => {
      const awaited = awaitedCertificate(aConfig(), facts)
      return O.isSome(awaited) && 'maker' in awaited.value ? awaited.value.maker : undefined
    }
    expect(maker(kubernetes())).toBe('the operator')
    expect(maker(kubernetes(WITH_CERT_MANAGER))).toBe('cert-manager')
    expect(maker(running())).toBeUndefined()
  })

  it('is not missed where nothing is known of the cluster', () => {
    const infrastructure = E.left({ _tag: 'InfrastructureMissing' as const })
    expect(awaitedCertificate(aConfig(), someFacts({ contents: [], infrastructure }))).toEqual(
      O.none,
    )
    const { now: _, ...timeless } = kubernetes()
    expect(awaitedCertificate(aConfig(), timeless)).toEqual(O.none)
  })
})

describe('a certificate of our own', () => {
  it('comes after its authority, and after the Service that it is for', () => {
    expect(shown(kubernetes())).toEqual([SIGNER])
    expect(shown(kubernetes({ contents: [signer()] }))).toEqual([SIGNER, SERVING])
    const { servicePort: _, ...early } = kubernetes({ contents: [signer()] })
    expect(shown(early)).toEqual([SIGNER])
  })

  it('is for every name and address that the registry is reached at, in whatever order they are said', () => {
    const routes = [
      { name: 'a', hostname: 'Z.example.com', secretName: '' },
      { name: 'b', hostname: 'a.example.com', secretName: '' },
      { name: 'c', hostname: '', secretName: '' },
      { name: 'd', hostname: 'no name', secretName: '' },
      { name: 'e', hostname: '192.0.2.1', secretName: '' },
    ]
    const facts = running({
      serviceAddresses: ['10.0.0.7', 'fd00::7'],
      routeHosts: [{ route: 'f', host: 'a.example.com' }],
    })
    const of = (config: Config) => named(facts, names.SERVING_CERTIFICATE_SECRET, config)
    const { source } = of(aConfig({ routes })).fills[1] ?? {}
    expect(source).toMatchObject({
      request: {
        commonName: 'image-registry.openshift-image-registry.svc',
        names: [
          'image-registry.openshift-image-registry.svc',
          'image-registry.openshift-image-registry.svc.cluster.local',
          'image-registry.openshift-image-registry',
          'localhost',
          'a.example.com',
          'z.example.com',
          '10.0.0.7',
          'fd00::7',
          '127.0.0.1',
          '192.0.2.1',
        ],
        days: 90,
        issue: 1,
      },
    })
    expect(of(aConfig({ routes: [...routes].reverse() }))).toEqual(of(aConfig({ routes })))
  })

  it('is renewed, and the authority for the key that it has, when a third of its life is left', () => {
    const contents = [signer(OLD), serving({ 'tls.crt': OLD })]
    const due = running({ contents })
    const before = running({ contents, now: '2025-12-29T00:00:00Z' })
    const { now: _, ...timeless } = due
    const issue = (facts: ClusterFacts, name: string) =>
      issuesIn(facts, name).map(({ request }) => request.issue)
    expect(issue(due, names.SERVING_CERTIFICATE_SECRET)).toEqual([2, 2])
    expect(issue(before, names.SERVING_CERTIFICATE_SECRET)).toEqual([1, 1])
    expect(issue(timeless, names.SERVING_CERTIFICATE_SECRET)).toEqual([1, 1])
    const [renewed, ...others] = issuesIn(due, names.SIGNER_SECRET)
    expect(others).toEqual([])
    expect(renewed).toMatchObject({
      part: 'certificate',
      request: { issue: 2, names: [], days: 3650 },
      key: { path: ['data', 'tls.key'], digest: signer().entries['tls.key'] },
    })
  })

  it('is another one when its names change, or the key of its authority, and no other when that is renewed', () => {
    const part = (facts: ClusterFacts) =>
      dataOf(named(facts, names.SERVING_CERTIFICATE_SECRET))['tls.crt']
    const usual = part(running())
    expect(part(running({ serviceAddresses: ['10.0.0.8'] }))).not.toBe(usual)
    expect(part(running({ contents: [signer(FRESH, 'another'), serving()] }))).not.toBe(usual)
    const renewed = secret(
      names.SIGNER_SECRET,
      { 'tls.crt': FRESH },
      { 'tls.crt': 'another', 'tls.key': 'key' },
    )
    expect(part(running({ contents: [renewed, serving()] }))).toBe(usual)
  })

  it('has a new authority where the key is gone, or not the one of its certificate', () => {
    const broken = [
      signer(reading('2025-12-31T00:00:00Z', '2026-03-31T00:00:00Z', false)),
      signer({ _tag: 'Unreadable', problem: 'is no certificate' }),
      secret(names.SIGNER_SECRET, {}, { 'tls.crt': 'ca' }),
    ]
    for (const one of broken) {
      const facts = running({ contents: [one] })
      expect(shown(facts)).toEqual([SIGNER])
      expect(issuesIn(facts, names.SIGNER_SECRET).map(({ part }) => part)).toEqual([
        'certificate',
        'key',
      ])
    }
  })

  it('has an authority of the user’s where there is one, which is not written', () => {
    const certificates = { signer: { ours: false, issue: 0 }, foreignRequest: false }
    expect(shown(kubernetes({ certificates, contents: [signer()] }))).toEqual([SERVING])
  })

  it('has the same checksum of its authority before and after the key has come into being', () => {
    const checksum = (facts: ClusterFacts) =>
      named(facts, names.SIGNER_SECRET).object.metadata.annotations?.[names.CHECKSUM_ANNOTATION]
    expect(checksum(kubernetes())).toBe(checksum(kubernetes({ contents: [signer()] })))
  })

  it('is issued once for one request', () => {
    fc.assert(
      fc.property(
        fc.record({
          issue: fc.integer({ min: 1, max: 5 }),
          serviceAddresses: fc.subarray(['10.0.0.7', 'fd00::7']),
          seen: fc.constantFrom(FRESH, OLD),
          now: fc.constantFrom(NOW, '2025-12-01T00:00:00Z'),
        }),
        ({ issue, seen, ...changes }) => {
          const facts = running({
            contents: [signer(seen), serving({ 'tls.crt': seen })],
            certificates: {
              ...{ signer: issued(issue), serving: issued(issue), foreignRequest: false },
            },
            ...changes,
          })
          const wanted = desired(facts)
          // What was issued stands where the digests of the requests stood.
          const live = wanted.map(({ object, fills }) =>
            fills.reduce(
              (one, { path: [, key = ''], source }) =>
                source._tag === 'Issued'
                  ? { ...one, data: { ...(one['data'] as JsonObject), [key]: `new ${key}` } }
                  : one,
              applied(object),
            ),
          )
          expect(plan({ objects: wanted, withheld: [] }, anObservation(live))).toEqual([])
        },
      ),
    )
  })
})

describe('a certificate of cert-manager', () => {
  const facts = kubernetes(WITH_CERT_MANAGER)

  it('is asked for with an authority of its own, and marked as ours', () => {
    expect(shown(facts)).toEqual([
      'Issuer openshift-image-registry/image-registry-selfsigned',
      'Certificate openshift-image-registry/image-registry-signer',
      'Issuer openshift-image-registry/image-registry-signer',
      'Certificate openshift-image-registry/image-registry-tls',
    ])
    expect(specOf(facts, names.SERVING_CERTIFICATE_SECRET)).toMatchObject({
      secretName: 'image-registry-tls',
      secretTemplate: { annotations: { [names.OWNERSHIP_ANNOTATION]: 'true' } },
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'image-registry-signer' },
      privateKey: { rotationPolicy: 'Always' },
      ipAddresses: ['10.0.0.7', '127.0.0.1'],
    })
    expect(specOf(facts, names.SIGNER_SECRET)).toMatchObject({
      isCA: true,
      privateKey: { rotationPolicy: 'Never' },
    })
  })

  it('is signed by whom the user names', () => {
    const certificateIssuer = { kind: 'ClusterIssuer' as const, name: 'corporate' }
    const config = aConfig({ certificateIssuer })
    expect(shown(facts, config)).toEqual([
      'Certificate openshift-image-registry/image-registry-tls',
    ])
    expect(specOf(facts, names.SERVING_CERTIFICATE_SECRET, config)).toMatchObject({
      issuerRef: { kind: 'ClusterIssuer', name: 'corporate' },
    })
    expect(shown(kubernetes(), config)).toEqual([
      'ApiNotServed: Certificate openshift-image-registry/image-registry-tls',
    ])
  })

  it('waits for the addresses of the Service, where somebody looks at the cluster', () => {
    const { servicePort: _, serviceAddresses: __, ...early } = facts
    expect(shown({ ...early, serviceAddresses: [] }).at(-1)).toBe(
      'CertificateAwaited: Certificate openshift-image-registry/image-registry-tls',
    )
    const { now: ___, ...offline } = early
    expect(
      specOf({ ...offline, serviceAddresses: [] }, names.SERVING_CERTIFICATE_SECRET),
    ).toMatchObject({ ipAddresses: ['127.0.0.1'] })
  })

  it('is signed by an authority of the user’s where there is one', () => {
    const certificates = { signer: { ours: false, issue: 0 }, foreignRequest: false }
    expect(shown({ ...facts, certificates })).toEqual([
      'Issuer openshift-image-registry/image-registry-signer',
      'Certificate openshift-image-registry/image-registry-tls',
    ])
  })
})

describe('a certificate of the user’s', () => {
  const certificates = { serving: { ours: false, issue: 0 }, foreignRequest: false }

  it('is used as it is', () => {
    for (const served of [{}, WITH_CERT_MANAGER]) {
      const facts = kubernetes({ ...served, certificates, contents: [serving()] })
      expect(shown(facts)).toEqual([TRUST])
      expect(awaitedCertificate(aConfig(), facts)).toEqual(O.none)
    }
  })

  it('may come from cert-manager, and is awaited then', () => {
    const facts = kubernetes({ ...WITH_CERT_MANAGER, certificates: { foreignRequest: true } })
    expect(shown(facts)).toEqual([])
    expect(O.isSome(awaitedCertificate(aConfig(), facts))).toBe(true)
  })
})

describe('whom clients have to trust', () => {
  const said = (contents: ReadonlyArray<ContentDigests>): JsonObject | undefined => {
    const found = desired(running({ contents })).find(({ object }) => object.kind === 'ConfigMap')
    return found === undefined ? undefined : dataOf(found)
  }
  const trusted = (contents: ReadonlyArray<ContentDigests>): unknown => said(contents)?.['ca.crt']

  it('is the authority beside the certificate, or the certificate where there is none', () => {
    const authority: CredentialReading = { _tag: 'Certificates', pem: 'authority' }
    expect(trusted([serving({ 'tls.crt': FRESH, 'ca.crt': authority })])).toBe('authority')
    expect(trusted([serving()])).toBe(PEM)
  })

  it('comes with where nodes reach the registry', () => {
    expect(said([serving()])).toEqual({
      'ca.crt': PEM,
      hosts: expect.stringContaining('.svc:5000=https://10.0.0.7:5000\n') as string,
    })
  })

  it('is not said where nobody has read the Secret, or cannot', () => {
    expect(trusted([serving({})])).toBeUndefined()
    expect(
      trusted([serving({ 'tls.crt': { _tag: 'Unreadable', problem: 'is none' } })]),
    ).toBeUndefined()
    const empty: CredentialReading = { _tag: 'Certificates', pem: '' }
    const entries = { 'tls.crt': 'a', 'ca.crt': 'b' }
    const seen = { 'tls.crt': FRESH, 'ca.crt': empty }
    expect(trusted([secret(names.SERVING_CERTIFICATE_SECRET, seen, entries)])).toBeUndefined()
  })
})
