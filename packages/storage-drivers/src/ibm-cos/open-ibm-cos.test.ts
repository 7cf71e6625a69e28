import type { StorageTarget } from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'

import { ibmCosUnderTest } from '../testing/ibm-cos-under-test'

const target: StorageTarget = {
  backend: 'IbmCos',
  place: 'ibmcos/b',
  connection: {
    _tag: 'IbmCos',
    location: 'us-south',
    cosEndpoint: 'http://127.0.0.1:1',
    iamEndpoint: 'http://127.0.0.1:1',
    resourceControllerEndpoint: 'http://127.0.0.1:1',
    resourceManagerEndpoint: 'http://127.0.0.1:1',
    resourceGroup: 'g',
    serviceInstanceCrn: '',
    resourceKeyCrn: '',
  },
  credentials: { form: 'api-key', values: {} },
  authorities: { pem: '', isOnly: false },
  proxy: { http: '', https: '', noProxy: '' },
  parts: [],
}

type Changes = Partial<Omit<StorageTarget, 'connection'>>

const opened = (values: Readonly<Record<string, string>>, changes: Changes = {}) => {
  const { driver, calls } = ibmCosUnderTest()
  const access = { target: { ...target, ...changes }, values }
  return driver
    .observe(access, { _tag: 'Everything', counts: false })()
    .then((result) => ({ result, calls }))
}

describe('the storage of IBM is not opened', () => {
  it.each([
    ['without an API key', 'api-key', { apiKey: '' }, 'CredentialsRefused'],
    ['without HMAC keys', 'keys', { id: 'i' }, 'CredentialsRefused'],
    ['with credentials of other clouds', 'password', { password: 'p' }, 'StorageRefused'],
  ] as const)('%s, and nobody is asked', async (_name, form, values, tag) => {
    const { result, calls } = await opened(values, { credentials: { form, values: {} } })
    expect(result).toMatchObject({ _tag: 'Left', left: { _tag: tag, backend: 'IbmCos' } })
    expect(calls).toEqual([])
  })

  it('at an address that is none', async () => {
    const { driver } = ibmCosUnderTest()
    const connection = { ...target.connection, cosEndpoint: 'no address' }
    const access = { target: { ...target, connection }, values: { apiKey: 'k' } } as const
    const result = await driver.observe(access, { _tag: 'Everything', counts: false })()
    expect(result).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'StorageRefused', message: 'no address is no URL' },
    })
  })
})

describe('the storage of IBM', () => {
  it('is unseen while IAM cannot be reached, and no secret is told', async () => {
    const parts: StorageTarget['parts'] = [
      {
        kind: 'service-instance',
        name: 'c1-image-registry',
        marks: {},
        formerMarks: {},
        isGeneratedName: true,
        settings: [],
        holdsImages: false,
      },
    ]
    const { result } = await opened({ apiKey: 'very-secret' }, { parts })
    expect(result).toMatchObject({
      right: {
        sight: {
          parts: {
            'service-instance': { _tag: 'Unseen', error: { _tag: 'StorageUnreachable' } },
          },
        },
      },
    })
    expect(JSON.stringify(result)).not.toContain('very-secret')
  })
})
