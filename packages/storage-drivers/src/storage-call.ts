import type { StorageBackend, StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import type { TaskEither } from 'fp-ts/TaskEither'

/** One request, and what came of it. */
export type CallRecord = {
  readonly backend: StorageBackend
  readonly operation: string
  /** `ok`, or the code of the failure. */
  readonly code: string
}

/** Rings once after that many milliseconds, unless what it gives is called before. */
export type Alarm = (ms: number, ring: IO<void>) => IO<void>

export type CallDeps = {
  readonly wait: (ms: number) => Task<void>
  /** Between 0 and 1, for jitter. */
  readonly random: IO<number>
  /** A request that takes longer has failed. */
  readonly timeoutMs: number
  /** What a request is timed by. Absent: the clock of the machine. */
  readonly alarm?: Alarm
  /** Told of every attempt. */
  readonly onCall: (record: CallRecord) => IO<void>
}

/** A request of an SDK that does not repeat itself. `signal` ends it when its time is over. */
export type Request<A> = {
  readonly operation: string
  readonly send: (signal: AbortSignal) => Promise<A>
}

/** Sends a request, again where that may help. */
export type StorageCaller = <A>(request: Request<A>) => TaskEither<StorageError, A>

/** What of a failed request is of interest: everything but whose and which. */
export type ToStorageError = (cause: unknown, operation: string) => StorageError

/** First attempts that fail are mostly followed by ones that do not; the loop asks again later than that. */
const ATTEMPTS = 4
const FIRST_WAIT_MS = 200
/** Who asks us to wait longer is asked again by the loop, not by this call. */
const LONGEST_WAIT_MS = 20_000
const isWorthAnother = ({ _tag }: StorageError): boolean =>
  _tag === 'StorageThrottled' || _tag === 'StorageFailed' || _tag === 'StorageUnreachable'

/** What the service advises, else twice as long each time, with half of it by chance. */
const waitMs = (error: StorageError, failures: number, random: number): number => {
  const own = FIRST_WAIT_MS * 2 ** failures * (0.5 + random / 2)
  return error._tag === 'StorageThrottled' ? Math.max(error.retryAfterMs, own) : own
}

/** Longer than a request that hears the signal, and has still to say so in its own words. */
const DEAF_MS = 1_000

const machineAlarm: Alarm = (ms, ring) => {
  const timer = setTimeout(ring, ms)
  return () => clearTimeout(timer)
}

const outOfTime = (): DOMException => new DOMException('no answer in time', 'TimeoutError')

/** The answer to a request, or a failure once its time is over, even if nobody in it hears the signal. */
const answered = <A>(
  send: Request<A>['send'],
  { timeoutMs, alarm = machineAlarm }: CallDeps,
): Promise<A> =>
  new Promise((resolve, reject) => {
    const ending = new AbortController()
    const alarms = [
      alarm(timeoutMs, () => ending.abort(outOfTime())),
      alarm(timeoutMs + DEAF_MS, () => reject(outOfTime())),
    ]
    // What is thrown before there is a promise is a failure as well.
    Promise.resolve(ending.signal)
      .then(send)
      .then(resolve, reject)
      .finally(() => alarms.forEach((stop) => stop()))
  })

/**
 * Sends the requests of one backend.
 *
 * Guarantees: at most four attempts, each with an end, every one counted; a service that says how long to
 * wait is not asked earlier, and is left to the caller's own schedule if that is more than twenty seconds.
 */
export const storageCaller =
  (deps: CallDeps, backend: StorageBackend, toError: ToStorageError): StorageCaller =>
  <A>({ operation, send }: Request<A>) =>
  async () => {
    const attempt = async (): Promise<E.Either<StorageError, A>> => {
      const result = await answered(send, deps).then(
        (value) => E.right(value),
        (cause: unknown) => E.left(toError(cause, operation)),
      )
      deps.onCall({ backend, operation, code: E.isLeft(result) ? result.left.code : 'ok' })()
      return result
    }
    const attempts = async (failures: number): Promise<E.Either<StorageError, A>> => {
      const result = await attempt()
      if (E.isRight(result) || !isWorthAnother(result.left) || failures + 1 >= ATTEMPTS)
        return result
      const ms = waitMs(result.left, failures, deps.random())
      if (ms > LONGEST_WAIT_MS) return result
      await deps.wait(ms)()
      return attempts(failures + 1)
    }
    return attempts(0)
  }
