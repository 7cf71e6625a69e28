import { pipe } from 'fp-ts/function'
import type { Task } from 'fp-ts/Task'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { CliIo } from './cli-io'
import type { ClusterOptions } from './input/cluster-options'
import { EXIT, type ExitCode } from './exit-code'
import { printedList, type ManifestFormat } from './print-manifests'
import { withStorage, onceDrivers } from './run/look-at-storage'
import { readClusterWithValues } from './input/read-cluster'
import { reportProblems } from './report'
import { completedFrom } from './install/running-release'

export type ObserveOptions = ClusterOptions & {
  readonly output: ManifestFormat
  /** Whether to look at the storage outside of the cluster; true if not given. */
  readonly storage?: boolean
}

/** Prints everything that the operator sees of a cluster, with digests for secret values. */
export const observeCommand =
  (io: CliIo) =>
  (options: ObserveOptions): Task<ExitCode> =>
    pipe(
      readClusterWithValues(options),
      TE.flatMapTask(({ snapshot, valuesOf }) =>
        options.storage === false
          ? T.of(snapshot)
          : withStorage(
              { driverFor: onceDrivers, valuesOf },
              completedFrom(snapshot, io.env.release),
            )(snapshot),
      ),
      TE.matchE(
        (problems) => T.fromIO(() => (reportProblems(io)(problems)(), EXIT.failed)),
        (snapshot) => T.fromIO(() => (io.stdout(printedList(snapshot, options.output))(), EXIT.ok)),
      ),
    )
