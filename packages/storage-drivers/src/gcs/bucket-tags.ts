import {
  isJsonObject,
  type Json,
  type JsonObject,
  objectsOf,
  type StorageError,
  textOf,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { PartFound } from '../backend'
import { objectAt, textsOf } from './bucket-metadata'
import { operationError } from './gcs-error'
import type { GoogleApi } from './google-api'
import { tagsUrl } from './tags-url'

/** Where the tags of a bucket are kept. */
export type TagsPlace = {
  readonly api: GoogleApi
  readonly bucket: string
  /** That of the bucket. */
  readonly location: string
  readonly wait: (ms: number) => T.Task<void>
}

const BIND = 'tagBindings.create'
/** A resource has at most fifty of its own; with those of its project, folders and organization it may be more. */
const PAGE = '300'
const BETWEEN_LOOKS_MS = 1_000
const LOOKS = 30

/** Buckets have no project in the names that other APIs know them by. */
const resourceName = (bucket: string): string =>
  `//storage.googleapis.com/projects/_/buckets/${bucket}`

/** `parent/key/value` apart: neither a key nor a value has a slash. */
const tagOf = (namespaced: string): ReadonlyArray<readonly [key: string, value: string]> => {
  const slash = namespaced.lastIndexOf('/')
  return slash <= 0 ? [] : [[namespaced.slice(0, slash), namespaced.slice(slash + 1)]]
}

const foundTags = (answer: JsonObject): JsonObject =>
  Object.fromEntries(
    objectsOf(answer['effectiveTags']).flatMap((tag) => tagOf(textOf(tag['namespacedTagValue']))),
  )

const effectiveTags = ({
  api,
  bucket,
  location,
}: TagsPlace): TE.TaskEither<StorageError, JsonObject> =>
  pipe(
    api({
      operation: 'effectiveTags.list',
      method: 'GET',
      url: tagsUrl(location, 'effectiveTags', { parent: resourceName(bucket), pageSize: PAGE }),
    }),
    TE.map(foundTags),
  )

/** The tags that hold for it, wherever they were bound. */
export const tags = (place: TagsPlace): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    effectiveTags(place),
    TE.map((value) => ({
      _tag: 'Present',
      settings: { Tagged: { _tag: 'Found', value } },
    })),
  )

const stillUnderWay: StorageError = {
  _tag: 'StorageConflict',
  backend: 'Gcs',
  operation: BIND,
  code: 'none',
  message: 'the tag is still being bound',
}

/** Until the operation has come to its end. */
const ended = (
  place: TagsPlace,
  operation: JsonObject,
  looks: number,
): TE.TaskEither<StorageError, void> => {
  const { error } = operation
  if (isJsonObject(error)) return TE.left(operationError(error, BIND))
  if (operation['done'] === true) return TE.right(undefined)
  if (looks >= LOOKS) return TE.left(stillUnderWay)
  const url = tagsUrl(place.location, textOf(operation['name']))
  return pipe(
    TE.fromTask<void, StorageError>(place.wait(BETWEEN_LOOKS_MS)),
    TE.flatMap(() => place.api({ operation: 'operations.get', method: 'GET', url })),
    TE.flatMap((later) => ended(place, later, looks + 1)),
  )
}

/** It is no failure that it is bound already. */
const bound = (place: TagsPlace, key: string, value: string): TE.TaskEither<StorageError, void> =>
  pipe(
    place.api({
      operation: BIND,
      method: 'POST',
      url: tagsUrl(place.location, 'tagBindings'),
      value: {
        parent: resourceName(place.bucket),
        tagValueNamespacedName: `${key}/${value}`,
      },
    }),
    TE.flatMap((operation) => ended(place, operation, 0)),
    TE.orElse((error) => (error.code === 'ALREADY_EXISTS' ? TE.right(undefined) : TE.left(error))),
  )

/** Binds those of the tags that do not hold yet. One that fails keeps none of the others from being bound. */
export const boundTags = (place: TagsPlace, wanted: Json): TE.TaskEither<StorageError, void> =>
  pipe(
    effectiveTags(place),
    TE.flatMap((found) =>
      pipe(
        Object.entries(textsOf(wanted)).filter(([key, value]) => objectAt(found)[key] !== value),
        T.traverseSeqArray(([key, value]) => bound(place, key, value)),
        T.map((results) => results.find(E.isLeft) ?? E.right(undefined)),
      ),
    ),
  )
