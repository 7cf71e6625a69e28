import {
  type JsonObject,
  type StorageContents,
  type StorageError,
  textOf,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'
import * as TE from 'fp-ts/TaskEither'

import type { PartFound } from '../backend'
import type { LibraryBucket, Listing } from './library-bucket'

/** The most that one list holds. */
const PAGE = 1000
/** Of a hundred thousand objects it is enough to know that there are more. */
const MOST_PAGES = 100
/** So many removals are under way at once; Google slows down who has hundreds. */
const AT_ONCE = 16

/** Page after page, each as full as it may be. */
const listing =
  (bucket: LibraryBucket, fields: string) =>
  (pageToken: string): TE.TaskEither<StorageError, Listing> =>
    bucket.list({
      maxResults: PAGE,
      fields,
      ...(pageToken === '' ? {} : { pageToken }),
    })

/** Whether nothing is in it, not even a former version of something. */
export const emptiness = (bucket: LibraryBucket): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    bucket.list({ maxResults: 1, fields: 'items(name),nextPageToken' }),
    TE.map(({ items, next }) => ({
      _tag: 'Present',
      isEmpty: items.length === 0 && next === '',
    })),
  )

/** 1 if it was there, 0 if it has gone before. */
const removedObject = (
  bucket: LibraryBucket,
  item: JsonObject,
): TE.TaskEither<StorageError, number> =>
  pipe(
    bucket.removeObject(textOf(item['name']), textOf(item['generation'])),
    TE.map(() => 1),
    TE.orElse((error) => (error._tag === 'StorageNotFound' ? TE.right(0) : TE.left(error))),
  )

const sum = (counts: ReadonlyArray<number>): number => counts.reduce((a, b) => a + b, 0)

const ifBucketIsThere =
  <A>(otherwise: A) =>
  (found: TE.TaskEither<StorageError, A>): TE.TaskEither<StorageError, A> =>
    pipe(
      found,
      TE.orElse((error) =>
        error._tag === 'StorageNotFound' ? TE.right(otherwise) : TE.left(error),
      ),
    )

/** The first page with something on it: Google may send ones with nothing but where to go on. */
const firstItems = (
  list: (pageToken: string) => TE.TaskEither<StorageError, Listing>,
  pageToken: string,
  pages: number,
): TE.TaskEither<StorageError, ReadonlyArray<JsonObject>> =>
  pipe(
    list(pageToken),
    TE.flatMap(({ items, next }) =>
      items.length > 0 || next === '' || pages + 1 >= MOST_PAGES
        ? TE.right(items)
        : firstItems(list, next, pages + 1),
    ),
  )

/** Removes one page of what is in it. A few fail or succeed together; after a failure no more are begun. */
export const emptied = (bucket: LibraryBucket): TE.TaskEither<StorageError, number> =>
  pipe(
    firstItems(listing(bucket, 'items(name,generation),nextPageToken'), '', 0),
    TE.flatMap((items) =>
      pipe(
        RA.chunksOf(AT_ONCE)(items),
        TE.traverseSeqArray(TE.traverseArray((item) => removedObject(bucket, item))),
      ),
    ),
    TE.map((chunks) => sum(chunks.map(sum))),
    ifBucketIsThere(0),
  )

const withPage = (counted: StorageContents, { items, next }: Listing): StorageContents => ({
  objects: counted.objects + items.length,
  bytes: counted.bytes + sum(items.map(({ size }) => Number(size ?? 0))),
  isWhole: next === '',
})

const countedFrom = (
  list: (pageToken: string) => TE.TaskEither<StorageError, Listing>,
  { pageToken, pages }: { readonly pageToken: string; readonly pages: number },
  counted: StorageContents,
): TE.TaskEither<StorageError, StorageContents> =>
  pipe(
    list(pageToken),
    TE.flatMap((page) => {
      const sofar = withPage(counted, page)
      return sofar.isWhole || pages + 1 >= MOST_PAGES
        ? TE.right(sofar)
        : countedFrom(list, { pageToken: page.next, pages: pages + 1 }, sofar)
    }),
  )

const NOTHING: StorageContents = { objects: 0, bytes: 0, isWhole: true }

/** What would be removed with it: former versions count as well. */
export const contents = (bucket: LibraryBucket): TE.TaskEither<StorageError, StorageContents> =>
  pipe(
    countedFrom(listing(bucket, 'items(size),nextPageToken'), { pageToken: '', pages: 0 }, NOTHING),
    ifBucketIsThere(NOTHING),
  )
