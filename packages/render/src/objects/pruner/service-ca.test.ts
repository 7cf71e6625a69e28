import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { someFacts } from '../../testing/some-facts'
import { serviceCa } from './service-ca'

describe('the authority of the service CA', () => {
  it('is asked for, and nothing is said of its data', () => {
    const objects = serviceCa(someFacts()).map(E.map(({ object }) => object))
    expect(objects).toEqual([
      E.right({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'serviceca',
          namespace: 'openshift-image-registry',
          annotations: { 'service.beta.openshift.io/inject-cabundle': 'true' },
        },
      }),
    ])
  })

  it('is not asked for on plain Kubernetes, which has none', () => {
    expect(serviceCa(someFacts({ platform: 'Kubernetes' }))).toEqual([])
  })
})
