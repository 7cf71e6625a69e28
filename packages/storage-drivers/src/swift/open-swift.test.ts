import type { StoragePart, SwiftConnection } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it, onTestFinished } from 'vitest'

import {
  simulatedSwift,
  type SimulatedSwift,
  type SwiftAsked,
  type SwiftReply,
} from '../testing/simulated-swift'
import { swiftAccess } from '../testing/swift-access'
import { swiftUnderTest } from '../testing/swift-under-test'

const OURS = { 'x-container-meta-imageregistry-config-uid': 'uid' }
const REMOVAL = [{ part: 'container', marks: { 'imageregistry-config-uid': 'uid' } }] as const
const CREATE = [{ _tag: 'Create', part: 'container' }] as const
const EVERYTHING = { _tag: 'Everything', counts: false } as const
const COUNTED = { _tag: 'Everything', counts: true } as const

const quietly = () => () => undefined

type Answer = (asked: SwiftAsked, attempt: number) => SwiftReply | undefined

/** A Swift with users of its own, whose tokens are `token-1`, `token-2` and so on; `account` answers what is in it. */
const started = async (account: Answer) => {
  let logins = 0
  const attempts = new Map<string, number>()
  const swift = await simulatedSwift((asked, url) => {
    if (asked.path === '/auth/v1.0') {
      logins += 1
      const headers = { 'X-Storage-Url': `${url}/v1/AUTH_a/`, 'X-Auth-Token': `token-${logins}` }
      return { code: 200, headers }
    }
    const what = `${asked.method} ${asked.path}`
    attempts.set(what, (attempts.get(what) ?? 0) + 1)
    return account(asked, attempts.get(what) ?? 0)
  })
  onTestFinished(swift.stop)
  return swift
}

const accessTo = (
  { url }: SimulatedSwift,
  part: Partial<StoragePart> = {},
  connection: Partial<SwiftConnection> = {},
) =>
  swiftAccess({
    connection: { authUrl: url, authVersion: 1, ...connection },
    form: 'password',
    values: { username: 'me', password: 'secret' },
    part,
  })

/** What was asked about the account, in order. */
const told = ({ asked }: SimulatedSwift): ReadonlyArray<string> =>
  asked
    .filter(({ path }) => !path.startsWith('/auth'))
    .map(({ method, path }) => `${method} ${path}`)

const observed = (swift: SimulatedSwift, part: Partial<StoragePart> = {}) =>
  swiftUnderTest().driver.observe(accessTo(swift, part), EVERYTHING)()

const made = async (swift: SimulatedSwift, part: Partial<StoragePart> = {}) => {
  const outcomes = await swiftUnderTest().driver.ensure(accessTo(swift, part), CREATE, quietly)()
  return outcomes[0]?.result
}

const removed = (swift: SimulatedSwift) =>
  swiftUnderTest().driver.remove(accessTo(swift), REMOVAL, quietly)()

