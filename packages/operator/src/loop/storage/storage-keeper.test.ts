import { decode } from '@image-registry-operator/render'
import {
  isJsonObject,
  type StorageError,
  type StorageTarget,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import { fakeClock } from '../../testing/fake-clock'
import { TEST_RELEASE } from '../../testing/recorded-io'
import {
  bucketSeen,
  making,
  removing,
  someTarget,
  storageFailure,
  waitingDriver,
} from '../../testing/waiting-driver'
import { storageKeeper } from './storage-keeper'
import { KEYS_REF } from './storage-seen'

const SECRET_VALUE = 'a-secret-value'

const A = someTarget('a')
const B = someTarget('b')
const wanted = (target: StorageTarget) => ({ target, isGoing: false })
const going = (target: StorageTarget) => ({ target, isGoing: true })

const THROTTLED: StorageError = {
  ...storageFailure('StorageFailed'),
  _tag: 'StorageThrottled',
  retryAfterMs: 90_000,
}

/** A keeper beside a cloud that answers when it is told to. */
const keeping = (random = 1) => {
  const clock = fakeClock()
  const driver = waitingDriver()
  const world = { isLeader: true, changes: 0, values: true, driverFor: driver.driverFor }
  const keeper = storageKeeper({
    driverFor: (backend) => () => world.driverFor(backend)(),
    valuesOf: ({ kind }) =>
      kind === 'Secret' && world.values
        ? O.some({
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 'credentials' },
            data: { secret: Buffer.from(SECRET_VALUE).toString('base64') },
          })
        : O.none,
    clock,
    random: () => random,
    mayWrite: () => world.isLeader,
    onChange: () => void (world.changes += 1),
  })
  const settled = () => clock.advance(0)
  const status = () => {
    const said = keeper.seen()[0]?.['status']
    return isJsonObject(said) ? said : {}
  }
  return {
    ...driver,
    keeper,
    clock,
    world,
    settled,
    status,
    consider: async (want: Parameters<typeof keeper.consider>[0]) => {
      keeper.consider(want)()
      await settled()
    },
    begin: async (errand: ReturnType<typeof making>) => {
      keeper.begin(errand)()
      await settled()
    },
    answerLook: async (answer: ReturnType<typeof bucketSeen> | E.Either<StorageError, never>) => {
      driver.looks.at(-1)?.answer(answer)
      await settled()
    },
    answerEnsuring: async (...failures: ReadonlyArray<StorageError>) => {
      const step = { _tag: 'Create', part: 'bucket' } as const
      driver.ensurings
        .at(-1)
        ?.answer(
          failures.length === 0
            ? [{ step, result: E.right(undefined) }]
            : failures.map((error) => ({ step, result: E.left(error) })),
        )
      await settled()
    },
  }
}

/** One whose bucket is not there yet, and has been looked for. */
const keepingAbsent = async (target = A) => {
  const given = keeping()
  await given.consider(wanted(target))
  await given.answerLook(bucketSeen(false))
  return given
}

describe('a storage that is wanted', () => {
  it('is looked at once, whole, and then told', async () => {
    const { consider, answerLook, looks, status, world } = keeping()
    expect(status()).toEqual({ awaited: true })
    await consider(wanted(A))
    await consider(wanted({ ...A }))
    expect(looks.map(({ scope }) => scope)).toEqual([{ _tag: 'Everything', counts: false }])
    expect(looks[0]?.access.values).toEqual({ secret: SECRET_VALUE })
    expect([status(), world.changes]).toEqual([{ awaited: true }, 0])
    await answerLook(bucketSeen(true))
    expect(status()).toMatchObject({
      place: 's3/a',
      sight: { parts: { bucket: {} } },
      troubles: [],
    })
    expect([looks.length, world.changes]).toEqual([1, 1])
  })

  it('is told so that decoding understands it', async () => {
    const { consider, answerLook, keeper } = keeping()
    const known = () => decode(keeper.seen(), TEST_RELEASE).facts.storage
    expect(known()).toEqual({ _tag: 'Awaited' })
    await consider(wanted(A))
    await answerLook(bucketSeen(false))
    expect(known()).toMatchObject({
      _tag: 'Looked',
      sight: { parts: { bucket: { _tag: 'Absent' } } },
    })
  })

  it.each([
    [0, 570_000],
    [1, 600_000],
  ])(
    'is glanced at about every ten minutes, another read each time (chance %d)',
    async (random, ms) => {
      const { consider, answerLook, looks, clock, world } = keeping(random)
      await consider(wanted(A))
      await answerLook(bucketSeen(true))
      for (const turn of [0, 1, 2]) {
        await clock.advance(ms - 1)
        expect(looks).toHaveLength(turn + 1)
        await clock.advance(1)
        expect(looks.at(-1)?.scope).toMatchObject({ _tag: 'Glance', turn })
        await answerLook(bucketSeen(true))
      }
      expect([looks.length, world.changes]).toEqual([4, 1])
    },
  )

  it('is looked at anew, and counted, once it has to go', async () => {
    const { consider, answerLook, looks } = keeping()
    await consider(wanted(A))
    await answerLook(bucketSeen(true))
    await consider(going(A))
    expect(looks.at(-1)?.scope).toEqual({ _tag: 'Everything', counts: true })
  })

  it('is not wanted any more: nothing is known, and nobody is asked', async () => {
    const { consider, answerLook, looks, status, clock } = keeping()
    await consider(wanted(A))
    await answerLook(bucketSeen(true))
    await consider(undefined)
    await clock.advance(1_200_000)
    expect([status(), looks.length]).toEqual([{ awaited: true }, 1])
  })
})

