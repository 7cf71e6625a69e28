import type { Json, SettingName, StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { afterEach, describe, expect, it } from 'vitest'

import { s3UnderTest } from '../testing/s3-under-test'
import { failed, type S3Answer, type S3Request, startScriptedS3 } from '../testing/scripted-s3'

const OK: S3Answer = { status: 200 }
const MARK = tag('mine', 'uid-1')

/** What a bucket has; what is not its latest version shows in no plain listing. */
type World = {
  isThere: boolean
  tags: string
  rules: string
  versions: ReadonlyArray<{ readonly key: string; readonly id: string; readonly kind: string }>
  uploads: ReadonlyArray<string>
}

const OURS: World = { isThere: true, tags: MARK, rules: '', versions: [], uploads: [] }

function tag(key: string, value: string): string {
  return `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`
}

const xml = (body: string): S3Answer => ({ status: 200, body })

const versionsOf = ({ versions }: World): S3Answer =>
  xml(
    `<ListVersionsResult>${versions
      .map(
        ({ key, id, kind }) =>
          `<${kind}><Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>false</IsLatest></${kind}>`,
      )
      .join('')}</ListVersionsResult>`,
  )

const uploadsOf = ({ uploads }: World): S3Answer =>
  xml(
    `<ListMultipartUploadsResult>${uploads
      .map((id) => `<Upload><Key>layer</Key><UploadId>${id}</UploadId></Upload>`)
      .join('')}</ListMultipartUploadsResult>`,
  )

const within = (text: string, element: string): string =>
  new RegExp(`<${element}[^>]*>(.*)</${element}>`, 's').exec(text)?.[1] ?? ''

const removeBucket = (world: World): S3Answer => {
  if (world.versions.length + world.uploads.length > 0) return failed(409, 'BucketNotEmpty')
  world.isThere = false
  return { status: 204 }
}

const removeVersions = (world: World, { body }: S3Request): S3Answer => {
  world.versions = world.versions.filter(
    ({ key, id }) => !body.includes(`<Key>${key}</Key><VersionId>${id}</VersionId>`),
  )
  return xml('<DeleteResult></DeleteResult>')
}

const written = (world: World, { line, body }: S3Request): S3Answer => {
  if (line.endsWith('?tagging')) world.tags = within(body, 'TagSet')
  if (line.endsWith('?lifecycle')) world.rules = within(body, 'LifecycleConfiguration')
  return OK
}

const removed = (world: World, { line }: S3Request): S3Answer => {
  if (line === 'DELETE /bucket') return removeBucket(world)
  world.uploads = world.uploads.filter((id) => !line.includes(`uploadId=${id}`))
  return { status: 204 }
}

const told = (world: World, { line }: S3Request): S3Answer => {
  if (line.endsWith('?tagging')) return xml(`<Tagging><TagSet>${world.tags}</TagSet></Tagging>`)
  if (line.endsWith('?lifecycle'))
    return xml(`<LifecycleConfiguration>${world.rules}</LifecycleConfiguration>`)
  if (line.includes('uploads')) return uploadsOf(world)
  return line.includes('versions') ? versionsOf(world) : xml('<ListBucketResult/>')
}

const answer = (world: World, request: S3Request): S3Answer => {
  if (!world.isThere) return failed(404, 'NoSuchBucket')
  switch (request.line.split(' ')[0]) {
    case 'PUT':
      return written(world, request)
    case 'POST':
      return removeVersions(world, request)
    case 'DELETE':
      return removed(world, request)
    default:
      return told(world, request)
  }
}

let stop: () => Promise<void> = () => Promise.resolve()
afterEach(() => stop())

const given = async (
  changes: Partial<World>,
  inPlace: (request: S3Request) => S3Answer | undefined = () => undefined,
) => {
  const world: World = { ...OURS, ...changes }
  const server = await startScriptedS3((request) => inPlace(request) ?? answer(world, request))
  ;({ stop } = server)
  return { world, ...server }
}

const set = async (
  { access }: Awaited<ReturnType<typeof given>>,
  name: SettingName,
  wanted: Json,
): Promise<E.Either<StorageError, void> | undefined> => {
  const [outcome] = await s3UnderTest().driver.ensure(
    access,
    [{ _tag: 'Set', part: 'bucket', setting: { name, wanted } }],
    () => () => undefined,
  )()
  return outcome?.result
}

describe('a bucket that answers that one may not', () => {
  const denied = ({ line }: S3Request): S3Answer | undefined => {
    if (line.startsWith('HEAD')) return { status: 403 }
    return line.startsWith('GET') ? failed(403, 'AccessDenied') : undefined
  }

  it('is not taken for one that is not there', async () => {
    const { access } = await given({}, denied)
    const seen = await s3UnderTest().driver.observe(access, {
      _tag: 'Everything',
      counts: false,
    })()
    expect(seen).toMatchObject(
      E.right({
        sight: { parts: { bucket: { _tag: 'Unseen', error: { _tag: 'AccessDenied' } } } },
      }),
    )
  })

  it('is not made, where that would even be a success', async () => {
    const { access, requests } = await given({}, denied)
    const [outcome] = await s3UnderTest().driver.ensure(
      access,
      [{ _tag: 'Create', part: 'bucket' }],
      () => () => undefined,
    )()
    expect(outcome?.result).toMatchObject(E.left({ _tag: 'AccessDenied' }))
    expect(requests.filter(({ line }) => line.startsWith('PUT'))).toEqual([])
  })
})

describe('what somebody has added to a bucket of ours', () => {
  it('stays among its tags', async () => {
    const server = await given({ tags: `${MARK}${tag('team', 'a b')}` })
    expect(await set(server, 'Tagged', { Name: 'registry' })).toEqual(E.right(undefined))
    expect(server.world.tags).toBe(`${MARK}${tag('team', 'a b')}${tag('Name', 'registry')}`)
  })

  it('stays among its rules', async () => {
    const theirs =
      '<Rule><ID>theirs</ID><Status>Enabled</Status><Filter><Prefix>logs/</Prefix></Filter><Expiration><Days>7</Days></Expiration></Rule>'
    const server = await given({ rules: theirs })
    expect(await set(server, 'IncompleteUploadCleanupEnabled', [{ days: 1 }])).toEqual(
      E.right(undefined),
    )
    expect(server.world.rules).toContain('<ID>theirs</ID>')
    expect(server.world.rules).toContain('<Days>7</Days>')
    expect(server.world.rules).toContain('<DaysAfterInitiation>1</DaysAfterInitiation>')
  })
})

it.each<readonly [string, Partial<World>]>([
  [
    'older versions',
    {
      versions: [
        { key: 'layer', id: 'v1', kind: 'Version' },
        { key: 'layer', id: 'v2', kind: 'Version' },
      ],
    },
  ],
  ['marks of deletion', { versions: [{ key: 'layer', id: 'm1', kind: 'DeleteMarker' }] }],
  ['uploads that nobody has ended', { uploads: ['u1', 'u2'] }],
])('a bucket goes with its %s', async (_, changes) => {
  const { access, world } = await given(changes)
  const result = await s3UnderTest().driver.remove(
    access,
    [{ part: 'bucket', marks: { mine: 'uid-1' } }],
    () => () => undefined,
  )()
  expect(result).toEqual(E.right(undefined))
  expect(world).toMatchObject({ isThere: false, versions: [], uploads: [] })
})
