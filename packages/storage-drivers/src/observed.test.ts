import type { SettingName, StorageError, StorageSight } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import { describe, expect, it } from 'vitest'

import type { Backend, PartDriver, PartFound, PartRead } from './backend'
import { observed } from './observed'
import { failureOf } from './testing/in-memory-storage'

type Answer = E.Either<StorageError, PartFound>

const THERE: PartFound = { _tag: 'Present', marks: { mark: 'ours' }, isEmpty: true }
const TAGGED: PartFound = {
  _tag: 'Present',
  settings: { Tagged: { _tag: 'Found', value: { a: 'b' } } },
  details: { tags: 1 },
  keys: { one: '1' },
}
const DENIED = failureOf('AccessDenied')
const WHOLE = { _tag: 'Everything', counts: false } as const
const COUNTED = { _tag: 'Everything', counts: true } as const

const part = (
  kind: PartDriver['kind'],
  reads: PartDriver['reads'],
  changes: Partial<PartDriver> = {},
): PartDriver => ({
  kind,
  reads,
  create: TE.right(undefined),
  mark: TE.right(undefined),
  set: () => TE.right(undefined),
  remove: TE.right(undefined),
  ...changes,
})

/** A bucket with three reads, and what was read of it so far. */
const bucket = (answers: {
  readonly first?: Answer
  readonly tags?: Answer
  readonly encryption?: Answer
  readonly contents?: PartDriver['contents']
}) => {
  const asked: string[] = []
  const read = (name: string, tells: ReadonlyArray<SettingName>, answer: Answer): PartRead => ({
    tells,
    read: async () => {
      asked.push(name)
      return answer
    },
  })
  const backend: Backend = {
    parts: [
      part(
        'bucket',
        [
          read('first', [], answers.first ?? E.right(THERE)),
          read('tags', ['Tagged'], answers.tags ?? E.right(TAGGED)),
          read('encryption', ['Encrypted'], answers.encryption ?? E.right({ _tag: 'Present' })),
        ],
        answers.contents === undefined ? {} : { contents: answers.contents },
      ),
    ],
    close: () => undefined,
  }
  return { backend, asked }
}

const sightWith = (settings: object = {}): StorageSight => ({
  parts: {
    bucket: { _tag: 'Present', marks: { mark: 'ours' }, isEmpty: true, settings, details: {} },
  },
})

describe('a look at everything', () => {
  it('puts together what every read tells', async () => {
    const { backend, asked } = bucket({})
    expect(await observed(backend, WHOLE)()).toEqual({
      sight: {
        parts: {
          bucket: {
            _tag: 'Present',
            marks: { mark: 'ours' },
            isEmpty: true,
            settings: { Tagged: { _tag: 'Found', value: { a: 'b' } } },
            details: { tags: 1 },
          },
        },
      },
      keys: { one: '1' },
    })
    expect(asked).toEqual(['first', 'tags', 'encryption'])
  })

  it.each([
    [E.right({ _tag: 'Absent' } as const), { _tag: 'Absent' }],
    [E.left(DENIED), { _tag: 'Unseen', error: DENIED }],
  ])('asks nothing further of what is not seen', async (first, sight) => {
    const { backend, asked } = bucket({ first })
    expect((await observed(backend, WHOLE)()).sight.parts.bucket).toEqual(sight)
    expect(asked).toEqual(['first'])
  })

  it('tells settings that could not be read from those that the service does not have', async () => {
    const missing = failureOf('Unsupported')
    const { backend } = bucket({ tags: E.left(DENIED), encryption: E.left(missing) })
    expect((await observed(backend, WHOLE)()).sight.parts.bucket).toMatchObject({
      settings: {
        Tagged: { _tag: 'NotSeen', error: DENIED },
        Encrypted: { _tag: 'NotSupported', error: missing },
      },
    })
  })

  it('counts only when asked, only what is there, and leaves out what cannot be counted', async () => {
    const contents = { objects: 3, bytes: 9, isWhole: true }
    const seen = async (
      scope: typeof WHOLE | typeof COUNTED,
      answers: Parameters<typeof bucket>[0],
    ) => (await observed(bucket(answers).backend, scope)()).sight.contents
    expect(await seen(COUNTED, { contents: TE.right(contents) })).toEqual(contents)
    expect(await seen(WHOLE, { contents: TE.right(contents) })).toBeUndefined()
    expect(await seen(COUNTED, { contents: TE.left(DENIED) })).toBeUndefined()
    expect(await seen(COUNTED, {})).toBeUndefined()
    const gone = { first: E.right({ _tag: 'Absent' } as const), contents: TE.right(contents) }
    expect(await seen(COUNTED, gone)).toBeUndefined()
  })
})