describe('a container that is looked at', () => {
  it('shows what is ours of its metadata, and how much is in it', async () => {
    const headers = {
      ...OURS,
      'X-Container-Meta-Openshiftclusterid': 'infra',
      'X-Container-Meta-Name': Buffer.from('ü').toString('latin1'),
      'X-Container-Meta-Temp-Url-Key': 'hidden-key',
      'X-Container-Object-Count': '2',
      'X-Container-Bytes-Used': '14',
      'X-Versions-Location': 'older',
    }
    const swift = await started(() => ({ code: 204, headers }))
    const metadata = {
      'imageregistry-config-uid': 'uid',
      openshiftclusterid: 'infra',
      name: 'ü',
    }
    const seen = await swiftUnderTest().driver.observe(accessTo(swift), COUNTED)()
    expect(seen).toEqual(
      E.right({
        sight: {
          parts: {
            container: {
              _tag: 'Present',
              marks: metadata,
              isEmpty: false,
              settings: { Tagged: { _tag: 'Found', value: metadata } },
              details: { history: 'older' },
            },
          },
          contents: { objects: 2, bytes: 14, isWhole: true },
        },
        keys: {},
      }),
    )
    expect(JSON.stringify(seen)).not.toContain('hidden-key')
  })

  it.each([
    ['absent', 404, { _tag: 'Absent' }],
    ['unseen if we may not', 403, { _tag: 'Unseen', error: { _tag: 'AccessDenied' } }],
    ['unseen if Swift fails', 503, { _tag: 'Unseen', error: { _tag: 'StorageFailed' } }],
    ['unseen if no token helps', 401, { _tag: 'Unseen', error: { _tag: 'CredentialsRefused' } }],
  ])('is %s', async (_, code, container) => {
    const swift = await started(() => ({ code }))
    expect(await observed(swift)).toMatchObject(E.right({ sight: { parts: { container } } }))
  })

  it('is unseen where there is no Keystone, and not absent', async () => {
    const swift = await started(() => undefined)
    const access = accessTo(swift, {}, { authUrl: `${swift.url}/elsewhere`, authVersion: 3 })
    expect(await swiftUnderTest().driver.observe(access, EVERYTHING)()).toMatchObject(
      E.right({
        sight: { parts: { container: { _tag: 'Unseen', error: { _tag: 'StorageRefused' } } } },
      }),
    )
  })

  it.each(['', '.', '..', 'a/b'])('is never asked for as %j', async (name) => {
    const swift = await started(() => ({ code: 204 }))
    const access = accessTo(swift, { name })
    expect(await swiftUnderTest().driver.observe(access, EVERYTHING)()).toMatchObject(
      E.left({ _tag: 'StorageRefused' }),
    )
    expect(swift.asked).toEqual([])
  })
})

describe('a token', () => {
  it('that holds no longer is replaced once, and what was asked is asked again', async () => {
    const swift = await started(({ headers }) => ({
      code: headers['x-auth-token'] === 'token-1' ? 401 : 404,
    }))
    expect(await observed(swift)).toMatchObject(
      E.right({ sight: { parts: { container: { _tag: 'Absent' } } } }),
    )
    expect(swift.asked.map(({ path }) => path)).toEqual([
      '/auth/v1.0',
      '/v1/AUTH_a/c',
      '/auth/v1.0',
      '/v1/AUTH_a/c',
    ])
  })

  it('is replaced once, however many requests find that it holds no longer', async () => {
    const names = Array.from({ length: 8 }, (_, n) => ({ name: `o${n}` }))
    const listings = [names, []]
    const swift = await started(({ method, path, headers }) => {
      if (path === '/info') return { code: 404 }
      if (method === 'GET') return { code: 200, body: JSON.stringify(listings.shift()) }
      if (method === 'HEAD') return { code: 204, headers: OURS }
      const isRefused = path.includes('/o') && headers['x-auth-token'] === 'token-1'
      return { code: isRefused ? 401 : 204 }
    })
    expect(await removed(swift)).toEqual(E.right(undefined))
    expect(swift.asked.filter(({ path }) => path.startsWith('/auth'))).toHaveLength(2)
  })

  it('is kept for the next look, but not past a failure: the object store may have moved', async () => {
    const codes = [404, 404, 500, 500, 500, 500, 404]
    const swift = await started(() => ({ code: codes.shift() ?? 404 }))
    const { driver } = swiftUnderTest()
    const access = accessTo(swift)
    const logins = async () => {
      await driver.observe(access, EVERYTHING)()
      return swift.asked.filter(({ path }) => path.startsWith('/auth')).length
    }
    expect([await logins(), await logins(), await logins(), await logins()]).toEqual([1, 1, 1, 2])
  })

  it('of other credentials is another one', async () => {
    const swift = await started(() => ({ code: 404 }))
    const { driver } = swiftUnderTest()
    const access = accessTo(swift)
    await driver.observe(access, EVERYTHING)()
    await driver.observe({ ...access, values: { username: 'me', password: 'new' } }, EVERYTHING)()
    expect(swift.asked.map(({ headers }) => headers['x-auth-key'])).toEqual([
      'secret',
      undefined,
      'new',
      undefined,
    ])
  })
})

