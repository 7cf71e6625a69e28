import * as E from 'fp-ts/Either'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'
import { describe, expect, it } from 'vitest'

import { readinessOf, type Readiness, untilReady } from './until-ready'

const watching = async (answers: ReadonlyArray<Readiness>) => {
  let looks = 0
  let waited = 0
  const result = await untilReady(
    {
      operation: 'Create',
      wait: (ms) =>
        T.fromIO(() => {
          waited += ms
        }),
    },
    TE.fromIO(() => answers[looks++] ?? 'pending'),
  )()
  return { result, looks, waited }
}

describe('waiting', () => {
  it('ends as soon as something is ready, and begins with a look', async () => {
    expect(await watching(['ready'])).toEqual({ result: E.right(undefined), looks: 1, waited: 0 })
    expect(await watching(['pending', 'pending', 'ready'])).toEqual({
      result: E.right(undefined),
      looks: 3,
      waited: 10_000,
    })
  })

  it('ends when Azure has given up', async () => {
    expect((await watching(['pending', 'failed'])).result).toMatchObject(
      E.left({ _tag: 'StorageFailed', operation: 'Create' }),
    )
  })

  it('ends after ten minutes, and then something is still under way', async () => {
    const { result, waited } = await watching([])
    expect(result).toMatchObject(E.left({ _tag: 'StorageConflict' }))
    expect(waited).toBeLessThanOrEqual(600_000)
    expect(waited).toBeGreaterThan(500_000)
  })
})

it('what has no state has been made', () => {
  expect(
    [undefined, 'Succeeded', 'Creating', 'ResolvingDNS', 'Failed', 'Canceled'].map(readinessOf),
  ).toEqual(['ready', 'ready', 'pending', 'pending', 'failed', 'failed'])
})
