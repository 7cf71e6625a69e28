import type { StorageStep, StorageTarget } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'
import { describe, expect, it } from 'vitest'

import type { PartDriver } from './backend'
import { driverOfParts } from './driver-of-parts'
import { storageCaller } from './storage-call'
import { failureOf, inMemoryStorage } from './testing/in-memory-storage'

const DENIED = failureOf('AccessDenied')

const STEPS: ReadonlyArray<StorageStep> = [
  { _tag: 'Mark', part: 'container' },
  {
    _tag: 'Set',
    part: 'container',
    setting: { name: 'Tagged', wanted: { team: 'registry' } },
  },
]

/** An empty container that may have tags of somebody: nobody is let in to read them. */
const closedContainer = (done: string[]): PartDriver => {
  const note = (what: string) => TE.fromIO(() => void done.push(what))
  return {
    kind: 'container',
    reads: [
      { tells: [], read: TE.right({ _tag: 'Present', isEmpty: true }) },
      { tells: ['Tagged'], read: TE.left(DENIED) },
    ],
    create: note('create'),
    mark: note('mark'),
    set: () => note('set'),
    remove: note('remove'),
  }
}

const driverOf = (part: PartDriver) =>
  driverOfParts(
    () => TE.right({ parts: [part], close: () => undefined }),
    storageCaller(
      { wait: () => T.of(undefined), random: () => 0, timeoutMs: 1, onCall: () => () => undefined },
      'S3',
      () => DENIED,
    ),
  )

const marksOf = ({ parts }: StorageTarget) =>
  parts.find(({ kind }) => kind === 'container')?.marks ?? {}

describe('a part whose marks cannot be read', () => {
  it('is neither marked, nor set, nor removed, and the reason is told', async () => {
    const done: string[] = []
    const driver = driverOf(closedContainer(done))
    const access = await inMemoryStorage().unused()
    const outcomes = await driver.ensure(access, STEPS, () => () => undefined)()
    const removal = { part: 'container', marks: marksOf(access.target) } as const
    const removed = await driver.remove(access, [removal], () => () => undefined)()
    expect([...outcomes.map(({ result }) => result), removed]).toEqual([
      E.left(DENIED),
      E.left(DENIED),
      E.left(DENIED),
    ])
    expect(done).toEqual([])
  })
})