describe('Keystone 2.0', () => {
  const catalog = (url: string) => [
    { type: 'compute', endpoints: [{ region: 'R', publicURL: `${url}/compute` }] },
    {
      type: 'object-store',
      endpoints: [
        { region: 'Q', publicURL: `${url}/other` },
        { region: 'R', publicURL: `${url}/swift/v1` },
      ],
    },
  ]

  it('lets in, and its catalog leads to the object store of the region', async () => {
    const swift = await simulatedSwift(({ path }, url) =>
      path === '/v2.0/tokens'
        ? {
            code: 200,
            body: JSON.stringify({
              access: { token: { id: 'a-token' }, serviceCatalog: catalog(url) },
            }),
          }
        : undefined,
    )
    onTestFinished(swift.stop)
    const access = accessTo(swift, {}, { authUrl: `${swift.url}/v2.0`, region: 'R' })
    expect(await swiftUnderTest().driver.observe(access, EVERYTHING)()).toMatchObject(
      E.right({ sight: { parts: { container: { _tag: 'Absent' } } } }),
    )
    expect(swift.asked.map(({ path, headers }) => [path, headers['x-auth-token']])).toEqual([
      ['/v2.0/tokens', undefined],
      ['/swift/v1/c', 'a-token'],
    ])
  })
})

describe('a container that is made', () => {
  it('has its marks and its tags from the first moment', async () => {
    const swift = await started(({ method }) => ({ code: method === 'HEAD' ? 404 : 201 }))
    expect(await made(swift)).toEqual(E.right(undefined))
    expect(told(swift)).toEqual(['HEAD /v1/AUTH_a/c', 'PUT /v1/AUTH_a/c'])
    expect(swift.asked.at(-1)?.headers).toMatchObject({
      ...OURS,
      'x-container-meta-openshiftclusterid': 'infra',
      'x-container-meta-name': 'c',
    })
  })

  it.each([
    ['ours', {}, OURS, E.right(undefined)],
    ['a stranger', {}, {}, { left: { _tag: 'NameTaken' } }],
    [
      'of the original, under a name of its own',
      { isGeneratedName: true, formerMarks: { openshiftclusterid: 'infra' } },
      { 'x-container-meta-openshiftclusterid': 'infra' },
      E.right(undefined),
    ],
    [
      'like one of the original, under any name',
      { formerMarks: { openshiftclusterid: 'infra' } },
      { 'x-container-meta-openshiftclusterid': 'infra' },
      { left: { _tag: 'NameTaken' } },
    ],
  ])('is only looked at if it is there: %s', async (_, part, headers, result) => {
    const swift = await started(() => ({ code: 204, headers }))
    expect(await made(swift, part)).toMatchObject(result)
    expect(told(swift)).toEqual(['HEAD /v1/AUTH_a/c'])
  })

  it('loses our metadata again if somebody else has made it in that moment', async () => {
    const swift = await started(({ method }) => ({
      code: method === 'HEAD' ? 404 : method === 'PUT' ? 202 : 204,
    }))
    expect(await made(swift)).toMatchObject(E.left({ _tag: 'NameTaken' }))
    const last = swift.asked.at(-1)
    expect(last?.method).toBe('POST')
    expect(Object.keys(last?.headers ?? {}).filter((name) => name.includes('meta'))).toEqual([
      'x-remove-container-meta-openshiftclusterid',
      'x-remove-container-meta-name',
      'x-remove-container-meta-imageregistry-config-uid',
    ])
  })

  it('is ours if it is there after an attempt whose answer was cut off', async () => {
    const swift = await started(({ method }, attempt) => {
      if (method === 'HEAD') return { code: 404 }
      return attempt === 1 ? { code: 201, body: 'cre', cut: true } : { code: 202 }
    })
    expect(await made(swift)).toEqual(E.right(undefined))
    expect(told(swift).filter((line) => line.startsWith('P'))).toHaveLength(2)
  })
})

const bulk = (answer: object): SwiftReply => ({
  code: 200,
  // It sends spaces while it works.
  body: `  \r\n${JSON.stringify({ 'Response Status': '200 OK', Errors: [], ...answer })}`,
})

const INFO: SwiftReply = {
  code: 200,
  body: '{"swift":{"container_listing_limit":100},"bulk_delete":{"max_deletes_per_request":50}}',
}

