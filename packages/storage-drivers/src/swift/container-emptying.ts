import type { IncomingHttpHeaders } from 'node:http'

import type { StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'
import * as TE from 'fp-ts/TaskEither'

import { bulkDeletion, bulkLines } from './bulk-deletion'
import { capabilities, type Capabilities, NO_CAPABILITIES } from './capabilities'
import { containerPath, objectPath } from './container-path'
import { isStep } from './encoded-path'
import { type ListedObject, objectListing } from './object-listing'
import type { SwiftAccount } from './swift-account'
import { swiftError } from './swift-error'

type Count = TE.TaskEither<StorageError, number>

type Listing = {
  readonly headers: IncomingHttpHeaders
  readonly objects: ReadonlyArray<ListedObject>
}

type Container = { readonly account: SwiftAccount; readonly name: string }

const listing = (
  { account, name }: Container,
  query: string,
): TE.TaskEither<StorageError, Listing> =>
  account.ask({
    operation: 'GET container',
    method: 'GET',
    path: `${containerPath(name)}?format=json&${query}`,
    headers: { Accept: 'application/json' },
    // It is gone, and so is all that was in it.
    accepted: [404],
    read: ({ code, headers, body }) =>
      code === 404
        ? E.right({ headers, objects: [] })
        : pipe(
            objectListing(body),
            E.map((objects) => ({ headers, objects })),
          ),
  })

/** The container that versions of objects are moved to, as their container was told. */
const historyOf = (headers: IncomingHttpHeaders): string =>
  String(headers['x-versions-location'] ?? headers['x-history-location'] ?? '')

/** What is deleted would be moved to another container, or brought back from it; that one may be anybody's. */
const historyLeftAlone = ({ account, name }: Container): TE.TaskEither<StorageError, void> =>
  account.ask({
    operation: 'POST container',
    method: 'POST',
    path: containerPath(name),
    headers: { 'X-Remove-Versions-Location': 'x', 'X-Remove-History-Location': 'x' },
    read: () => E.right(undefined),
  })

/** It does, or it did: what it has kept is there until it is deleted. */
const keepsVersions = (headers: IncomingHttpHeaders): boolean =>
  headers['x-versions-enabled'] !== undefined

const toDelete = (
  container: Container,
  { batch }: Capabilities,
): TE.TaskEither<StorageError, ReadonlyArray<ListedObject>> =>
  pipe(
    listing(container, `limit=${batch}`),
    TE.flatMap(({ headers, objects }) => {
      const history = historyOf(headers)
      const first = history === '' ? TE.right(undefined) : historyLeftAlone(container)
      return pipe(
        first,
        TE.flatMap(() =>
          keepsVersions(headers)
            ? pipe(
                listing(container, `versions=true&limit=${batch}`),
                TE.map((all) => all.objects),
              )
            : TE.right(objects),
        ),
      )
    }),
  )

const nowhereToBeFound = ({ name }: ListedObject): StorageError =>
  swiftError(
    'StorageRefused',
    'DELETE object',
    `object ${name} has no path of its own; delete it by hand`,
  )

/** 1 if it was there. */
const deleted =
  ({ account, name }: Container) =>
  (object: ListedObject): Count => {
    if (isStep(object.name)) return TE.left(nowhereToBeFound(object))
    let mayBeDone = false
    return account.ask({
      operation: 'DELETE object',
      method: 'DELETE',
      path: objectPath(name, object),
      accepted: [404],
      read: ({ code }) => E.right(code === 404 && !mayBeDone ? 0 : 1),
      onFailure: () => {
        mayBeDone = true
      },
    })
  }

/** As many as an object store bears from one client. */
const AT_ONCE = 8

const sum = (counts: ReadonlyArray<number>): number => counts.reduce((a, b) => a + b, 0)

const deletedSingly = (container: Container, objects: ReadonlyArray<ListedObject>): Count =>
  pipe(
    objects,
    RA.chunksOf(AT_ONCE),
    TE.traverseSeqArray((chunk) => pipe(chunk, TE.traverseArray(deleted(container)))),
    TE.map((counts) => sum(counts.map(sum))),
  )

const deletedInBulk = (
  { account, name }: Container,
  objects: ReadonlyArray<ListedObject>,
): Count => {
  let mayBeDone = false
  return account.ask({
    operation: 'POST bulk-delete',
    method: 'POST',
    path: '?bulk-delete',
    headers: { 'Content-Type': 'text/plain', Accept: 'application/json' },
    body: bulkLines(
      name,
      objects.map((object) => object.name),
    ),
    read: ({ body }) =>
      pipe(
        bulkDeletion(body),
        // What an earlier attempt deleted is not found by a later one.
        E.map((count) => (mayBeDone ? objects.length : count)),
      ),
    onFailure: () => {
      mayBeDone = true
    },
  })
}

/** Asked once: it does not change while a container is emptied. Who does not tell can do little. */
const rememberedCapabilities = (
  account: SwiftAccount,
): TE.TaskEither<StorageError, Capabilities> => {
  let known: Capabilities | undefined
  return () =>
    known === undefined
      ? pipe(
          account.capabilities,
          TE.match(() => NO_CAPABILITIES, capabilities),
        )().then((found) => {
          known = found
          return E.right(found)
        })
      : TE.right<StorageError, Capabilities>(known)()
}

/**
 * Removes some of the objects of a container, with all their versions, and says how many there were; 0 if none was there.
 * A listing may still show what has gone, so what it shows is not counted.
 */
export const containerEmptying = (account: SwiftAccount, name: string): Count => {
  const able = rememberedCapabilities(account)
  const container = { account, name }
  return pipe(
    able,
    TE.flatMap((can) =>
      pipe(
        toDelete(container, can),
        TE.flatMap((objects) => {
          if (objects.length === 0) return TE.right(0)
          const isVersioned = objects.some(({ version }) => version !== '')
          return can.deletesInBulk && !isVersioned
            ? () => deletedInBulk(container, objects)()
            : deletedSingly(container, objects)
        }),
      ),
    ),
  )
}
