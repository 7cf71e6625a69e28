import {
  describeStorageError,
  targetDigest,
  uninstallManifests,
} from '@image-registry-operator/render'
import {
  type DesiredState,
  isJsonObject,
  names,
  type Snapshot,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { CliIo } from '../cli-io'
import type { ClusterOptions } from '../input/cluster-options'
import { EXIT, type ExitCode } from '../exit-code'
import { inputProblem, type InputProblem } from '../input/input-problem'
import { isConfig } from '../input/input-warnings'
import { onceDrivers, withStorage } from '../run/look-at-storage'
import { desiredOf, observed, type Observed } from '../input/observed'
import { printed, printedDocuments } from '../print-manifests'
import { readClusterWithValues } from '../input/read-cluster'
import { readInput } from '../input/read-input'
import { painted, reportProblems } from '../report'
import { completedFrom } from './running-release'
import {
  ANY_UNINSTALLATION,
  type Fate,
  type Uninstallation,
  uninstallation,
} from './uninstallation'
import { uninstallSteps, type UninstallStep } from './uninstall-steps'

export type UninstallOptions = ClusterOptions & {
  /** A snapshot in files; absent: the cluster. */
  readonly filename?: ReadonlyArray<string>
  /** Whether to look at a cluster, or at files; true if not given. */
  readonly cluster?: boolean
  /** Whether to look at the storage outside of the cluster; true if not given. */
  readonly storage?: boolean
  /** Also what Prometheus has been told of the operator; not given: where it can be told. */
  readonly monitoring?: boolean
  readonly output: 'text' | 'json' | 'yaml'
}

type Problems = ReadonlyArray<InputProblem>

type Report = Uninstallation & { readonly steps: ReadonlyArray<UninstallStep> }

/** A snapshot as it is after the first step. */
const removedIn = (snapshot: Snapshot): Snapshot =>
  snapshot.map((value) =>
    isConfig(value)
      ? {
          ...value,
          spec: {
            ...(isJsonObject(value['spec']) ? value['spec'] : {}),
            managementState: 'Removed',
          },
        }
      : value,
  )

/** The cluster with its registry Removed, and what there is of its storage. */
const removedCluster = (io: CliIo, options: UninstallOptions): TE.TaskEither<Problems, Snapshot> =>
  options.filename === undefined
    ? pipe(
        readClusterWithValues(options),
        TE.flatMapTask(({ snapshot, valuesOf }) => {
          const removed = removedIn(snapshot)
          const release = completedFrom(snapshot, io.env.release)
          return options.storage === false
            ? T.of(removed)
            : withStorage({ driverFor: onceDrivers, valuesOf }, release)(removed)
        }),
      )
    : pipe(
        readInput(io)(options.filename),
        TE.map(({ snapshot }) => removedIn(snapshot)),
      )

const OPENSHIFT = inputProblem(
  '',
  'this is OpenShift: the operator is a part of the cluster, which would put it back',
  'set spec.managementState of Config cluster to Removed: then the registry goes, and the operator rests',
)

const onKubernetes = (seen: Observed): E.Either<Problems, Observed> =>
  seen.observation.facts.platform === 'OpenShift' ? E.left([OPENSHIFT]) : E.right(seen)

/** Why it is not known what is in a storage; nothing when somebody has looked. */
const unseenStorage = (
  { observation: { facts } }: Observed,
  { storage: target }: DesiredState,
): ReadonlyArray<string> => {
  if (target === undefined) return []
  const { storage } = facts
  return storage._tag === 'Looked' && storage.target === targetDigest(target)
    ? storage.troubles.map(({ error }) => describeStorageError(error))
    : ['offline, or --no-storage']
}

const NO_CONFIG: DesiredState = { objects: [], withheld: [] }

/** Without a Config the registry has gone, and nothing is wanted of the one that would be made. */
const wantedOf = (seen: Observed): E.Either<Problems, DesiredState> =>
  seen.observation.subject === undefined ? E.right(NO_CONFIG) : desiredOf(seen)

/** Where Prometheus can be told what to look at, the operator has told it. */
const isMonitored = ({ observation: { facts } }: Observed): boolean =>
  facts.servedGroups.includes(names.MONITORING_GROUP)

const reportOf =
  (io: CliIo, { monitoring = false }: UninstallOptions) =>
  (snapshot: Snapshot): E.Either<Problems, Report> =>
    pipe(
      onKubernetes(observed(snapshot, completedFrom(snapshot, io.env.release))),
      E.flatMap((seen) =>
        pipe(
          wantedOf(seen),
          E.map((desired) => {
            const { subject } = seen.observation
            const finalizers =
              subject === undefined ? undefined : (subject.metadata.finalizers ?? [])
            return {
              ...uninstallation(seen, desired, { snapshot, unseen: unseenStorage(seen, desired) }),
              steps: uninstallSteps(finalizers, monitoring || isMonitored(seen)),
            }
          }),
        ),
      ),
    )

const anyReport = ({ monitoring = false }: UninstallOptions): Report => ({
  ...ANY_UNINSTALLATION,
  steps: uninstallSteps([names.FINALIZER], monitoring),
})

const showFates = (fates: ReadonlyArray<Fate>): string =>
  fates.length === 0
    ? '  nothing\n'
    : fates.map(({ what, why }) => `- ${what}\n    ${why}\n`).join('')

const showReport = (io: CliIo, { goes, stays, steps }: Report): string => {
  const title = (text: string): string => `${painted(io)('bold', text)}\n`
  const commands = steps.map(({ does, command }) => `# ${does}\n${command}\n`).join('\n')
  return [
    `${title('What goes with the registry')}${showFates(goes)}`,
    `${title('What stays')}${showFates(stays)}`,
    `${title('How: nothing has been done yet; each command when the one before it has ended well')}${commands}`,
  ].join('\n')
}

const shown = (io: CliIo, options: UninstallOptions): TE.TaskEither<Problems, string> => {
  const { output, monitoring = false, cluster } = options
  if (output === 'yaml')
    return TE.right(printedDocuments(uninstallManifests({ release: io.env.release, monitoring })))
  return pipe(
    cluster === false
      ? TE.right(anyReport(options))
      : pipe(removedCluster(io, options), TE.flatMapEither(reportOf(io, options))),
    TE.map((report) => (output === 'json' ? printed(report, 'json') : showReport(io, report))),
  )
}

/** Prints what an uninstallation removes, what stays, and how it is done. Removes nothing itself. */
export const uninstallCommand =
  (io: CliIo) =>
  (options: UninstallOptions): T.Task<ExitCode> =>
    pipe(
      shown(io, options),
      TE.matchE(
        (problems) => T.fromIO(() => (reportProblems(io)(problems)(), EXIT.failed)),
        (text) => T.fromIO(() => (io.stdout(text)(), EXIT.ok)),
      ),
    )
