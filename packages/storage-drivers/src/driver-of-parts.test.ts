import type { StorageStep } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { OpenBackend, PartDriver } from './backend'
import { driverOfParts } from './driver-of-parts'
import type { OnProgress, StorageAccess } from './storage-driver'
import { driverContract } from './testing/driver-contract'
import { failureOf, type InMemoryStorage, inMemoryStorage } from './testing/in-memory-storage'

driverContract('in memory', async () => inMemoryStorage(), { describe, it, beforeAll, afterAll })

const quiet: OnProgress = () => () => undefined

const CREATE: ReadonlyArray<StorageStep> = [
  { _tag: 'Create', part: 'account' },
  { _tag: 'Create', part: 'container' },
]

const TAGGED = { name: 'Tagged', wanted: { team: 'registry' } } as const
const SET: StorageStep = { _tag: 'Set', part: 'container', setting: TAGGED }

const made = async (storage: InMemoryStorage): Promise<StorageAccess> => {
  const access = await storage.unused()
  await storage.driver.ensure(access, CREATE, quiet)()
  return access
}

const removals = ({ target }: StorageAccess) =>
  target.parts.map(({ kind, marks }) => ({ part: kind, marks })).reverse()

const tags = (result: E.Either<{ readonly _tag: string }, unknown>) =>
  E.isLeft(result) ? result.left._tag : 'done'

describe('the steps of making', () => {
  it('are all tried, in their order, and told in words for people', async () => {
    const storage = inMemoryStorage()
    const access = await storage.unused()
    const told: string[] = []
    storage.failNext('Set Tagged of container', failureOf('AccessDenied'))
    const outcomes = await storage.driver.ensure(
      access,
      [...CREATE, SET, { ...SET, part: 'account' }, { _tag: 'Mark', part: 'container' }],
      (step, count) => () => void told.push(`${step} ${count}`),
    )()
    expect(outcomes.map(({ result }) => tags(result))).toEqual([
      'done',
      'done',
      'AccessDenied',
      'done',
      'MarksMissing',
    ])
    expect(told).toEqual([
      'create account account-1 0',
      'create container container-1 0',
      'set Tagged of container container-1 0',
      'set Tagged of account account-1 0',
      'mark container container-1 0',
    ])
  })

  it('leave alone what could not be made, and go on with the rest', async () => {
    const storage = inMemoryStorage()
    storage.failNext('Make container', failureOf('QuotaExceeded'))
    const outcomes = await storage.driver.ensure(
      await storage.unused(),
      [...CREATE, SET, { ...SET, part: 'account' }],
      quiet,
    )()
    expect(outcomes.map(({ step, result }) => [step._tag, step.part, tags(result)])).toEqual([
      ['Create', 'account', 'done'],
      ['Create', 'container', 'QuotaExceeded'],
      ['Set', 'account', 'done'],
    ])
  })

  it('fail for a part that this kind of storage does not have', async () => {
    const storage = inMemoryStorage()
    const access = await storage.unused()
    expect(
      await storage.driver.ensure(access, [{ _tag: 'Create', part: 'bucket' }], quiet)(),
    ).toMatchObject([
      { result: E.left({ _tag: 'StorageRefused', message: 'this kind of storage has no bucket' }) },
    ])
    expect(
      tags(await storage.driver.remove(access, [{ part: 'bucket', marks: {} }], quiet)()),
    ).toBe('StorageRefused')
  })

  it('are not begun any more once nobody wants them', async () => {
    const storage = inMemoryStorage()
    const access = await storage.unused()
    let asked = 0
    const isWanted = () => (asked += 1) < 2
    const outcomes = await storage.driver.ensure({ ...access, isWanted }, CREATE, quiet)()
    expect(outcomes.map(({ result }) => tags(result))).toEqual(['done', 'StorageConflict'])
    expect(await storage.world.look(access.target)).toBeUndefined()
  })

  it('set what the original has made, if the name is one that only it gives', async () => {
    const storage = inMemoryStorage()
    const access = await made(storage)
    const now = (isGeneratedName: boolean): StorageAccess => ({
      ...access,
      target: {
        ...access.target,
        parts: access.target.parts.map((part) => ({
          ...part,
          marks: { owner: 'somebody new' },
          formerMarks: part.marks,
          isGeneratedName,
        })),
      },
    })
    const outcomes = async (isGeneratedName: boolean) =>
      (await storage.driver.ensure(now(isGeneratedName), [SET], quiet)()).map(({ result }) =>
        tags(result),
      )
    expect(await outcomes(false)).toEqual(['MarksMissing'])
    expect(await outcomes(true)).toEqual(['done'])
  })

  it('change nothing of what could not be seen just before', async () => {
    const storage = inMemoryStorage()
    const access = await made(storage)
    storage.failNext('Get container', failureOf('AccessDenied'), failureOf('AccessDenied'))
    const [outcome] = await storage.driver.ensure(access, [SET], quiet)()
    expect(outcome?.result).toMatchObject(E.left({ _tag: 'AccessDenied' }))
    expect(tags(await storage.driver.remove(access, removals(access), quiet)())).toBe(
      'AccessDenied',
    )
    expect(await storage.world.look(access.target)).toBeDefined()
  })
})

