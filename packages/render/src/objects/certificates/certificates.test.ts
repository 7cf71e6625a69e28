import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { Bundle, ClusterFacts, Config, DecodeError, JsonObject, Wishes } from '../../model'
import { names } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someFacts } from '../../testing/some-facts'
import { certificates } from './certificates'
import { storageTrust } from './storage-trust'

const NO_PRUNER = E.left({ _tag: 'NoPruner' as const })

const wishing = (changes: Partial<Config> = {}): Wishes => ({
  config: E.right(aConfig(changes)),
  pruner: NO_PRUNER,
})

const refused = (error: DecodeError): Wishes => ({ config: E.left(error), pruner: NO_PRUNER })

const bundle = (
  namespace: string,
  name: string,
  data: Bundle['data'],
  binaryData: Bundle['binaryData'] = {},
): Bundle => ({ namespace, name, data, binaryData })

const SERVICE_CA = bundle(names.REGISTRY_NAMESPACE, 'serviceca', { 'service-ca.crt': 'service ca' })
const HOST = 'image-registry.openshift-image-registry.svc..5000'
const LONG_HOST = 'image-registry.openshift-image-registry.svc.cluster.local..5000'
const OWN = { [HOST]: 'service ca', [LONG_HOST]: 'service ca' }

/** Either what a ConfigMap holds, or why it is withheld, by name. */
const saidOf = (wishes: Wishes, facts: Partial<ClusterFacts>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    certificates(wishes, someFacts(facts)).map((one): readonly [string, unknown] => {
      if (E.isLeft(one)) return [one.left.ref.name, one.left.problem]
      const { metadata, data = {}, binaryData = {} } = one.right.object
      return [metadata.name, { data, binaryData }]
    }),
  )

const trusting = (name: string): Pick<ClusterFacts, 'imageConfig'> => ({
  imageConfig: { ...someFacts().imageConfig, additionalTrustedCa: name },
})

const both = (data: JsonObject) => ({
  'image-registry-certificates': { data, binaryData: {} },
  'image-registry-ca': { data, binaryData: {} },
})

describe('the bundles of authorities', () => {
  it('say whose they are, and are put back whenever they differ', () => {
    const all = certificates(wishing(), someFacts({ bundles: [SERVICE_CA] }))
    expect(all).toMatchObject(
      [
        { name: 'image-registry-certificates', namespace: 'openshift-image-registry' },
        { name: 'image-registry-ca', namespace: 'openshift-config-managed' },
      ].map((identity) =>
        E.right({
          mode: 'converge',
          object: {
            kind: 'ConfigMap',
            metadata: {
              ...identity,
              annotations: {
                'openshift.io/owning-component': 'Image Registry',
                [names.CHECKSUM_ANNOTATION]: expect.stringMatching(/^sha256:/) as unknown,
              },
            },
          },
        }),
      ),
    )
  })

  it('exist even where nobody is to be trusted: the pods do not start without theirs', () => {
    const bundles = [bundle(names.REGISTRY_NAMESPACE, 'serviceca', {})]
    expect(saidOf(wishing(), { bundles })).toEqual(both({}))
  })

  it('are not said before somebody has been asked for the authority of the registry', () => {
    expect(saidOf(wishing(), { bundles: [] })).toEqual({})
    const infrastructure = E.left({ _tag: 'InfrastructureMissing' as const })
    expect(saidOf(wishing(), { bundles: [], infrastructure })).toEqual(both({}))
  })

  it('are only that of the pods on plain Kubernetes', () => {
    expect(Object.keys(saidOf(wishing(), { platform: 'Kubernetes' }))).toEqual([
      'image-registry-certificates',
    ])
  })
})

