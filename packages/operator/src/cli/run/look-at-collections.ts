import type { KubeClient } from '@image-registry-operator/apply'
import { decode } from '@image-registry-operator/render'
import type { KubeObject, Release, Snapshot } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { collectionQuestions } from '../../pipeline/collection-questions'
import { readCollection } from '../../pipeline/read-collection'

/** Which Jobs there are depends on no release. */
const ANY_RELEASE: Release = {
  registryImage: '',
  operatorImage: '',
  prunerImage: '',
  version: '',
  imageVersion: '',
}

/** A snapshot with what the clean-ups of a plain Kubernetes have found; as it is where nobody may read that. */
export const withCollections =
  (client: Pick<KubeClient, 'list' | 'readLog'>) =>
  (snapshot: Snapshot): T.Task<Snapshot> =>
    pipe(
      collectionQuestions(decode(snapshot, ANY_RELEASE).facts),
      T.traverseArray((uid) =>
        pipe(
          readCollection(client)(uid),
          TE.match(
            (): ReadonlyArray<KubeObject> => [],
            (seen) => [seen],
          ),
        ),
      ),
      T.map((seen) => [...snapshot, ...seen.flat()]),
    )