describe('a look that fails', () => {
  it('is repeated after a second, two, … up to five minutes, and told once', async () => {
    const { consider, answerLook, looks, clock, world, status } = keeping()
    await consider(wanted(A))
    const denied = E.left(storageFailure('AccessDenied'))
    await answerLook(denied)
    const waits = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1000)
    for (const [turn, ms] of waits.entries()) {
      await clock.advance(ms - 1)
      expect(looks).toHaveLength(turn + 1)
      await clock.advance(1)
      expect(looks).toHaveLength(turn + 2)
      await answerLook(denied)
    }
    expect(world.changes).toBe(1)
    expect(status()).toMatchObject({
      troubles: [{ verb: 'observe', error: { _tag: 'AccessDenied' } }],
    })
    await clock.advance(300_000)
    await answerLook(bucketSeen(true))
    expect(status()).toMatchObject({ troubles: [] })
    await clock.advance(569_999)
    expect(looks.at(-1)?.scope._tag).toBe('Everything')
  })

  it('is not repeated before the service allows it', async () => {
    const { consider, answerLook, looks, clock } = keeping()
    await consider(wanted(A))
    await answerLook(E.left(THROTTLED))
    await clock.advance(89_999)
    expect(looks).toHaveLength(1)
    await clock.advance(1)
    expect(looks).toHaveLength(2)
  })

  it.each([
    ['StorageUnreachable', 2],
    ['AccessDenied', 1],
  ] as const)(
    'only for a setting (%s) is no trouble, and repeated soon if that may help',
    async (tag, count) => {
      const { consider, answerLook, looks, clock, status } = keeping()
      await consider(wanted(A))
      await answerLook(
        E.right({
          keys: {},
          sight: {
            parts: {
              bucket: {
                _tag: 'Present',
                settings: { Tagged: { _tag: 'NotSeen', error: storageFailure(tag) } },
                details: {},
              },
            },
          },
        }),
      )
      expect(status()).toMatchObject({ troubles: [] })
      await clock.advance(1_000)
      expect(looks).toHaveLength(count)
      expect(looks.at(-1)?.scope._tag).toBe('Everything')
    },
  )

  it('because a Secret has gone says so', async () => {
    const { consider, world, looks, status } = keeping()
    world.values = false
    await consider(wanted(A))
    expect(looks).toEqual([])
    expect(status()).toMatchObject({
      troubles: [
        {
          error: {
            _tag: 'CredentialsRefused',
            operation: 'read Secret openshift-image-registry/credentials',
          },
        },
      ],
    })
  })
})

