import { isJsonArray, objectsOf, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import { type SwiftFailure, unreadable } from './swift-error'

/** An object of a container; with a version where the container keeps them. */
export type ListedObject = { readonly name: string; readonly version: string }

/** What a listing in JSON says. */
export const objectListing = (
  body: string,
): E.Either<SwiftFailure, ReadonlyArray<ListedObject>> => {
  const parsed = E.tryCatch((): unknown => JSON.parse(body), E.toError)
  if (E.isLeft(parsed) || !isJsonArray(parsed.right))
    return E.left(unreadable('the listing of the container is not JSON'))
  const listed = objectsOf(parsed.right).map((one) => ({
    name: textOf(one['name']),
    version: textOf(one['version_id']),
  }))
  return listed.every(({ name }) => name !== '')
    ? E.right(listed)
    : E.left(unreadable('the listing of the container has something without a name'))
}