/** A container of ours whose listings are these, one after the other. */
const listing = (
  lists: ReadonlyArray<ReadonlyArray<object>>,
  { info = INFO, headers = {}, other }: { info?: SwiftReply; headers?: object; other?: Answer },
) => {
  const left = [...lists]
  return started((asked, attempt) => {
    if (asked.path === '/info') return info
    if (asked.method === 'HEAD') return { code: 204, headers: { ...OURS, ...headers } }
    if (asked.method === 'GET')
      return { code: 200, headers: { ...headers }, body: JSON.stringify(left.shift() ?? []) }
    return other?.(asked, attempt) ?? { code: 204 }
  })
}

const strange = ['a b?c', '100%', 'ü', 'line\nbreak', '/a//b', '..', 'a/../b', '.', 'a/b']

describe('a container that is removed', () => {
  it('is emptied in bulk, no more at once than the service allows, and its names are encoded', async () => {
    const swift = await listing([strange.map((name) => ({ name }))], {
      other: ({ path }) =>
        path === '/v1/AUTH_a?bulk-delete' ? bulk({ 'Number Deleted': strange.length }) : undefined,
    })
    expect(await removed(swift)).toEqual(E.right(undefined))
    expect(told(swift)).toEqual([
      'HEAD /v1/AUTH_a/c',
      'GET /info',
      'GET /v1/AUTH_a/c?format=json&limit=50',
      'POST /v1/AUTH_a?bulk-delete',
      'GET /v1/AUTH_a/c?format=json&limit=50',
      'DELETE /v1/AUTH_a/c',
    ])
    const lines = swift.asked
      .find(({ method }) => method === 'POST')
      ?.body.trimEnd()
      .split('\n')
    expect(lines?.map((line) => line.slice(0, 2))).toEqual(strange.map(() => 'c/'))
    expect(lines?.map((line) => decodeURIComponent(line.slice(2)))).toEqual(strange)
  })

  it('is emptied one by one without that, and no name leads out of it', async () => {
    const names = strange.filter((name) => !['.', '..'].includes(name))
    const swift = await listing([[...names, '...'].map((name) => ({ name }))], {
      info: { code: 403 },
    })
    expect(await removed(swift)).toEqual(E.right(undefined))
    const paths = told(swift).filter((line) => line.startsWith('DELETE'))
    expect([...paths].sort()).toEqual(
      [
        'DELETE /v1/AUTH_a/c/a%20b%3Fc',
        'DELETE /v1/AUTH_a/c/100%25',
        'DELETE /v1/AUTH_a/c/%C3%BC',
        'DELETE /v1/AUTH_a/c/line%0Abreak',
        'DELETE /v1/AUTH_a/c/%2Fa%2F%2Fb',
        'DELETE /v1/AUTH_a/c/a%2F..%2Fb',
        'DELETE /v1/AUTH_a/c/...',
        'DELETE /v1/AUTH_a/c/a/b',
        'DELETE /v1/AUTH_a/c',
      ].sort(),
    )
  })

  it.each(['.', '..'])(
    'is not without that while it has an object %j, whose path would be that of something else',
    async (name) => {
      const swift = await listing([[{ name }]], { info: { code: 404 } })
      expect(await removed(swift)).toMatchObject(
        E.left({
          _tag: 'StorageRefused',
          message: `object ${name} has no path of its own; delete it by hand`,
        }),
      )
      expect(told(swift).some((line) => line.startsWith('DELETE'))).toBe(false)
    },
  )

  it('takes along all versions that it keeps', async () => {
    const versions = [
      { name: 'o', version_id: '1.5' },
      { name: 'o', version_id: 'null' },
    ]
    const swift = await listing([[], versions, [], []], {
      headers: { 'x-versions-enabled': 'False' },
    })
    expect(await removed(swift)).toEqual(E.right(undefined))
    expect(
      told(swift)
        .filter((line) => line.startsWith('DELETE'))
        .sort(),
    ).toEqual([
      'DELETE /v1/AUTH_a/c',
      'DELETE /v1/AUTH_a/c/o?version-id=1.5',
      'DELETE /v1/AUTH_a/c/o?version-id=null',
    ])
  })

  it.each(['x-versions-location', 'x-history-location'])(
    'is told to leave its %s alone before anything is deleted',
    async (header) => {
      const swift = await listing([[{ name: 'o' }]], {
        headers: { [header]: 'older' },
        info: { code: 404 },
      })
      expect(await removed(swift)).toEqual(E.right(undefined))
      const lines = told(swift)
      expect(lines.indexOf('POST /v1/AUTH_a/c')).toBeGreaterThan(0)
      expect(lines.indexOf('POST /v1/AUTH_a/c')).toBeLessThan(
        lines.indexOf('DELETE /v1/AUTH_a/c/o'),
      )
      expect(lines.some((line) => line.includes('older'))).toBe(false)
    },
  )

  it('is not while an object in it cannot be deleted, which the error names', async () => {
    const swift = await listing([[{ name: 'a b' }], [{ name: 'a b' }]], {
      other: () => bulk({ 'Number Deleted': 0, Errors: [['/c/a%20b', '403 Forbidden']] }),
    })
    expect(await removed(swift)).toMatchObject(
      E.left({
        _tag: 'AccessDenied',
        code: '403',
        message: 'cannot delete object /c/a%20b: 403 Forbidden',
      }),
    )
    expect(told(swift)).not.toContain('DELETE /v1/AUTH_a/c')
  })

  it('goes on with another token when a bulk deletion says that there is none', async () => {
    const swift = await listing([[{ name: 'o' }]], {
      other: ({ method, headers }) => {
        if (method !== 'POST') return undefined
        return headers['x-auth-token'] === 'token-1'
          ? bulk({ 'Response Status': '401 Unauthorized', Errors: [['/c/o', '401 Unauthorized']] })
          : bulk({ 'Number Deleted': 1 })
      },
    })
    expect(await removed(swift)).toEqual(E.right(undefined))
  })

  it.each([
    ['is no JSON', { code: 200, body: 'done' }],
    ['is empty', { code: 204 }],
    ['is cut off', { code: 200, body: '{"Number', cut: true }],
    ['says that all of it has failed', bulk({ 'Response Status': '502 Bad Gateway' })],
  ])('is not when the answer to a bulk deletion %s', async (_, reply) => {
    const swift = await listing([[{ name: 'o' }]], { other: () => reply })
    expect(await removed(swift)).toMatchObject(E.left({ _tag: 'StorageFailed' }))
    expect(told(swift)).not.toContain('DELETE /v1/AUTH_a/c')
  })

  it('is not emptied for ever while its listing shows what has gone', async () => {
    const ghosts = Array.from({ length: 9 }, () => [{ name: 'ghost' }])
    const swift = await listing(ghosts, {
      other: ({ method }) =>
        method === 'POST' ? bulk({ 'Number Deleted': 0, 'Number Not Found': 1 }) : { code: 409 },
    })
    expect(await removed(swift)).toMatchObject(E.left({ _tag: 'StorageConflict', code: '409' }))
    expect(told(swift).filter((line) => line.startsWith('POST'))).toHaveLength(1)
  })

  it('may be gone in the middle of it', async () => {
    const swift = await started(({ method }) =>
      method === 'HEAD' ? { code: 204, headers: OURS } : { code: 404 },
    )
    expect(await removed(swift)).toEqual(E.right(undefined))
  })
})

it('a setting that containers do not have is unsupported', async () => {
  const swift = await started(() => ({ code: 204, headers: OURS }))
  const setting = { name: 'Encrypted', wanted: {} } as const
  const outcomes = await swiftUnderTest().driver.ensure(
    accessTo(swift),
    [{ _tag: 'Set', part: 'container', setting }],
    quietly,
  )()
  expect(outcomes[0]?.result).toMatchObject(E.left({ _tag: 'Unsupported' }))
  expect(told(swift)).toEqual(['HEAD /v1/AUTH_a/c'])
})

it('a value that no header can hold is refused, and nothing is sent', async () => {
  const swift = await started(() => ({ code: 404 }))
  const settings = [{ name: 'Tagged', wanted: { name: 'line\nbreak' } }] as const
  expect(await made(swift, { settings })).toMatchObject(E.left({ _tag: 'StorageRefused' }))
  expect(told(swift)).toEqual(['HEAD /v1/AUTH_a/c'])
})