describe('an errand', () => {
  it('is begun once, and is told until it has been seen what came of it', async () => {
    const { begin, answerEnsuring, answerLook, ensurings, looks, status } = await keepingAbsent()
    await begin(making(A))
    await begin(making(A))
    expect(ensurings).toHaveLength(1)
    expect(status()).toMatchObject({ work: { verb: 'ensure' } })
    ensurings[0]?.onProgress('create bucket a', 0)()
    expect(status()).toMatchObject({ work: { step: 'create bucket a' } })
    await answerEnsuring()
    await begin(making(A))
    expect(status()).toMatchObject({ work: { step: 'create bucket a' } })
    expect([ensurings.length, looks.length]).toEqual([1, 2])
    await answerLook(bucketSeen(true))
    expect(status()).not.toHaveProperty('work')
    expect(status()).toMatchObject({ sight: { parts: { bucket: { _tag: 'Present' } } } })
  })

  it('is still told after a look that failed, so that nothing is begun blindly', async () => {
    const { begin, answerEnsuring, answerLook, ensurings, status } = await keepingAbsent()
    await begin(making(A))
    await answerEnsuring()
    await answerLook(E.left(storageFailure('StorageUnreachable')))
    await begin(making(A))
    expect(status()).toHaveProperty('work')
    expect(ensurings).toHaveLength(1)
  })

  it('outdates a look that had begun before it ended', async () => {
    const { begin, answerEnsuring, answerLook, looks, status, clock } = await keepingAbsent()
    await begin(making(A))
    await clock.advance(600_000)
    expect(looks).toHaveLength(2)
    await answerEnsuring()
    expect(looks).toHaveLength(2)
    await answerLook(bucketSeen(false))
    expect(looks).toHaveLength(3)
    expect(status()).toHaveProperty('work')
    await answerLook(bucketSeen(true))
    expect(status()).toMatchObject({ sight: { parts: { bucket: { _tag: 'Present' } } } })
    expect(status()).not.toHaveProperty('work')
  })

  it('that failed rests for a second, then for two, and is told meanwhile', async () => {
    const { begin, answerEnsuring, answerLook, ensurings, status, clock, world } =
      await keepingAbsent()
    for (const [turn, ms] of [1_000, 2_000, 4_000].entries()) {
      await begin(making(A))
      expect(ensurings).toHaveLength(turn + 1)
      await answerEnsuring(storageFailure('AccessDenied'))
      await answerLook(bucketSeen(false))
      expect(status()).toMatchObject({
        rests: true,
        troubles: [{ verb: 'ensure', part: 'bucket', error: { _tag: 'AccessDenied' } }],
      })
      await begin(making(A))
      await clock.advance(ms - 1)
      expect(ensurings).toHaveLength(turn + 1)
      const before = world.changes
      await clock.advance(1)
      expect(status()).not.toHaveProperty('rests')
      expect(world.changes).toBe(before + 1)
    }
  })

  it('rests for as long as the service asks for', async () => {
    const { begin, answerEnsuring, answerLook, clock, status } = await keepingAbsent()
    await begin(making(A))
    await answerEnsuring(THROTTLED)
    await answerLook(bucketSeen(false))
    await clock.advance(89_999)
    expect(status()).toHaveProperty('rests')
    await clock.advance(1)
    expect(status()).not.toHaveProperty('rests')
  })

  it('for what the service does not have is told, and is no failure', async () => {
    const { begin, answerEnsuring, answerLook, status } = await keepingAbsent()
    await begin(making(A))
    await answerEnsuring(storageFailure('Unsupported'))
    await answerLook(bucketSeen(true))
    expect(status()).not.toHaveProperty('rests')
    expect(status()).toMatchObject({ troubles: [{ error: { _tag: 'Unsupported' } }] })
  })

  it('that nobody asks for any more, although nothing keeps him, is no trouble any more', async () => {
    const { begin, consider, answerEnsuring, answerLook, status, clock, world } =
      await keepingAbsent()
    await begin(making(A))
    await answerEnsuring(storageFailure('NameTaken'))
    await answerLook(bucketSeen(true))
    await consider(wanted(A))
    await consider(wanted(A))
    expect(status()).toMatchObject({ troubles: [{ error: { _tag: 'NameTaken' } }] })
    await clock.advance(1_000)
    const before = world.changes
    await consider(wanted(A))
    expect(world.changes).toBe(before + 1)
    await consider(wanted(A))
    expect(status()).toMatchObject({ troubles: [] })
    await consider(wanted(A))
    expect(world.changes).toBe(before + 2)
  })

  it('of removal reports how far it is', async () => {
    const { consider, answerLook, begin, removings, status, settled } = keeping()
    await consider(going(A))
    await answerLook(bucketSeen(true))
    await begin(removing(A))
    removings[0]?.onProgress('empty bucket', 2_000)()
    expect(status()).toMatchObject({ work: { verb: 'remove', removedObjects: 2_000 } })
    removings[0]?.answer(E.left(storageFailure('AccessDenied')))
    await settled()
    await answerLook(bucketSeen(true))
    expect(status()).toMatchObject({ troubles: [{ verb: 'remove' }], rests: true })
  })

  it('that is not what is wanted is not begun', async () => {
    const { begin, ensurings, removings } = await keepingAbsent()
    await begin(removing(A))
    await begin(making(B))
    expect([ensurings.length, removings.length]).toEqual([0, 0])
  })
})

