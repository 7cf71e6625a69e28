import type { StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type Alarm, type CallRecord, type Request, storageCaller } from './storage-call'

const error = (tag: Exclude<StorageError['_tag'], 'StorageThrottled'>): StorageError => ({
  _tag: tag,
  backend: 'S3',
  operation: 'Get',
  code: tag,
  message: '',
})

const throttled = (retryAfterMs: number): StorageError => ({
  ...error('StorageFailed'),
  _tag: 'StorageThrottled',
  code: 'SlowDown',
  retryAfterMs,
})

/** Sends a request that fails with these errors, and is answered then. */
const sent = async (
  failures: ReadonlyArray<StorageError>,
  random = 1,
  send: Request<string>['send'] = async () => 'answer',
  alarm?: Alarm,
) => {
  const waits: number[] = []
  const records: CallRecord[] = []
  let attempts = 0
  const call = storageCaller(
    {
      wait: (ms) => async () => void waits.push(ms),
      random: () => random,
      timeoutMs: 20,
      ...(alarm === undefined ? {} : { alarm }),
      onCall: (record) => () => void records.push(record),
    },
    'S3',
    // What was thrown here is an error of this test.
    (cause) => (cause instanceof Error ? error('StorageUnreachable') : (cause as StorageError)),
  )
  const result = await call({
    operation: 'Get',
    send: (signal) => {
      const failure = failures[attempts]
      attempts += 1
      // A service that refuses does so with its own objects.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      return failure === undefined ? send(signal) : Promise.reject(failure)
    },
  })()
  return { result, waits, codes: records.map(({ code }) => code), records }
}

describe('a request', () => {
  it('that is answered is sent once, and counted', async () => {
    const { result, waits, records } = await sent([])
    expect(result).toEqual(E.right('answer'))
    expect(waits).toEqual([])
    expect(records).toEqual([{ backend: 'S3', operation: 'Get', code: 'ok' }])
  })

  it.each(['StorageFailed', 'StorageUnreachable'] as const)(
    'that ends in %s is sent again, each time after twice as long, and every attempt is counted',
    async (tag) => {
      const { result, waits, codes } = await sent([error(tag), error(tag), error(tag)])
      expect(result).toEqual(E.right('answer'))
      expect(waits).toEqual([200, 400, 800])
      expect(codes).toEqual([tag, tag, tag, 'ok'])
    },
  )

  it('waits half as long where chance says so', async () => {
    expect((await sent([error('StorageFailed')], 0)).waits).toEqual([100])
  })

  it('is given up after four attempts', async () => {
    const { result, waits, codes } = await sent(Array(10).fill(error('StorageFailed')))
    expect(result).toEqual(E.left(error('StorageFailed')))
    expect([waits.length, codes.length]).toEqual([3, 4])
  })

  it.each([
    'AccessDenied',
    'CredentialsRefused',
    'NameTaken',
    'QuotaExceeded',
    'Unsupported',
    'StorageNotFound',
    'StorageConflict',
    'StorageRefused',
    'MarksMissing',
  ] as const)('that ends in %s is not sent again: it would end so once more', async (tag) => {
    const { result, codes } = await sent([error(tag)])
    expect([result, codes]).toEqual([E.left(error(tag)), [tag]])
  })

  it('waits as long as the service asks for, though not less than by itself', async () => {
    expect((await sent([throttled(5_000), throttled(10)])).waits).toEqual([5_000, 400])
  })

  it('is left to whoever sent it when the service asks for a long pause', async () => {
    const { result, waits, codes } = await sent([throttled(20_001)])
    expect(result).toEqual(E.left(throttled(20_001)))
    expect([waits, codes]).toEqual([[], ['SlowDown']])
    expect((await sent([throttled(20_000)])).waits).toEqual([20_000])
  })

  it('that throws before it is sent has failed like any other', async () => {
    const { result, codes } = await sent([], 1, () => {
      throw new Error('a defect')
    })
    expect(result).toMatchObject(E.left({ _tag: 'StorageUnreachable' }))
    expect(codes).toHaveLength(4)
  })

  it('that takes too long is told so, and has failed', async () => {
    const hearing: Request<string>['send'] = (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')))
      })
    const { codes } = await sent([], 1, hearing)
    expect(codes).toHaveLength(4)
  })

  it('is timed by the clock that is given, and by no other', async () => {
    const set: Array<readonly [number, () => void]> = []
    const clock: Alarm = (ms, ring) => {
      set.push([ms, ring])
      return () => undefined
    }
    const slow: Request<string>['send'] = (signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')))
        // Longer than it has by the machine's clock; the first one only is late by the other.
        if (set.length > 2) setTimeout(() => resolve('late'), 40)
        else set[0]?.[1]()
      })
    const { result, codes } = await sent([], 1, slow, clock)
    expect(result).toEqual(E.right('late'))
    expect(codes).toEqual(['StorageUnreachable', 'ok'])
    expect(set.map(([ms]) => ms)).toEqual([20, 1_020, 20, 1_020])
  })

  it('that does not hear that its time is over has failed soon after', async () => {
    const deaf = (): Promise<string> => new Promise(() => undefined)
    const { result } = await sent([throttled(0), throttled(0), throttled(0)], 1, deaf)
    expect(result).toMatchObject(E.left({ _tag: 'StorageUnreachable' }))
  })
})
