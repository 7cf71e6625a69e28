import type { Json, JsonObject, StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type * as TE from 'fp-ts/TaskEither'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { ApiCall, GoogleApi } from './google-api'
import { type LibraryBucket, libraryBucket } from './library-bucket'

const BUCKET = 'https://storage.googleapis.com/storage/v1/b/images'

/** An API that always gives this answer, and what it was asked. */
const answering = (answer: E.Either<StorageError, JsonObject>) => {
  const calls: ApiCall[] = []
  const api: GoogleApi = (call) => async () => {
    calls.push(call)
    return answer
  }
  return { api, calls }
}

type Operation = readonly [
  operation: string,
  ask: (bucket: LibraryBucket) => TE.TaskEither<StorageError, unknown>,
  request: string,
  value: JsonObject | undefined,
]

const LABELS = { labels: { team: 'a', gone: null } }

const OPERATIONS: ReadonlyArray<Operation> = [
  [
    'storage.buckets.insert',
    ({ insert }) => insert(LABELS),
    'POST https://storage.googleapis.com/storage/v1/b?project=p-1',
    { ...LABELS, name: 'images' },
  ],
  ['storage.buckets.get', ({ metadata }) => metadata, `GET ${BUCKET}`, undefined],
  [
    'storage.buckets.patch',
    ({ patch }) => patch(LABELS, '7'),
    `PATCH ${BUCKET}?ifMetagenerationMatch=7`,
    LABELS,
  ],
  ['storage.buckets.delete', ({ remove }) => remove, `DELETE ${BUCKET}`, undefined],
  [
    'storage.objects.list',
    ({ list }) => list({ maxResults: 2, fields: 'items(name)', pageToken: 'a=' }),
    `GET ${BUCKET}/o?maxResults=2&fields=items%28name%29&pageToken=a%3D&versions=true`,
    undefined,
  ],
  [
    'storage.objects.delete',
    ({ removeObject }) => removeObject('/a b/{{projectId}}:?#%2F', '1763731234567890'),
    `DELETE ${BUCKET}/o/${encodeURIComponent('/a b/{{projectId}}:?#%2F')}?generation=1763731234567890`,
    undefined,
  ],
]

const asRequest = ({ method, url }: ApiCall): string => `${method} ${url.href}`

afterEach(() => void vi.unstubAllEnvs())

describe('what is asked of a bucket', () => {
  it.each<Operation>(OPERATIONS)('is one request: %s', async (operation, ask, request, value) => {
    const { api, calls } = answering(E.right({}))
    expect(await ask(libraryBucket(api, 'p-1', 'images'))()).toMatchObject({ _tag: 'Right' })
    expect(calls.map(asRequest)).toEqual([request])
    expect(calls.map((call) => [call.operation, call.value])).toEqual([[operation, value]])
  })

  it.each<Operation>(OPERATIONS)(
    'fails as the request does, which is not repeated: %s',
    async (_, ask) => {
      const error: StorageError = {
        ...{ _tag: 'StorageThrottled', backend: 'Gcs', operation: 'o', code: '503' },
        ...{ message: 'later', retryAfterMs: 3_000 },
      }
      const { api, calls } = answering(E.left(error))
      expect(await ask(libraryBucket(api, 'p-1', 'images'))()).toEqual(E.left(error))
      expect(calls).toHaveLength(1)
    },
  )

  it.each<Operation>(OPERATIONS)('is the same in any environment: %s', async (_, ask, request) => {
    const elsewhere = 'http://127.0.0.1:9'
    vi.stubEnv('STORAGE_EMULATOR_HOST', elsewhere)
    vi.stubEnv('HTTPS_PROXY', elsewhere)
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '/nowhere')
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'another')
    vi.stubEnv('FUNCTION_NAME', 'a')
    const { api, calls } = answering(E.right({}))
    await ask(libraryBucket(api, 'p-1', 'images'))()
    expect(calls.map(asRequest)).toEqual([request])
  })

  it('stays within the bucket, whatever that is called', async () => {
    const { api, calls } = answering(E.right({}))
    await libraryBucket(api, 'p-1', 'gs://a/o/b?c').remove()
    expect(calls.map(({ url }) => url.pathname)).toEqual(['/storage/v1/b/gs%3A%2F%2Fa%2Fo%2Fb%3Fc'])
  })

  it('of a project that nobody names is left to Google to refuse', async () => {
    const { api, calls } = answering(E.right({}))
    await libraryBucket(api, '', 'images').insert({})()
    expect(calls.map(({ url }) => url.search)).toEqual(['?project='])
  })
})

describe('an answer', () => {
  const listed = (answer: JsonObject) =>
    libraryBucket(answering(E.right(answer)).api, 'p', 'images').list({
      maxResults: 1,
      fields: 'items(name)',
    })()

  it('is the metadata as Google has them', async () => {
    const metadata = { name: 'images', metageneration: '4', labels: { a: 'b' } }
    const { api } = answering(E.right(metadata))
    expect(await libraryBucket(api, 'p', 'images').metadata()).toEqual(E.right(metadata))
  })

  it('is a page, and where to go on', async () => {
    const items = [{ name: 'a', size: '10' }]
    expect(await listed({ items, nextPageToken: 'x' })).toEqual(E.right({ items, next: 'x' }))
    expect(await listed({})).toEqual(E.right({ items: [], next: '' }))
  })

  it.each<Json>(['text', 7, { name: 'a' }])('with %j for a list is a failure', async (items) => {
    expect(await listed({ items })).toMatchObject({
      left: { _tag: 'StorageFailed', operation: 'storage.objects.list' },
    })
  })
})

describe('a mistake', () => {
  it('of ours is told as a failure, and nothing is sent', async () => {
    const { api, calls } = answering(E.right({}))
    expect(await libraryBucket(api, 'p', '').remove()).toMatchObject({
      left: { _tag: 'StorageFailed', operation: 'storage.buckets.delete', code: 'none' },
    })
    expect(calls).toEqual([])
  })

  it('on the way is told as a failure, without what was to be sent', async () => {
    const api: GoogleApi = () => () => Promise.reject(new TypeError('Bearer ya29.secret'))
    const failed = await libraryBucket(api, 'p', 'images').metadata()
    expect(failed).toMatchObject({ left: { _tag: 'StorageFailed' } })
    expect(JSON.stringify(failed)).not.toContain('secret')
  })
})
