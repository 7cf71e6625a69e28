import {
  describeObserveError,
  httpKubeClient,
  observeOnce,
  systemClock,
  type Observer,
} from '@image-registry-operator/apply'
import { keptObject } from '@image-registry-operator/render'
import {
  keyOf,
  refOf,
  WATCHED_KINDS,
  type KubeObject,
  type ObjectRef,
  type Snapshot,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import { moment } from '../../moment'
import { redacted } from '../../redacted'
import { USER_AGENT } from '../../version'
import { connectionSource, type ClusterOptions } from './cluster-options'
import { withCollections } from '../run/look-at-collections'
import { withMachine } from '../run/look-at-machine'
import { inputProblem, type InputProblem } from './input-problem'

type Problems = ReadonlyArray<InputProblem>

/** What was read of a cluster. */
export type ReadCluster = {
  /** Secret values are digests in it. */
  readonly snapshot: Snapshot
  /** An object with its secret values; they are kept for a look at the storage, and never printed. */
  readonly valuesOf: Observer['valuesOf']
}

/** Reads everything that the operator looks at, once. */
export const readClusterWithValues = (
  options: ClusterOptions,
): TE.TaskEither<Problems, ReadCluster> =>
  pipe(
    TE.fromEither(httpKubeClient({ source: connectionSource(options), userAgent: USER_AGENT })),
    TE.mapLeft(({ message }): Problems => [inputProblem('', message, '')]),
    TE.flatMap((client) => {
      const secrets = new Map<string, KubeObject>()
      const remembered = (object: KubeObject): KubeObject => {
        if (object.kind === 'Secret') secrets.set(keyOf(refOf(object)), object)
        return redacted(object)
      }
      return pipe(
        observeOnce({ client, redact: remembered, keep: keptObject })(WATCHED_KINDS),
        TE.mapLeft((error): Problems => [
          inputProblem(
            '',
            describeObserveError(error),
            'check that the cluster answers (kubectl get --raw /readyz) and that you may read these objects',
          ),
        ]),
        TE.flatMapTask(withMachine(client)),
        TE.flatMapTask(withCollections(client)),
        TE.map((snapshot) => ({
          snapshot: [...snapshot, moment(systemClock.wallMs())],
          valuesOf: (ref: ObjectRef) => O.fromNullable(secrets.get(keyOf(ref))),
        })),
        // Kept connections would keep the process alive.
        (reading) => async () => {
          const result = await reading()
          client.close()
          return result
        },
      )
    }),
  )

/** The same without any secret value. */
export const readCluster = (options: ClusterOptions): TE.TaskEither<Problems, Snapshot> =>
  pipe(
    readClusterWithValues(options),
    TE.map(({ snapshot }) => snapshot),
  )
