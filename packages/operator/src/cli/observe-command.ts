import { pipe } from 'fp-ts/function'
import type { Task } from 'fp-ts/Task'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { CliIo } from './cli-io'
import type { ClusterOptions } from './cluster-options'
import { EXIT, type ExitCode } from './exit-code'
import { printedList, type ManifestFormat } from './print-manifests'
import { readCluster } from './read-cluster'
import { reportProblems } from './report'

export type ObserveOptions = ClusterOptions & { readonly output: ManifestFormat }

/** Prints everything that the operator sees of a cluster, with digests for secret values. */
export const observeCommand =
  (io: CliIo) =>
  (options: ObserveOptions): Task<ExitCode> =>
    pipe(
      readCluster(options),
      TE.matchE(
        (problems) => T.fromIO(() => (reportProblems(io)(problems)(), EXIT.failed)),
        (snapshot) => T.fromIO(() => (io.stdout(printedList(snapshot, options.output))(), EXIT.ok)),
      ),
    )
