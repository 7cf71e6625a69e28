import type {
  GcsConnection,
  StorageError,
  StoragePart,
  StorageSetting,
} from '@image-registry-operator/render/model'
import { textOf } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound, PartRead } from '../backend'
import { carries } from '../sights'
import { foundBucket } from './bucket-metadata'
import { contents, emptied, emptiness } from './bucket-objects'
import { bucketPatch, METADATA_SETTINGS, newBucket } from './bucket-patch'
import { boundTags, tags, type TagsPlace } from './bucket-tags'
import type { GoogleApi } from './google-api'
import { type LibraryBucket, libraryBucket } from './library-bucket'

/** What a bucket is dealt with by: its own API, and that of tags, which has another scope. */
export type BucketDeps = {
  readonly storage: GoogleApi
  readonly resourceManager: GoogleApi
  readonly wait: (ms: number) => Task<void>
}

type Bucket = {
  readonly deps: BucketDeps
  readonly library: LibraryBucket
  readonly connection: GcsConnection
  readonly part: StoragePart
}

const look = ({ library }: Bucket): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    library.metadata,
    TE.map(foundBucket),
    TE.orElse((error) =>
      error._tag === 'StorageNotFound' ? TE.right({ _tag: 'Absent' }) : TE.left(error),
    ),
  )

const tagsPlace = ({ deps, connection, part }: Bucket): TagsPlace => ({
  api: deps.resourceManager,
  bucket: part.name,
  location: connection.location,
  wait: deps.wait,
})

/** Tags are asked for only where some are wanted: it takes a permission that is not needed otherwise. */
const tagReads = (bucket: Bucket): ReadonlyArray<PartRead> =>
  bucket.part.settings.some(({ name }) => name === 'Tagged')
    ? [{ tells: ['Tagged'], read: tags(tagsPlace(bucket)) }]
    : []

const nameTaken = ({ part }: Bucket, conflict: StorageError): StorageError => ({
  _tag: 'NameTaken',
  backend: 'Gcs',
  operation: conflict.operation,
  code: conflict.code,
  message: `the bucket ${part.name} is there, and not made by this registry`,
})

/** The name is in use: by us, if an answer was lost; else by somebody who may not even let us look. */
const unlessOurs = (bucket: Bucket, conflict: StorageError): TE.TaskEither<StorageError, void> =>
  pipe(
    look(bucket),
    TE.matchEW(
      (error) => TE.left(error._tag === 'AccessDenied' ? nameTaken(bucket, conflict) : error),
      (found) => {
        if (found._tag === 'Absent') return TE.left(conflict)
        const isOurs = carries({ ...found, settings: {}, details: {} }, bucket.part.marks)
        return isOurs ? TE.right(undefined) : TE.left(nameTaken(bucket, conflict))
      },
    ),
  )

const create = (bucket: Bucket): TE.TaskEither<StorageError, void> =>
  pipe(
    bucket.library.insert(newBucket(bucket.connection, bucket.part)),
    TE.orElse((error) =>
      error._tag === 'StorageConflict' ? unlessOurs(bucket, error) : TE.left(error),
    ),
  )

const notASetting = (name: string): StorageError => ({
  _tag: 'Unsupported',
  backend: 'Gcs',
  operation: 'storage.buckets.patch',
  code: 'none',
  message: `buckets of Google Cloud Storage have no setting ${name}`,
})

/** Changes the very metadata that was read: what somebody writes in between is not lost, but makes it fail. */
const patched = ({ library }: Bucket, setting: StorageSetting): TE.TaskEither<StorageError, void> =>
  pipe(
    library.metadata,
    TE.flatMap((before): TE.TaskEither<StorageError, void> => {
      const patch = bucketPatch(setting, before)
      if (O.isNone(patch)) return TE.left(notASetting(setting.name))
      return Object.keys(patch.value).length === 0
        ? TE.right(undefined)
        : library.patch(patch.value, textOf(before['metageneration']))
    }),
  )

/** Once more after a conflict: it may be our own change, whose answer was lost. */
const set =
  (bucket: Bucket) =>
  (setting: StorageSetting): TE.TaskEither<StorageError, void> =>
    setting.name === 'Tagged'
      ? boundTags(tagsPlace(bucket), setting.wanted)
      : pipe(
          patched(bucket, setting),
          TE.orElse((error) =>
            error._tag === 'StorageConflict' ? patched(bucket, setting) : TE.left(error),
          ),
        )

const remove = ({ library }: Bucket): TE.TaskEither<StorageError, void> =>
  pipe(
    library.remove,
    TE.orElse((error) => (error._tag === 'StorageNotFound' ? TE.right(undefined) : TE.left(error))),
  )

/** A bucket of Google Cloud Storage. It is made with its marks at once; only what its owner has made for us is marked later. */
export const bucketPart = (
  deps: BucketDeps,
  connection: GcsConnection,
  part: StoragePart,
): PartDriver => {
  const library = libraryBucket(deps.storage, connection.projectId, part.name)
  const bucket = { deps, library, connection, part }
  return {
    kind: 'bucket',
    reads: [
      { tells: METADATA_SETTINGS, read: look(bucket) },
      { tells: [], read: emptiness(library) },
      ...tagReads(bucket),
    ],
    create: create(bucket),
    mark: set(bucket)({ name: 'Labeled', wanted: part.marks }),
    set: set(bucket),
    empty: emptied(library),
    contents: contents(library),
    remove: remove(bucket),
  }
}
