import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { Bundle, Storage } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someContent, someFacts } from '../../testing/some-facts'
import {
  aGcsBucket,
  anAzureContainer,
  anIbmBucket,
  anS3Bucket,
  aSwiftContainer,
} from '../../testing/some-storage'
import { storageAuthorities } from './storage-authorities'

const bundle = (namespace: string, name: string, data: Bundle['data']): Bundle => ({
  namespace,
  name,
  data,
  binaryData: {},
})

const bundles = [
  bundle('openshift-config', 'mine', { 'ca-bundle.crt': 'mine' }),
  bundle('openshift-config', 'other', { 'ca-bundle.pem': 'other' }),
  bundle('openshift-config', 'cloud-provider-config', { 'ca-bundle.pem': 'provider' }),
  bundle('openshift-config-managed', 'kube-cloud-config', { 'ca-bundle.pem': 'cloud' }),
]

const trusted = (storage: Storage, found: ReadonlyArray<Bundle> = bundles) =>
  storageAuthorities(aConfig({ storage }), someFacts({ bundles: found }))

describe('whom to trust as the storage', () => {
  it.each<readonly [Storage, string]>([
    [anS3Bucket({ trustedCa: 'mine' }), 'mine'],
    [anS3Bucket(), 'cloud'],
    [aSwiftContainer(), 'provider'],
    [aGcsBucket(), ''],
    [anAzureContainer(), ''],
    [anIbmBucket(), ''],
    [{ _tag: 'EmptyDir' }, ''],
  ])('of %j is %j', (storage, expected) => {
    expect(trusted(storage)).toEqual(E.right(expected))
  })

  it('of Swift is whoever stands beside the credentials of the cluster, before anybody else', () => {
    const trustedWith = (pem: string) =>
      storageAuthorities(
        aConfig({ storage: aSwiftContainer() }),
        someFacts({
          bundles,
          contents: [
            {
              ...someContent('Secret', 'installer-cloud-credentials', { cacert: pem }),
              readings: { cacert: { _tag: 'Certificates', pem } },
            },
          ],
        }),
      )
    expect(trustedWith('minted')).toEqual(E.right('minted'))
    expect(trustedWith('')).toEqual(E.right('provider'))
  })

  it('is nobody where the cluster names nobody', () => {
    expect(trusted(anS3Bucket(), [])).toEqual(E.right(''))
    expect(trusted(aSwiftContainer(), [])).toEqual(E.right(''))
  })

  it('cannot be said without the ConfigMap that the Config names, or its entry', () => {
    expect(trusted(anS3Bucket({ trustedCa: 'none' }))).toEqual(
      E.left({ _tag: 'ConfigMapMissing', namespace: 'openshift-config', name: 'none' }),
    )
    expect(trusted(anS3Bucket({ trustedCa: 'other' }))).toEqual(
      E.left({
        _tag: 'ConfigMapEntryMissing',
        namespace: 'openshift-config',
        name: 'other',
        key: 'ca-bundle.crt',
      }),
    )
  })
})
