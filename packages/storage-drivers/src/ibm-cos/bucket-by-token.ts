import type { IbmCosConnection, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { IbmApi } from './ibm-api'

const cosUrl = ({ cosEndpoint }: IbmCosConnection, path: string): URL =>
  new URL(`${cosEndpoint.replace(/\/+$/, '')}/${path}`)

const of = (instanceCrn: string): { readonly [name: string]: string } => ({
  Accept: 'application/xml',
  'ibm-service-instance-id': instanceCrn,
})

// Names of buckets have no characters that XML would have to spell out.
const namesIn = (body: string): ReadonlyArray<string> =>
  [...body.matchAll(/<Bucket>.*?<Name>([^<]*)<\/Name>/gs)].map(([, name = '']) => name)

/** The buckets of an instance, whatever their location. Needs no HMAC keys. */
export const bucketNames = (
  api: IbmApi,
  connection: IbmCosConnection,
  instanceCrn: string,
): TE.TaskEither<StorageError, ReadonlyArray<string>> =>
  pipe(
    api.ask({
      operation: 'ListBuckets',
      method: 'GET',
      url: cosUrl(connection, ''),
      headers: of(instanceCrn),
    }),
    TE.map(({ body }) => namesIn(body)),
  )

/** Whether a bucket is there, asked without HMAC keys. */
export const isBucketThere = (
  api: IbmApi,
  connection: IbmCosConnection,
  { bucket, instanceCrn }: { readonly bucket: string; readonly instanceCrn: string },
): TE.TaskEither<StorageError, boolean> =>
  pipe(
    api.ask({
      operation: 'HeadBucket',
      method: 'HEAD',
      url: cosUrl(connection, encodeURIComponent(bucket)),
      headers: of(instanceCrn),
    }),
    TE.map(() => true),
    TE.orElse((error) =>
      error._tag === 'StorageNotFound' ? TE.right<StorageError, boolean>(false) : TE.left(error),
    ),
  )
