import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { BucketDeps } from './bucket-deps'
import type { ObjectAt } from './object-batch'

type Refusal = {
  readonly Code?: string | undefined
  readonly Key?: string | undefined
  readonly Message?: string | undefined
}

const isGone = ({ Code }: Refusal): boolean => Code === 'NoSuchKey' || Code === 'NoSuchVersion'

/** AWS says AccessDenied of it, others InvalidRequest or a word of their own; all of them speak of a lock. */
const isLocked = ({ Code = '', Message = '' }: Refusal): boolean =>
  /object ?lock|\bWORM\b|retention|legal hold/i.test(`${Code} ${Message}`)

/** What the service would have answered, had it been asked for this object alone. */
const asFailure = (refusal: Refusal): Error => {
  const { Code = 'InternalError', Key = '', Message = '' } = refusal
  const [name, message] = isLocked(refusal)
    ? ['AccessDenied', `an object lock keeps ${Key}: ${Message}`]
    : [Code, `${Key} is not deleted: ${Message}`]
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } })
}

/** Deletes objects, and says how many. The service has succeeded only if it has with every one of them. */
export const deleteObjects = (
  { call, s3, part }: BucketDeps,
  objects: ReadonlyArray<ObjectAt>,
): TE.TaskEither<StorageError, number> =>
  pipe(
    call({
      operation: 'DeleteObjects',
      send: async (abortSignal) => {
        const { Errors = [] } = await s3.deleteObjects(
          { Bucket: part.name, Delete: { Objects: [...objects], Quiet: true } },
          { abortSignal },
        )
        const [refusal] = Errors.filter((error) => !isGone(error))
        return refusal === undefined ? undefined : Promise.reject(asFailure(refusal))
      },
    }),
    TE.map(() => objects.length),
  )