describe('an errand that is not wanted any more', () => {
  it('stops, has not failed, and leaves room for the other one', async () => {
    const { consider, answerLook, begin, removings, ensurings, status, settled } = keeping()
    await consider(going(A))
    await answerLook(bucketSeen(true))
    await begin(removing(A))
    expect(removings[0]?.access.isWanted?.()).toBe(true)
    await consider(wanted(A))
    expect(removings[0]?.access.isWanted?.()).toBe(false)
    await begin(making(A))
    expect(ensurings).toEqual([])
    removings[0]?.answer(E.left(storageFailure('StorageConflict')))
    await settled()
    await answerLook(bucketSeen(false))
    await answerLook(bucketSeen(false))
    expect(status()).toMatchObject({ troubles: [] })
    expect(status()).not.toHaveProperty('rests')
    await begin(making(A))
    expect(ensurings).toHaveLength(1)
  })

  it('has not to wait for what failed of the other one', async () => {
    const { begin, answerEnsuring, answerLook, consider, removings, status } = await keepingAbsent()
    await begin(making(A))
    await answerEnsuring(storageFailure('AccessDenied'))
    await answerLook(bucketSeen(true))
    await consider(going(A))
    await answerLook(bucketSeen(true))
    expect(status()).toMatchObject({ troubles: [] })
    await begin(removing(A))
    expect(removings).toHaveLength(1)
  })

  it('stops when the lease is lost, and after the end', async () => {
    const { begin, ensurings, world, keeper } = await keepingAbsent()
    await begin(making(A))
    const isWanted = () => ensurings[0]?.access.isWanted?.()
    expect(isWanted()).toBe(true)
    world.isLeader = false
    expect(isWanted()).toBe(false)
    world.isLeader = true
    keeper.stop()
    expect(isWanted()).toBe(false)
  })

  it('stops for good: the same storage that is wanted once more has to wait for its end', async () => {
    const { begin, consider, answerLook, answerEnsuring, ensurings, world, status } =
      await keepingAbsent()
    await begin(making(A))
    await consider(wanted(B))
    await consider(wanted(A))
    await answerLook(bucketSeen(false))
    expect(ensurings[0]?.access.isWanted?.()).toBe(false)
    await begin(making(A))
    expect(ensurings).toHaveLength(1)
    const before = world.changes
    await answerEnsuring(storageFailure('StorageConflict'))
    expect(world.changes).toBe(before + 1)
    expect(status()).toMatchObject({ troubles: [] })
    await begin(making(A))
    expect(ensurings).toHaveLength(2)
    expect(ensurings[1]?.access.isWanted?.()).toBe(true)
  })
})

describe('another storage', () => {
  it('is told once it has been seen; until then what was known of the former one is', async () => {
    const { consider, answerLook, status } = keeping()
    await consider(wanted(A))
    await answerLook(bucketSeen(true))
    await consider(wanted(B))
    expect(status()).toMatchObject({ place: 's3/a' })
    await consider(wanted(someTarget('c')))
    expect(status()).toMatchObject({ place: 's3/a' })
    await answerLook(bucketSeen(false))
    expect(status()).toMatchObject({
      place: 's3/c',
      sight: { parts: { bucket: { _tag: 'Absent' } } },
    })
  })

  it('is the same one with other credentials', async () => {
    const { consider, answerLook, looks, status } = keeping()
    await consider(wanted(A))
    await answerLook(bucketSeen(true))
    await consider(wanted(someTarget('a', 'sha256:second')))
    expect(looks).toHaveLength(2)
    await answerLook(E.left(storageFailure('CredentialsRefused')))
    expect(status()).toMatchObject({ troubles: [{ error: { _tag: 'CredentialsRefused' } }] })
    expect(status()).not.toHaveProperty('sight')
  })

  it('is not mixed up with what is answered for the former one', async () => {
    const { consider, looks, status, settled, clock } = keeping()
    await consider(wanted(A))
    await consider(wanted(B))
    await consider(wanted(A))
    expect(looks).toHaveLength(3)
    looks[0]?.answer(bucketSeen(false))
    looks[1]?.answer(bucketSeen(false))
    await settled()
    expect(status()).toEqual({ awaited: true })
    looks[2]?.answer(bucketSeen(true))
    await settled()
    expect(status()).toMatchObject({ sight: { parts: { bucket: { _tag: 'Present' } } } })
    await clock.advance(599_999)
    expect(looks).toHaveLength(3)
  })
})

