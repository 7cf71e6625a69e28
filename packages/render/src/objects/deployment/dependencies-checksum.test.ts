import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { Bundle, ClusterFacts } from '../../model'
import { names } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someContent, someFacts } from '../../testing/some-facts'
import { dependenciesChecksum } from './dependencies-checksum'
import { anS3Bucket } from '../../testing/some-storage'
import { filesystem } from '../storage/filesystem'
import { storageContribution } from '../storage/storage-contribution'

const servingCertificate = someContent('Secret', names.SERVING_CERTIFICATE_SECRET, { a: '1' })

const bundle = (name: string, data: Bundle['data'], namespace = names.REGISTRY_NAMESPACE) => ({
  namespace,
  name,
  data,
  binaryData: {},
})

const serviceCa = bundle(names.SERVICE_CA_CONFIG_MAP, { 'service-ca.crt': 'ca' })
const live = (data: Bundle['data']) => bundle(names.CERTIFICATES_CONFIG_MAP, data)

const checksum = (changes: Partial<ClusterFacts>): string =>
  dependenciesChecksum(
    aConfig(),
    someFacts({ contents: [servingCertificate], ...changes }),
    filesystem({ emptyDir: {} }),
  )

const trusting = (name: string): Partial<ClusterFacts> => ({
  imageConfig: { ...someFacts().imageConfig, additionalTrustedCa: name },
})

describe('the authorities that the pods trust', () => {
  it('count as they will be: writing them changes nothing', () => {
    const wanted = {
      'image-registry.openshift-image-registry.svc..5000': 'ca',
      'image-registry.openshift-image-registry.svc.cluster.local..5000': 'ca',
    }
    const before = checksum({ bundles: [serviceCa, live({ old: 'x' })] })
    expect(checksum({ bundles: [serviceCa, live(wanted)] })).toBe(before)
    expect(checksum({ bundles: [serviceCa] })).toBe(before)
    expect(checksum({ bundles: [] })).not.toBe(before)
  })

  it('count as they are while they cannot be said', () => {
    const mine = bundle('mine', { 'foo.example.com': 'foo' }, names.CONFIG_NAMESPACE)
    const known = checksum({ ...trusting('mine'), bundles: [mine] })
    const gone = checksum({ ...trusting('mine'), bundles: [live(mine.data)] })
    expect(gone).toBe(known)
    expect(checksum({ ...trusting('mine'), bundles: [] })).not.toBe(known)
  })

  it('count with what people have put beside ours on plain Kubernetes', () => {
    const platform = 'Kubernetes'
    const before = checksum({ platform, bundles: [live({})] })
    expect(checksum({ platform, bundles: [live({ theirs: 'x' })] })).not.toBe(before)
    expect(checksum({ platform, bundles: [] })).toBe(before)
  })
})

describe('while there is no serving certificate', () => {
  it('nothing counts: no pod can start', () => {
    const trusted = someContent('ConfigMap', names.TRUSTED_CA_CONFIG_MAP, { a: '1' })
    const nothing = checksum({ contents: [] })
    expect(checksum({ contents: [trusted], bundles: [serviceCa] })).toBe(nothing)
    expect(checksum({})).not.toBe(nothing)
  })
})

describe('the credentials of the storage', () => {
  const userKeys = (id: string) =>
    someContent('Secret', names.USER_CREDENTIALS_SECRET, {
      REGISTRY_STORAGE_S3_ACCESSKEY: id,
      REGISTRY_STORAGE_S3_SECRETKEY: 'key',
    })
  const signer = (text: string) => someContent('Secret', 'signer', { 'key.pem': text })
  const storage = anS3Bucket({
    cloudFront: {
      baseUrl: 'https://cdn.example.com',
      keypairId: 'keypair',
      privateKey: { secret: 'signer', key: 'key.pem' },
      durationNs: 0n,
    },
  })

  const withKeys = (id: string, pem: string): string => {
    const config = aConfig({ storage })
    const facts = someFacts({ contents: [servingCertificate, userKeys(id), signer(pem)] })
    const found = storageContribution(config, facts)
    if (E.isLeft(found)) throw new Error(found.left._tag)
    return dependenciesChecksum(config, facts, found.right)
  }

  it('restart the pods when they change, and only then', () => {
    expect(withKeys('a', 'pem')).toBe(withKeys('a', 'pem'))
    expect(new Set([withKeys('a', 'pem'), withKeys('b', 'pem'), withKeys('a', 'other')]).size).toBe(
      3,
    )
  })
})
