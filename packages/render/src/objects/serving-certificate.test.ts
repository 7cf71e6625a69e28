import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import { names } from '../model'
import { someContent, someFacts } from '../testing/some-facts'
import { awaitedCertificate } from './serving-certificate'

const certificate = someContent('Secret', names.SERVING_CERTIFICATE_SECRET, { 'tls.crt': 'a' })

describe('the serving certificate', () => {
  it('is waited for until OpenShift has made it', () => {
    expect(awaitedCertificate(someFacts({ contents: [] }))).toEqual(
      O.some({
        _tag: 'CertificateAwaited',
        namespace: 'openshift-image-registry',
        name: 'image-registry-tls',
      }),
    )
    expect(awaitedCertificate(someFacts({ contents: [certificate] }))).toEqual(O.none)
  })

  it('is not waited for where nobody makes one', () => {
    expect(awaitedCertificate(someFacts({ contents: [], platform: 'Kubernetes' }))).toEqual(O.none)
  })

  it('is not missed where nothing is known of the cluster', () => {
    const infrastructure = E.left({ _tag: 'InfrastructureMissing' as const })
    expect(awaitedCertificate(someFacts({ contents: [], infrastructure }))).toEqual(O.none)
  })
})