describe('after the end', () => {
  it('no answer counts, nobody is told, nothing is begun and nobody is asked', async () => {
    const { keeper, begin, consider, answerLook, answerEnsuring, looks, ensurings, world, clock } =
      await keepingAbsent()
    await begin(making(A))
    const before = world.changes
    keeper.stop()
    await answerEnsuring(storageFailure('AccessDenied'))
    await answerLook(bucketSeen(true))
    await consider(wanted(B))
    await begin(making(A))
    await clock.advance(1_200_000)
    expect([looks.length, ensurings.length, world.changes]).toEqual([1, 1, before])
  })
})

describe('secret values', () => {
  it('that the cloud gives are told by their digests, and handed out under their name', async () => {
    const { consider, answerLook, keeper } = keeping()
    await consider(wanted(A))
    expect(keeper.valuesOf(KEYS_REF)).toMatchObject(O.some({ data: {} }))
    await answerLook(bucketSeen(true, { accountKey: 'the-key' }))
    expect(keeper.valuesOf(KEYS_REF)).toMatchObject(O.some({ data: { accountKey: 'the-key' } }))
    const text = JSON.stringify(keeper.seen())
    expect(text).toMatch(/"accountKey":"sha256:/)
    expect(text).not.toContain('the-key')
    expect(text).not.toContain(SECRET_VALUE)
  })
})

describe('a defect of a driver', () => {
  const cause = new TypeError(`cannot read ${SECRET_VALUE}`)

  it('in a look is a failure like others: told without what it quotes, and tried again', async () => {
    const { consider, looks, settled, status, clock, answerLook } = keeping()
    await consider(wanted(A))
    looks[0]?.fail(cause)
    await settled()
    expect(status()).toMatchObject({
      troubles: [
        {
          verb: 'observe',
          error: {
            _tag: 'StorageFailed',
            message: expect.stringMatching(
              /^a defect of this operator: TypeError at storage-keeper\.test\.ts:\d+:\d+$/,
            ) as string,
          },
        },
      ],
    })
    await clock.advance(1_000)
    expect(looks).toHaveLength(2)
    await answerLook(bucketSeen(true))
    expect(status()).toMatchObject({ troubles: [] })
  })

  it('that keeps it from being loaded is one, too, whatever it looks like', async () => {
    const { consider, world, status, clock, looks, driverFor, settled } = keeping()
    const gone = Object.assign(new Error('gone'), {
      code: 'ERR_MODULE_NOT_FOUND',
      stack: 'no frames',
    })
    world.driverFor = () => () => Promise.reject(gone)
    await consider(wanted(A))
    expect(status()).toMatchObject({
      troubles: [{ error: { message: 'a defect of this operator: Error ERR_MODULE_NOT_FOUND' } }],
    })
    world.driverFor = () => {
      throw cause
    }
    await clock.advance(1_000)
    expect(status()).toMatchObject({ troubles: [{ error: { _tag: 'StorageFailed' } }] })
    world.driverFor = driverFor
    await clock.advance(2_000)
    looks[0]?.fail(SECRET_VALUE)
    await settled()
    expect(status()).toMatchObject({
      troubles: [{ error: { message: 'a defect of this operator' } }],
    })
  })

  it('in an errand is a failure like others', async () => {
    const { begin, consider, answerLook, ensurings, removings, settled, status, clock } =
      await keepingAbsent()
    await begin(making(A))
    ensurings[0]?.fail(cause)
    await settled()
    await answerLook(bucketSeen(true))
    expect(status()).toMatchObject({
      rests: true,
      troubles: [{ verb: 'ensure', error: { _tag: 'StorageFailed', operation: 'Ensure' } }],
    })
    await clock.advance(1_000)
    await begin(making(A))
    expect(ensurings).toHaveLength(2)
    await consider(going(A))
    ensurings[1]?.fail(cause)
    await settled()
    await answerLook(bucketSeen(true))
    await answerLook(bucketSeen(true))
    await begin(removing(A))
    removings[0]?.fail(cause)
    await settled()
    expect(status()).toMatchObject({
      troubles: [{ verb: 'remove', error: { operation: 'Remove' } }],
    })
    expect(JSON.stringify(status())).not.toContain(SECRET_VALUE)
  })
})
