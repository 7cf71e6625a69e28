import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import type { JsonObject, KubeObject, Snapshot } from '@image-registry-operator/render/model'

import type { Collection, KubeClient, RequestFailure } from '../client/kube-client'
import { showFailure } from '../client/kube-error'
import type { Redact } from '../ports'
import type { ObserveError } from './observe-error'
import { isExcluded, isServed } from './served'
import type { Keep, WatchCache } from './watch-cache'

const notSynced = (missing: ObserveError['missing']): ObserveError => ({
  _tag: 'NotSynced',
  missing,
})

/** What is known now, with what the cluster serves; or what is not known yet. */
export const snapshot = (
  cache: Pick<WatchCache, 'objects' | 'unsynced'>,
  discovery: IO<O.Option<JsonObject>>,
): TE.TaskEither<ObserveError, Snapshot> =>
  pipe(
    TE.fromIO<ObserveError['missing'], ObserveError>(cache.unsynced),
    TE.flatMap((missing) =>
      missing.length > 0 ? TE.left(notSynced(missing)) : TE.fromIO(cache.objects),
    ),
    TE.map((objects) => {
      const manifest = discovery()
      return [...(O.isSome(manifest) ? [manifest.value] : []), ...objects]
    }),
  )

const listed =
  ({ client, redact, keep }: ObserveOnceDeps, discovery: JsonObject) =>
  (collection: Collection): TE.TaskEither<ObserveError, ReadonlyArray<KubeObject>> =>
    isServed(discovery)(collection) && !isExcluded(discovery)(collection)
      ? pipe(
          client.list(collection),
          TE.map(({ items }) =>
            items.map((object) => keep(redact(object), collection.metadataOnly === true)),
          ),
          TE.orElse((failure) =>
            collection.optional === true || isNotFound(failure)
              ? TE.right([])
              : TE.left(unreadable([collection])(failure)),
          ),
        )
      : TE.right([])

const isNotFound = (failure: RequestFailure): boolean =>
  failure._tag === 'Refused' && failure.code === 404

const unreadable =
  (collections: ReadonlyArray<Collection>) =>
  (failure: RequestFailure): ObserveError =>
    notSynced(collections.map((collection) => ({ collection, problem: showFailure(failure) })))

export type ObserveOnceDeps = {
  readonly client: Pick<KubeClient, 'discover' | 'list'>
  readonly redact: Redact
  readonly keep: Keep
}

/** Reads everything once, without watching: for commands. Fails with the first collection that cannot be read and is not optional. */
export const observeOnce =
  (deps: ObserveOnceDeps) =>
  (collections: ReadonlyArray<Collection>): TE.TaskEither<ObserveError, Snapshot> =>
    pipe(
      deps.client.discover,
      TE.mapLeft(unreadable(collections)),
      TE.flatMap((discovery) =>
        pipe(
          collections,
          TE.traverseArray(listed(deps, discovery)),
          TE.map((objects): Snapshot => [discovery, ...objects.flat()]),
        ),
      ),
    )
