import { describeObserveError, httpKubeClient, observeOnce } from '@image-registry-operator/apply'
import { keptObject, redact } from '@image-registry-operator/render'
import { WATCHED_KINDS, type Snapshot } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { USER_AGENT } from '../version'
import { connectionSource, type ClusterOptions } from './cluster-options'
import { inputProblem, type InputProblem } from './input-problem'

type Problems = ReadonlyArray<InputProblem>

/** Reads everything that the operator looks at, once. Secret values are digests from here on. */
export const readCluster = (options: ClusterOptions): TE.TaskEither<Problems, Snapshot> =>
  pipe(
    TE.fromEither(httpKubeClient({ source: connectionSource(options), userAgent: USER_AGENT })),
    TE.mapLeft(({ message }): Problems => [inputProblem('', message, '')]),
    TE.flatMap((client) =>
      pipe(
        observeOnce({ client, redact, keep: keptObject })(WATCHED_KINDS),
        TE.mapLeft((error): Problems => [
          inputProblem(
            '',
            describeObserveError(error),
            'check that the cluster answers (kubectl get --raw /readyz) and that you may read these objects',
          ),
        ]),
        // Kept connections would keep the process alive.
        (reading) => async () => {
          const result = await reading()
          client.close()
          return result
        },
      ),
    ),
  )