describe('whom to trust as the registry', () => {
  const bundles = [SERVICE_CA]

  it('is told for both names of the Service, even before there is one', () => {
    expect(saidOf(wishing(), { bundles })).toEqual(both(OWN))
  })

  it('is told for the port that the Service of an unmanaged registry has', () => {
    const unmanaged = wishing({ managementState: 'Unmanaged' })
    expect(saidOf(unmanaged, { bundles, servicePort: 443 })).toEqual(
      both({
        'image-registry.openshift-image-registry.svc': 'service ca',
        'image-registry.openshift-image-registry.svc.cluster.local': 'service ca',
      }),
    )
    expect(saidOf(unmanaged, { bundles })).toEqual(both({}))
  })

  it('is not told of a registry that is removed', () => {
    const removed = wishing({ managementState: 'Removed' })
    expect(saidOf(removed, { bundles, servicePort: 5000 })).toEqual(both({}))
  })

  it('is not known while the authority has not been filled in', () => {
    const empty = bundle(names.REGISTRY_NAMESPACE, 'serviceca', {})
    expect(saidOf(wishing(), { bundles: [empty] })).toEqual(both({}))
  })

  it('does not depend on a Config', () => {
    const facts = { bundles, servicePort: 5000 }
    expect(saidOf(refused({ _tag: 'NoConfig' }), facts)).toEqual(both(OWN))
    expect(saidOf(refused({ _tag: 'StorageNotConfigured' }), facts)).toEqual(both(OWN))
  })
})

describe('whom the user trusts', () => {
  const mine = bundle(
    'openshift-config',
    'mine',
    { 'foo.example.com': 'foo', 'bar.example.com..5000': 'bar' },
    { 'bytes.example.com': 'AAEC' },
  )

  it('is trusted by the registry and the nodes, beside the registry itself', () => {
    expect(saidOf(wishing(), { ...trusting('mine'), bundles: [mine, SERVICE_CA] })).toEqual({
      'image-registry-certificates': {
        data: { ...OWN, 'foo.example.com': 'foo', 'bar.example.com..5000': 'bar' },
        binaryData: { 'bytes.example.com': 'AAEC' },
      },
      'image-registry-ca': { data: OWN, binaryData: {} },
    })
  })

  it('counts more than what we know of ourselves', () => {
    const other = bundle('openshift-config', 'mine', { [HOST]: 'other' }, { [LONG_HOST]: 'AAEC' })
    expect(saidOf(wishing(), { ...trusting('mine'), bundles: [other, SERVICE_CA] })).toMatchObject({
      'image-registry-certificates': {
        data: { [HOST]: 'other' },
        binaryData: { [LONG_HOST]: 'AAEC' },
      },
      'image-registry-ca': { data: OWN },
    })
  })

  it('leaves what is live alone while the ConfigMap is missing, and only there', () => {
    expect(saidOf(wishing(), { ...trusting('mine'), bundles: [SERVICE_CA] })).toEqual({
      'image-registry-certificates': {
        _tag: 'ConfigMapMissing',
        namespace: 'openshift-config',
        name: 'mine',
      },
      'image-registry-ca': { data: OWN, binaryData: {} },
    })
  })
})

describe('whom to trust as the storage', () => {
  it('is left as it is while the Config cannot be read', () => {
    const invalid: DecodeError = {
      _tag: 'InvalidConfig',
      problems: [{ path: 'spec', message: 'm', remedy: '' }],
    }
    const live = (data: Bundle['data']) => ({
      servicePort: 5000,
      bundles: [bundle(names.REGISTRY_NAMESPACE, 'image-registry-certificates', data), SERVICE_CA],
    })
    expect(saidOf(refused(invalid), live({ 'storage-ca-bundle.pem': 'storage ca' }))).toEqual({})
    expect(saidOf(refused(invalid), live({}))).toEqual(both(OWN))
  })

  it.each([{}, { disableRedirect: true }])(
    'is nobody where images are on a volume: %o',
    (changes) => {
      expect(storageTrust(wishing(changes), someFacts())).toEqual(
        E.right({ authorities: '', forClients: '' }),
      )
    },
  )
})
