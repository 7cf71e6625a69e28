import {
  isJsonObject,
  type JsonObject,
  objectsOf,
  type StorageError,
  textOf,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { Bucket, CreateBucketRequest, GetFilesOptions, Storage } from './gcs-client'
import type { GoogleApi } from './google-api'
import { askedByLibrary } from './storage-library'

/** Which objects to list, and what of them. */
export type ListAsk = Required<Pick<GetFilesOptions, 'maxResults' | 'fields'>> &
  Pick<GetFilesOptions, 'pageToken'>

/** A page of a list. `next`: where to go on; empty: nowhere. */
export type Listing = { readonly items: ReadonlyArray<JsonObject>; readonly next: string }

/** One bucket, by Google's library. Each of these is one request. */
export type LibraryBucket = {
  readonly insert: (metadata: JsonObject) => TE.TaskEither<StorageError, void>
  readonly metadata: TE.TaskEither<StorageError, JsonObject>
  /** Fails with a conflict unless it still has that metageneration. */
  readonly patch: (fields: JsonObject, metageneration: string) => TE.TaskEither<StorageError, void>
  readonly remove: TE.TaskEither<StorageError, void>
  /** Every version of an object is one of its own. */
  readonly list: (ask: ListAsk) => TE.TaskEither<StorageError, Listing>
  /** Of the object, this version only. */
  readonly removeObject: (name: string, generation: string) => TE.TaskEither<StorageError, void>
}

type Ask = <A>(
  operation: string,
  ask: (bucket: Bucket, storage: Storage) => Promise<A>,
) => TE.TaskEither<StorageError, A>

// The library has types of its own for what both sides know as JSON.
const metadataOf = (fields: JsonObject): CreateBucketRequest =>
  Object.assign<CreateBucketRequest, JsonObject>({}, fields)

const jsonOf = (answer: unknown): JsonObject => (isJsonObject(answer) ? answer : {})

const listing =
  (asked: Ask) =>
  (ask: ListAsk): TE.TaskEither<StorageError, Listing> =>
    pipe(
      asked('storage.objects.list', async (bucket): Promise<unknown> => {
        const [, , answer] = await bucket.getFiles({ ...ask, versions: true, autoPaginate: false })
        return answer
      }),
      TE.map(jsonOf),
      TE.map((answer) => ({
        items: objectsOf(answer['items']),
        next: textOf(answer['nextPageToken']),
      })),
    )

/** A bucket of a project. */
export const libraryBucket = (api: GoogleApi, project: string, name: string): LibraryBucket => {
  const use = askedByLibrary(api)
  const asked: Ask = (operation, ask) =>
    use({
      operation,
      project,
      // The library puts the names of buckets into paths as they are.
      ask: async (storage) => ask(storage.bucket(encodeURIComponent(name)), storage),
    })
  const done = <A>(
    operation: string,
    ask: (bucket: Bucket, storage: Storage) => Promise<A>,
  ): TE.TaskEither<StorageError, void> =>
    pipe(
      asked(operation, ask),
      TE.map(() => undefined),
    )
  return {
    insert: (metadata) =>
      done('storage.buckets.insert', (_, storage) =>
        storage.createBucket(name, metadataOf(metadata)),
      ),
    metadata: pipe(
      asked('storage.buckets.get', async (bucket): Promise<unknown> => {
        const [metadata] = await bucket.getMetadata()
        return metadata
      }),
      TE.map(jsonOf),
    ),
    patch: (fields, ifMetagenerationMatch) =>
      done('storage.buckets.patch', (bucket) =>
        bucket.setMetadata(metadataOf(fields), { ifMetagenerationMatch }),
      ),
    remove: done('storage.buckets.delete', (bucket) => bucket.delete()),
    list: listing(asked),
    removeObject: (object, generation) =>
      done('storage.objects.delete', (bucket) => bucket.file(object, { generation }).delete()),
  }
}
