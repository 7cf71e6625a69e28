import type {
  GcsConnection,
  Json,
  JsonObject,
  StorageError,
  StoragePart,
} from '@image-registry-operator/render/model'
import { isJsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as T from 'fp-ts/Task'
import type * as TE from 'fp-ts/TaskEither'
import { describe, expect, it } from 'vitest'

import { bucketPart } from './bucket-part'
import type { ApiCall, GoogleApi } from './google-api'

const CONNECTION: GcsConnection = {
  _tag: 'Gcs',
  projectId: 'project',
  location: 'US-Central1',
  kmsKey: '',
}

const PART: StoragePart = {
  kind: 'bucket',
  name: 'images',
  marks: { mark: 'uid-1' },
  formerMarks: {},
  isGeneratedName: true,
  holdsImages: true,
  settings: [
    { name: 'Labeled', wanted: { team: 'a' } },
    { name: 'Tagged', wanted: { '123/cost': 'x', '123/env': 'test' } },
  ],
}

const error = (_tag: Exclude<StorageError['_tag'], 'StorageThrottled'>, code = '') =>
  ({ _tag, backend: 'Gcs', operation: 'test', code, message: '' }) as const

type Answer = E.Either<StorageError, JsonObject>

/** The bucket, and what else the test wants to be said in place of Google's answer; `undefined`: Google answers. */
type World = {
  bucket: JsonObject | undefined
  objects: ReadonlyArray<string>
  bound: ReadonlyArray<string>
  inPlace: (call: ApiCall) => Answer | undefined
  /** Happens, and then this is said of it. */
  afterwards: (call: ApiCall) => Answer | undefined
}

const EMPTY: World = {
  bucket: undefined,
  objects: [],
  bound: [],
  inPlace: () => undefined,
  afterwards: () => undefined,
}

const isFree = ({ bucket }: World) => bucket === undefined

const insert = (world: World, value: JsonObject): Answer => {
  if (!isFree(world)) return E.left(error('StorageConflict', 'conflict'))
  world.bucket = { metageneration: '1', ...value }
  return E.right(world.bucket)
}

const patch = (world: World, { url, value = {} }: ApiCall): Answer => {
  const bucket = world.bucket ?? {}
  const metageneration = textOf(bucket['metageneration'])
  if (url.searchParams.get('ifMetagenerationMatch') !== metageneration)
    return E.left(error('StorageConflict', 'conditionNotMet'))
  const labels = { ...(bucket['labels'] as JsonObject), ...(value['labels'] as JsonObject) }
  world.bucket = { ...bucket, labels, metageneration: `${Number(metageneration) + 1}` }
  return E.right(world.bucket)
}

const PAGE = 3

const list = ({ objects }: World, { url }: ApiCall): Answer => {
  const start = Number(url.searchParams.get('pageToken') ?? 0)
  const end = start + Math.min(PAGE, Number(url.searchParams.get('maxResults')))
  const items = objects.slice(start, end).map((name) => ({ name, generation: '1', size: '10' }))
  return E.right({ items, ...(end < objects.length ? { nextPageToken: `${end}` } : {}) })
}

const removeObject = (world: World, { url }: ApiCall): Answer => {
  const name = decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
  const isThere = world.objects.includes(name)
  world.objects = world.objects.filter((other) => other !== name)
  return isThere ? E.right({}) : E.left(error('StorageNotFound'))
}

const removeBucket = (world: World): Answer => {
  world.bucket = undefined
  return E.right({})
}

const answerOf = (world: World, call: ApiCall): Answer => {
  const { operation, value = {} } = call
  if (operation === 'storage.buckets.insert') return insert(world, value)
  if (operation === 'effectiveTags.list')
    return E.right({
      effectiveTags: world.bound.map((namespacedTagValue) => ({ namespacedTagValue })),
    })
  if (operation === 'tagBindings.create') {
    world.bound = [...world.bound, textOf(value['tagValueNamespacedName'])]
    return E.right({ done: true })
  }
  if (world.bucket === undefined) return E.left(error('StorageNotFound'))
  if (operation === 'storage.buckets.get') return E.right(world.bucket)
  if (operation === 'storage.buckets.patch') return patch(world, call)
  if (operation === 'storage.objects.list') return list(world, call)
  return operation === 'storage.objects.delete' ? removeObject(world, call) : removeBucket(world)
}

const given = (changes: Partial<World> = {}, part = PART) => {
  const world: World = { ...EMPTY, ...changes }
  const calls: ApiCall[] = []
  const api: GoogleApi = (call) => async () => {
    calls.push(call)
    const instead = world.inPlace(call)
    if (instead !== undefined) return instead
    const answer = answerOf(world, call)
    return world.afterwards(call) ?? answer
  }
  const deps = { storage: api, resourceManager: api, wait: () => T.of(undefined) }
  return { world, calls, driver: bucketPart(deps, CONNECTION, part) }
}

const OURS: JsonObject = { name: 'images', metageneration: '1', labels: { mark: 'uid-1' } }
const THEIRS: JsonObject = { name: 'images', metageneration: '1', labels: { team: 'b' } }

/** Says it the first time that this is asked. */
const once = (operation: string, answer: Answer) => {
  let isOver = false
  return (call: ApiCall): Answer | undefined => {
    if (isOver || call.operation !== operation) return undefined
    isOver = true
    return answer
  }
}

const done = E.right(undefined)

describe('a bucket is made', () => {
  it('once, with its marks, however often it is asked for', async () => {
    const { world, driver } = given()
    expect(await driver.create()).toEqual(done)
    expect(await driver.create()).toEqual(done)
    expect(world.bucket).toMatchObject({ labels: { mark: 'uid-1', team: 'a' } })
  })

  it('also if the answer was lost', async () => {
    const lost = E.left(error('StorageConflict', 'conflict'))
    const { driver } = given({ afterwards: once('storage.buckets.insert', lost) })
    expect(await driver.create()).toEqual(done)
  })

  it('not where somebody has one, and that one stays as it is', async () => {
    const { world, driver } = given({ bucket: THEIRS })
    expect(await driver.create()).toMatchObject({ left: { _tag: 'NameTaken', code: 'conflict' } })
    expect(world.bucket).toBe(THEIRS)
  })

  it('not where somebody has one that we may not look at', async () => {
    const inPlace = once('storage.buckets.get', E.left(error('AccessDenied')))
    const { driver } = given({ bucket: THEIRS, inPlace })
    expect(await driver.create()).toMatchObject({ left: { _tag: 'NameTaken' } })
  })

  it('not yet while nobody can tell whose the name is', async () => {
    const inPlace = once('storage.buckets.get', E.left(error('StorageUnreachable')))
    const { driver } = given({ bucket: OURS, inPlace })
    expect(await driver.create()).toEqual(E.left(error('StorageUnreachable')))
  })
})

describe('a bucket is put right', () => {
  const labeled = { name: 'Labeled', wanted: { team: 'a' } } as const

  it('with one patch, and with none when it is', async () => {
    const { world, calls, driver } = given({ bucket: OURS })
    expect(await driver.set(labeled)()).toEqual(done)
    expect(await driver.set(labeled)()).toEqual(done)
    expect(world.bucket).toMatchObject({ labels: { mark: 'uid-1', team: 'a' } })
    expect(calls.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
  })

  it('also if the answer was lost, and the change met itself', async () => {
    const lost = E.left(error('StorageConflict', 'conditionNotMet'))
    const { world, calls, driver } = given({
      bucket: OURS,
      afterwards: once('storage.buckets.patch', lost),
    })
    expect(await driver.set(labeled)()).toEqual(done)
    expect(world.bucket).toMatchObject({ metageneration: '2' })
    expect(calls.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
  })

  it('without undoing what somebody changes at the same moment', async () => {
    const { world, driver } = given({ bucket: OURS })
    world.inPlace = (call) => {
      if (call.operation !== 'storage.buckets.patch') return undefined
      world.inPlace = () => undefined
      world.bucket = { ...OURS, metageneration: '2', labels: { mark: 'uid-1', cost: '7' } }
      return undefined
    }
    expect(await driver.set(labeled)()).toEqual(done)
    expect(world.bucket).toMatchObject({ labels: { mark: 'uid-1', cost: '7', team: 'a' } })
  })

  it('in nothing that it does not have', async () => {
    const { driver } = given({ bucket: OURS })
    expect(await driver.set({ name: 'NetworkAccess', wanted: {} })()).toMatchObject({
      left: { _tag: 'Unsupported' },
    })
  })
})

describe('the tags of a bucket', () => {
  const setTags = { name: 'Tagged', wanted: { '123/cost': 'x', '123/env': 'test' } } as const

  it('are bound where it is, but for those that hold', async () => {
    const { world, calls, driver } = given({ bucket: OURS, bound: ['123/cost/x', '9/other/y'] })
    expect(await driver.set(setTags)()).toEqual(done)
    expect(world.bound).toEqual(['123/cost/x', '9/other/y', '123/env/test'])
    const binding = calls.find(({ method }) => method === 'POST')
    expect(binding?.url.href).toBe(
      'https://us-central1-cloudresourcemanager.googleapis.com/v3/tagBindings',
    )
    expect(binding?.value).toEqual({
      parent: '//storage.googleapis.com/projects/_/buckets/images',
      tagValueNamespacedName: '123/env/test',
    })
  })

  it('are found', async () => {
    const { driver } = given({ bucket: OURS, bound: ['123/cost/x', 'no-slash'] })
    const reads = driver.reads.filter(({ tells }) => tells.includes('Tagged'))
    expect(await Promise.all(reads.map(({ read }) => read()))).toEqual([
      E.right({
        _tag: 'Present',
        settings: { Tagged: { _tag: 'Found', value: { '123/cost': 'x' } } },
      }),
    ])
  })

  it('are not asked for where none are wanted', () => {
    const { driver } = given({}, { ...PART, settings: [] })
    expect(driver.reads.flatMap(({ tells }) => tells)).not.toContain('Tagged')
  })

  it('may take a while', async () => {
    const later = E.right({ name: 'operations/rctb.1' })
    let looks = 0
    const { world, calls, driver } = given({
      bucket: OURS,
      afterwards: ({ operation }) => (operation === 'tagBindings.create' ? later : undefined),
      inPlace: ({ operation }) => {
        if (operation !== 'operations.get') return undefined
        looks += 1
        return looks % 3 === 0 ? E.right({ done: true }) : later
      },
    })
    expect(await driver.set(setTags)()).toEqual(done)
    expect(world.bound).toEqual(['123/cost/x', '123/env/test'])
    expect(calls.filter(({ operation }) => operation === 'operations.get')).toHaveLength(6)
    expect(calls.at(-1)?.url.href).toBe(
      'https://us-central1-cloudresourcemanager.googleapis.com/v3/operations/rctb.1',
    )
  })

  it('are given up for now when it takes too long', async () => {
    const later = E.right({ name: 'operations/rctb.1' })
    const isTags = ({ operation }: ApiCall) => /^(tagBindings|operations)/.test(operation)
    const { driver } = given({
      bucket: OURS,
      inPlace: (call) => (isTags(call) ? later : undefined),
    })
    expect(await driver.set(setTags)()).toMatchObject({ left: { _tag: 'StorageConflict' } })
  })

  it.each<[string, Answer]>([
    ['at once', E.left(error('StorageConflict', 'ALREADY_EXISTS'))],
    ['in the end', E.right({ error: { code: 6, message: 'bound' } })],
  ])('may be bound already, which is said %s', async (_, answer) => {
    const { driver } = given({ bucket: OURS, inPlace: once('tagBindings.create', answer) })
    expect(await driver.set(setTags)()).toEqual(done)
  })

  it('that are refused keep no others from being bound', async () => {
    const refused = E.left(error('AccessDenied', 'PERMISSION_DENIED'))
    const { world, driver } = given({
      bucket: OURS,
      inPlace: once('tagBindings.create', refused),
    })
    expect(await driver.set(setTags)()).toEqual(refused)
    expect(world.bound).toEqual(['123/env/test'])
  })

  it('are asked of nobody but Google, whatever the location says', async () => {
    const connection = { ...CONNECTION, location: 'example.com/' }
    const hosts: string[] = []
    const api: GoogleApi =
      ({ url }) =>
      async () => {
        hosts.push(url.host)
        return E.left(error('StorageRefused'))
      }
    const deps = { storage: api, resourceManager: api, wait: () => T.of(undefined) }
    await bucketPart(deps, connection, PART).set(setTags)()
    expect(hosts).toEqual(['cloudresourcemanager.googleapis.com'])
  })
})

const NAMES = ['a', 'b/c', 'd e', 'f?g', 'h#%2F', 'i', 'j']

const emptyBatches = async (empty: TE.TaskEither<StorageError, number> | undefined) => {
  const counts: Json[] = []
  for (let batch = 0; empty !== undefined && batch < 10; batch += 1) {
    const removed = await empty()
    counts.push(E.isRight(removed) ? removed.right : removed.left._tag)
    if (E.isLeft(removed) || removed.right === 0) return counts
  }
  return counts
}

describe('what is in a bucket', () => {
  it('is removed page by page, whatever it is called', async () => {
    const { world, driver } = given({ bucket: OURS, objects: NAMES })
    expect(await emptyBatches(driver.empty)).toEqual([3, 3, 1, 0])
    expect(world.objects).toEqual([])
  })

  it('may have been removed by somebody else meanwhile', async () => {
    const { world, driver } = given({ bucket: OURS, objects: NAMES })
    world.inPlace = ({ operation, url }) => {
      if (operation === 'storage.objects.delete' && url.pathname.endsWith('/a')) {
        world.objects = world.objects.filter((name) => name !== 'a')
        return E.left(error('StorageNotFound'))
      }
      return undefined
    }
    expect(await emptyBatches(driver.empty)).toEqual([2, 3, 1, 0])
  })

  it('that may not be removed is not passed over in silence', async () => {
    const { world, driver } = given({
      bucket: OURS,
      objects: NAMES,
      inPlace: ({ operation, url }) =>
        operation === 'storage.objects.delete' && url.pathname.endsWith('/i')
          ? E.left(error('AccessDenied', 'retentionPolicyNotMet'))
          : undefined,
    })
    expect(await emptyBatches(driver.empty)).toEqual([3, 'AccessDenied'])
    expect(world.objects).toContain('i')
  })

  it('is nothing where there is no bucket', async () => {
    expect(await emptyBatches(given().driver.empty)).toEqual([0])
    expect(await given().driver.contents?.()).toEqual(
      E.right({ objects: 0, bytes: 0, isWhole: true }),
    )
  })

  it('is not over with a page that has nothing but the next one', async () => {
    const inPlace = once('storage.objects.list', E.right({ nextPageToken: '0' }))
    const { driver } = given({ bucket: OURS, objects: ['a'], inPlace })
    expect(await emptyBatches(driver.empty)).toEqual([1, 0])
  })

  it('is counted over all pages', async () => {
    const { driver } = given({ bucket: OURS, objects: NAMES })
    expect(await driver.contents?.()).toEqual(E.right({ objects: 7, bytes: 70, isWhole: true }))
  })

  it('is counted up to a bound', async () => {
    const objects = Array.from({ length: 400 }, (_, index) => `${index}`)
    const { driver } = given({ bucket: OURS, objects })
    expect(await driver.contents?.()).toEqual(
      E.right({ objects: 300, bytes: 3000, isWhole: false }),
    )
  })

  it.each<[ReadonlyArray<string>, boolean]>([
    [[], true],
    [NAMES, false],
  ])('is told to be nothing or something: %j', async (objects, isEmpty) => {
    const [, read] = given({ bucket: OURS, objects }).driver.reads
    expect(await read?.read()).toEqual(E.right({ _tag: 'Present', isEmpty }))
  })
})

describe('a bucket that is not there', () => {
  it('is absent, and it is no failure to remove it', async () => {
    const { world, driver } = given({ bucket: OURS })
    expect(await driver.reads[0].read()).toMatchObject({ right: { _tag: 'Present' } })
    expect(await driver.remove()).toEqual(done)
    expect(isJsonObject(world.bucket)).toBe(false)
    expect(await driver.reads[0].read()).toEqual(E.right({ _tag: 'Absent' }))
    expect(await driver.remove()).toEqual(done)
  })
})
