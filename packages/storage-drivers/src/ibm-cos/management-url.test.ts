import { describe, expect, it } from 'vitest'

import { managementUrl, nextPageUrl, tokenUrl } from './management-url'

describe('the address of tokens', () => {
  it.each([
    'https://iam.cloud.ibm.com',
    'https://iam.cloud.ibm.com/',
    'https://iam.cloud.ibm.com/identity/token',
  ])('is the same whether the endpoint is that of IAM or already the address: %s', (endpoint) => {
    expect(tokenUrl(endpoint).href).toBe('https://iam.cloud.ibm.com/identity/token')
  })
})

describe('an address of the management', () => {
  it.each(['https://private.example.com', 'https://private.example.com/v2/'])(
    'has the version once, whatever the endpoint says: %s',
    (endpoint) => {
      expect(managementUrl(endpoint, 'resource_groups', { name: 'a b' }).href).toBe(
        'https://private.example.com/v2/resource_groups?name=a+b',
      )
    },
  )
})

describe('the next page', () => {
  const first = new URL('https://rc.example.com/v2/resource_instances?name=a&limit=100')

  it('asks for the same as the first one, from where that has ended', () => {
    expect(nextPageUrl(first, '/v2/resource_instances?start=xyz')?.href).toBe(
      'https://rc.example.com/v2/resource_instances?name=a&limit=100&start=xyz',
    )
  })

  it('is asked of the same host, whatever the answer says', () => {
    expect(nextPageUrl(first, 'https://elsewhere.example.com/?start=xyz')?.hostname).toBe(
      'rc.example.com',
    )
  })

  it('is not there after the last one, nor where a page names itself', () => {
    expect(nextPageUrl(first, '')).toBeUndefined()
    const second = new URL(`${first.href}&start=xyz`)
    expect(nextPageUrl(second, '/v2/resource_instances?start=xyz')).toBeUndefined()
  })

  it('is not there where its address cannot be read', () => {
    expect(nextPageUrl(first, 'http://')).toBeUndefined()
  })
})