describe('the steps of removing', () => {
  it('are told with how much has gone', async () => {
    const storage = inMemoryStorage()
    const access = await made(storage)
    await storage.world.put(access.target, ['1', '2', '3'])
    const told: string[] = []
    await storage.driver.remove(
      access,
      removals(access),
      (step, count) => () => void told.push(`${step} ${count}`),
    )()
    expect(told).toEqual([
      'empty container 2',
      'empty container 3',
      'remove container 3',
      'remove account 0',
    ])
  })

  it.each([
    [0, 3],
    [1, 1],
    [2, 0],
    [3, 0],
  ])('stop before the next change once nobody wants them (after %d)', async (allowed, left) => {
    const storage = inMemoryStorage()
    const access = await made(storage)
    await storage.world.put(access.target, ['1', '2', '3'])
    let asked = 0
    const isWanted = () => (asked += 1) <= allowed
    const result = await storage.driver.remove({ ...access, isWanted }, removals(access), quiet)()
    expect(tags(result)).toBe('StorageConflict')
    const { sight } = E.getOrElseW(() => expect.fail('it was not seen'))(
      await storage.driver.observe(access, { _tag: 'Everything', counts: true })(),
    )
    expect(sight.contents?.objects).toBe(left)
  })
})

describe('a storage that was opened', () => {
  const defect: PartDriver = {
    kind: 'bucket',
    reads: [{ tells: [], read: () => Promise.reject(new Error('a defect')) }],
    create: () => Promise.reject(new Error('a defect')),
    mark: TE.right(undefined),
    set: () => TE.right(undefined),
    remove: TE.right(undefined),
  }

  it('is closed, however it ends', async () => {
    const storage = inMemoryStorage()
    const access = await made(storage)
    storage.failNext('Get account', failureOf('AccessDenied'))
    await storage.driver.observe(access, { _tag: 'Everything', counts: false })()
    await storage.driver.remove(access, removals(access), quiet)()
    expect(storage.open()).toBe(0)
    let closed = 0
    const open: OpenBackend = () => TE.right({ parts: [defect], close: () => void (closed += 1) })
    const broken = driverOfParts(open, () => TE.left(failureOf('StorageFailed')))
    await expect(broken.observe(access, { _tag: 'Everything', counts: false })()).rejects.toThrow(
      'a defect',
    )
    await expect(
      broken.ensure(access, [{ _tag: 'Create', part: 'bucket' }], quiet)(),
    ).rejects.toThrow('a defect')
    expect(closed).toBe(2)
  })

  it('not even: then nothing was seen, and every step has failed', async () => {
    const storage = inMemoryStorage()
    const access = await storage.unused()
    const refused = TE.left(failureOf('CredentialsRefused'))
    const driver = driverOfParts(
      () => refused,
      () => TE.left(failureOf('StorageFailed')),
    )
    expect(tags(await driver.observe(access, { _tag: 'Everything', counts: false })())).toBe(
      'CredentialsRefused',
    )
    const outcomes = await driver.ensure(access, [...CREATE, SET], quiet)()
    expect(outcomes.map(({ result }) => tags(result))).toEqual(Array(3).fill('CredentialsRefused'))
    expect(tags(await driver.remove(access, removals(access), quiet)())).toBe('CredentialsRefused')
  })
})
