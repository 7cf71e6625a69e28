import { describeWithheld } from '@image-registry-operator/render'
import {
  isJsonObject,
  objectsOf,
  textOf,
  type ConditionStatus,
  type ConditionType,
  type JsonObject,
  type Observation,
  type Withheld,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { CliIo } from './cli-io'
import type { ClusterOptions } from './input/cluster-options'
import { EXIT, type ExitCode } from './exit-code'
import { showProblem, type InputProblem } from './input/input-problem'
import { configProblems, desiredOf, observed, type Observed } from './input/observed'
import { printed } from './print-manifests'
import { readCluster } from './input/read-cluster'
import { readInput, type Input } from './input/read-input'
import { painted, reportProblems, type Colour } from './report'
import { table } from './table'

export type StatusOptions = ClusterOptions & {
  readonly filename?: ReadonlyArray<string>
  readonly output: 'text' | 'yaml' | 'json'
}

type Said = {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

type Report = {
  readonly wellness: 'well' | 'unwell'
  readonly conditions: ReadonlyArray<Said>
  /** What is wrong now, and what to do. */
  readonly problems: ReadonlyArray<string>
  /** The operator has seen the newest Config. */
  readonly upToDate: boolean
}

const said = (condition: JsonObject): Said => ({
  type: textOf(condition['type']),
  status: textOf(condition['status']),
  reason: textOf(condition['reason']),
  message: textOf(condition['message']),
})

const statusOf = ({ subject }: Observation): JsonObject => {
  const status = subject?.['status']
  return isJsonObject(status) ? status : {}
}

const conditionsOf = (status: JsonObject): ReadonlyArray<Said> =>
  objectsOf(status['conditions']).map(said)

const problemsOf = (seen: Observed): ReadonlyArray<string> =>
  pipe(
    desiredOf(seen),
    E.match(
      (problems) => problems.map(showProblem),
      ({ withheld }) => withheld.filter(isKnownHere).map(describeWithheld),
    ),
  )

/** Nobody looks at a storage outside of the cluster here: what the operator has from there, e.g. a key, its conditions tell. */
const isKnownHere = ({ problem }: Withheld): boolean => problem._tag !== 'StorageAwaited'

// What a person who looks at a healthy registry expects; a registry that was Removed or is Unmanaged is well too.
const isWell = (conditions: ReadonlyArray<Said>): boolean => {
  const has = (type: string, status: string): boolean =>
    conditions.some((condition) => condition.type === type && condition.status === status)
  return has('Available', 'True') && !has('Progressing', 'True') && !has('Degraded', 'True')
}

const reportOf = (seen: Observed): Report => {
  const status = statusOf(seen.observation)
  const conditions = conditionsOf(status)
  const problems = problemsOf(seen)
  const generation = seen.observation.subject?.metadata.generation
  const upToDate = generation === undefined || status['observedGeneration'] === generation
  const well = upToDate && problems.length === 0 && isWell(conditions)
  return { wellness: well ? 'well' : 'unwell', conditions, problems, upToDate }
}

/** The status that is good news; Removed is neither, it is what somebody asked for. */
const GOOD: { readonly [Type in ConditionType]: ConditionStatus | undefined } = {
  Available: 'True',
  Ready: 'True',
  StorageExists: 'True',
  StoragePublicAccessBlocked: 'True',
  StorageTagged: 'True',
  StorageLabeled: 'True',
  StorageEncrypted: 'True',
  StorageIncompleteUploadCleanupEnabled: 'True',
  StorageCredentialsAccepted: 'True',
  StorageLeftBehind: undefined,
  LeftReadOnly: 'False',
  Progressing: 'False',
  Degraded: 'False',
  Reconciling: 'False',
  Stalled: 'False',
  Removed: undefined,
  NodeCADaemonAvailable: 'True',
  NodeCADaemonProgressing: 'False',
  NodeCADaemonControllerDegraded: 'False',
  ImageConfigControllerDegraded: 'False',
  ImageRegistryCertificatesControllerDegraded: 'False',
  AzureStackCloudControllerDegraded: 'False',
  ConfigObservationDegraded: 'False',
  AuthenticationConfigured: 'True',
}

const isKnown = (type: string): type is ConditionType => Object.hasOwn(GOOD, type)

const colourOf = ({ type, status }: Said): Colour => {
  const good = isKnown(type) ? GOOD[type] : undefined
  if (good === undefined) return 'dim'
  if (status === good) return 'green'
  return status === 'Unknown' ? 'yellow' : 'red'
}

const showReport = (io: CliIo, { conditions, problems, upToDate }: Report): string => {
  const paint = painted(io)
  const rows = conditions.map((condition) => [
    condition.type,
    paint(colourOf(condition), condition.status),
    condition.reason,
    condition.message,
  ])
  const parts = [
    conditions.length === 0
      ? 'The operator has not reported anything yet. Is it running? Look at its Deployment, cluster-image-registry-operator.\n'
      : table(['CONDITION', 'STATUS', 'REASON', 'MESSAGE'], rows),
    upToDate ? '' : '\nThe operator has not seen the newest Config yet.\n',
    problems.length === 0
      ? ''
      : `\n${paint('bold', 'What is wrong')}\n${problems.map((line) => `- ${line}\n`).join('')}`,
  ]
  return parts.join('')
}

const read = (
  io: CliIo,
  options: StatusOptions,
): TE.TaskEither<ReadonlyArray<InputProblem>, Observed> =>
  pipe(
    options.filename === undefined
      ? pipe(
          readCluster(options),
          TE.map((snapshot): Input => ({ snapshot, whereIs: new Map(), warnings: [] })),
        )
      : readInput(io)(options.filename),
    TE.map(({ snapshot, whereIs }) => observed(snapshot, io.env.release, whereIs)),
    TE.filterOrElse(
      ({ observation }) => observation.subject !== undefined,
      ({ whereIs }) => configProblems({ _tag: 'NoConfig' }, whereIs),
    ),
  )

/** Prints how the registry fares, what is wrong and what to do. Only reads. */
export const statusCommand =
  (io: CliIo) =>
  (options: StatusOptions): T.Task<ExitCode> =>
    pipe(
      read(io, options),
      TE.match(
        (problems) => (reportProblems(io)(problems)(), EXIT.failed),
        (seen) => {
          const report = reportOf(seen)
          const { output } = options
          io.stdout(output === 'text' ? showReport(io, report) : printed(report, output))()
          return report.wellness === 'well' ? EXIT.ok : EXIT.differs
        },
      ),
    )