describe('a glance', () => {
  const glance = (backend: Backend, turn: number, before: StorageSight) =>
    observed(backend, { _tag: 'Glance', turn, before })()

  it('is one read, another one with every turn, and keeps what the others told', async () => {
    const { backend, asked } = bucket({})
    const before = sightWith({ Encrypted: { _tag: 'Found', value: 'AES256' } })
    for (const turn of [0, 1, 2, 3, 4]) {
      const { sight } = await glance(backend, turn, before)
      expect(sight.parts.bucket).toMatchObject({
        marks: { mark: 'ours' },
        settings: { Encrypted: { value: 'AES256' } },
      })
    }
    expect(asked).toEqual(['first', 'tags', 'encryption', 'first', 'tags'])
  })

  it('goes through the parts one after the other', async () => {
    const asked: string[] = []
    const one = (kind: PartDriver['kind']) =>
      part(kind, [
        {
          tells: [],
          read: async () => {
            asked.push(kind)
            return E.right(THERE)
          },
        },
      ])
    const backend: Backend = { parts: [one('account'), one('container')], close: () => undefined }
    const { sight } = await observed(backend, WHOLE)()
    for (const turn of [0, 1, 2]) await glance(backend, turn, sight)
    expect(asked.slice(2)).toEqual(['account', 'container', 'account'])
  })

  it.each([
    { parts: { bucket: { _tag: 'Absent' } } },
    { parts: { bucket: { _tag: 'Unseen', error: DENIED } } },
    { parts: {} },
  ] satisfies ReadonlyArray<StorageSight>)(
    'looks at the whole part where it was not seen before',
    async (before) => {
      const { backend, asked } = bucket({})
      expect((await glance(backend, 1, before)).sight.parts.bucket).toMatchObject({
        _tag: 'Present',
        settings: { Tagged: { _tag: 'Found' } },
      })
      expect(asked).toEqual(['first', 'tags', 'encryption'])
    },
  )

  it('finds that everything has gone, when a setting is not there to be read', async () => {
    const { backend, asked } = bucket({
      first: E.right({ _tag: 'Absent' }),
      tags: E.left(failureOf('StorageNotFound')),
    })
    expect((await glance(backend, 1, sightWith())).sight.parts.bucket).toEqual({ _tag: 'Absent' })
    expect(asked).toEqual(['tags', 'first'])
  })

  it('that fails makes unknown what it would have told, and nothing else', async () => {
    const before = sightWith({ Encrypted: { _tag: 'Found', value: 'AES256' } })
    const tags = await glance(bucket({ tags: E.left(DENIED) }).backend, 1, before)
    expect(tags.sight.parts.bucket).toMatchObject({
      _tag: 'Present',
      settings: { Tagged: { _tag: 'NotSeen' }, Encrypted: { _tag: 'Found' } },
    })
    const first = await glance(bucket({ first: E.left(DENIED) }).backend, 0, before)
    expect(first.sight.parts.bucket).toEqual({ _tag: 'Unseen', error: DENIED })
  })

  it('at a storage without parts sees what was seen', async () => {
    const backend: Backend = { parts: [], close: () => undefined }
    expect(await glance(backend, 5, sightWith())).toEqual({ sight: sightWith(), keys: {} })
  })
})

describe('what is said not to be there', () => {
  const ABSENT: PartFound = { _tag: 'Absent' }
  const lagging = (): Backend => {
    const answers = [ABSENT]
    const read: PartRead['read'] = async () => E.right(answers.shift() ?? THERE)
    return { parts: [part('bucket', [{ tells: [], read }])], close: () => undefined }
  }
  const there = { parts: { bucket: { ...THERE, settings: {}, details: {} } } } as const

  it('is there all the same if it has to go and is there a moment later', async () => {
    expect((await observed(lagging(), COUNTED)()).sight).toEqual(there)
    expect((await observed(lagging(), WHOLE)()).sight).toEqual({ parts: { bucket: ABSENT } })
  })

  it('is there all the same if it was before and is there a moment later', async () => {
    const glance = { _tag: 'Glance', turn: 0, before: there } as const
    expect((await observed(lagging(), glance)()).sight).toEqual(there)
  })
})
