import type { StorageContents, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { AskContainer } from './container-access'

/** 500,000 blobs; beyond that nobody waits for a number. */
const PAGES = 100

type Count = { readonly contents: StorageContents; readonly next: string | undefined }

const countedPage = (
  ask: AskContainer,
  { contents, next }: Count,
): TE.TaskEither<StorageError, Count> =>
  pipe(
    ask('ListBlobs', (container, options) =>
      container
        .listBlobsFlat(options)
        .byPage({ maxPageSize: 5000, ...(next === undefined ? {} : { continuationToken: next }) })
        .next(),
    ),
    TE.map((page) => {
      if (page.done === true) return { contents, next: undefined }
      const blobs = page.value.segment.blobItems
      return {
        contents: {
          objects: contents.objects + blobs.length,
          bytes: blobs.reduce(
            (sum, blob) => sum + (blob.properties.contentLength ?? 0),
            contents.bytes,
          ),
          isWhole: true,
        },
        next: page.value.continuationToken || undefined,
      }
    }),
  )

const counted = (
  ask: AskContainer,
  before: Count,
  pagesLeft: number,
): TE.TaskEither<StorageError, StorageContents> =>
  pipe(
    countedPage(ask, before),
    TE.flatMap((count) => {
      if (count.next === undefined) return TE.right(count.contents)
      return pagesLeft <= 1
        ? TE.right({ ...count.contents, isWhole: false })
        : counted(ask, count, pagesLeft - 1)
    }),
  )

const NOTHING: Count = { contents: { objects: 0, bytes: 0, isWhole: true }, next: undefined }

/** How much is in a container, counted by listing it. */
export const containerContents = (
  ask: AskContainer,
): TE.TaskEither<StorageError, StorageContents> => counted(ask, NOTHING, PAGES)
