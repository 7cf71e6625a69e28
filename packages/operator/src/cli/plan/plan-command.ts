import {
  describeRenderProblem,
  describeStorageError,
  describeWithheld,
  plan,
  storageWarnings,
  targetDigest,
} from '@image-registry-operator/render'
import type { DesiredState, Plan, Snapshot, Withheld } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { CliIo } from '../cli-io'
import type { ClusterOptions } from '../input/cluster-options'
import { EXIT, type ExitCode } from '../exit-code'
import { inputProblem, type InputProblem } from '../input/input-problem'
import { inputWarnings, isConfig } from '../input/input-warnings'
import {
  desiredOf,
  observed,
  unreadableWarnings,
  whereConfigIs,
  type Observed,
} from '../input/observed'
import { printed } from '../print-manifests'
import { readClusterWithValues } from '../input/read-cluster'
import { readInput, type Input } from '../input/read-input'
import { onceDrivers, withStorage } from '../run/look-at-storage'
import { noImage, releaseOf, type ReleaseOptions } from '../install/release-options'
import { painted, reportProblems, reportWarnings } from '../report'
import { replacedConfig } from './replaced-config'
import { completedFrom } from '../install/running-release'
import { planAsJson, showPlan } from './show-plan'

export type PlanOptions = ReleaseOptions &
  ClusterOptions & {
    /** A snapshot in files; absent: the cluster. */
    readonly filename?: ReadonlyArray<string>
    /** A Config that takes the place of the one in the snapshot or the cluster. */
    readonly config?: string
    /** Whether to look at the storage outside of the cluster, where the cluster is read; true if not given. */
    readonly storage?: boolean
    readonly output: 'text' | 'json'
  }

type Problems = ReadonlyArray<InputProblem>

type Planned = {
  readonly plan: Plan
  readonly withheld: ReadonlyArray<Withheld>
  readonly warnings: Problems
}

const NOTHING: Input = { snapshot: [], whereIs: new Map(), warnings: [] }

/** What was read, and how more is found out about it. */
type World = {
  readonly input: Input
  readonly lookedAt: (snapshot: Snapshot) => T.Task<Snapshot>
}

const asItIs = (snapshot: Snapshot): T.Task<Snapshot> => T.of(snapshot)

const readWorld = (io: CliIo, options: PlanOptions): TE.TaskEither<Problems, World> =>
  options.filename === undefined
    ? pipe(
        readClusterWithValues(options),
        TE.map(({ snapshot, valuesOf }) => ({
          input: { ...NOTHING, snapshot },
          lookedAt:
            options.storage === false
              ? asItIs
              : withStorage(
                  { driverFor: onceDrivers, valuesOf },
                  completedFrom(snapshot, releaseOf(io.env.release, options)),
                ),
        })),
      )
    : pipe(
        readInput(io)(options.filename),
        TE.map((input) => ({ input, lookedAt: asItIs })),
      )

const onlyConfig = (path: string, input: Input): E.Either<Problems, Input> =>
  input.snapshot.some(isConfig)
    ? E.right({ ...input, snapshot: input.snapshot.filter(isConfig) })
    : E.left([inputProblem(path, 'there is no Config in it', 'give --config a file with one')])

const readConfig = (io: CliIo, path: string | undefined): TE.TaskEither<Problems, Input> =>
  path === undefined
    ? TE.right(NOTHING)
    : pipe(
        readInput(io)([path]),
        TE.flatMapEither((input) => onlyConfig(path, input)),
      )

const replacing = (world: Input, change: Input): Input => {
  const rest: Snapshot =
    change.snapshot.length === 0
      ? world.snapshot
      : world.snapshot.filter((value) => !isConfig(value))
  const before = world.snapshot.find(isConfig)
  const configs =
    before === undefined
      ? change.snapshot
      : change.snapshot.filter(isConfig).map((config) => replacedConfig(before, config))
  return {
    snapshot: [...rest, ...configs],
    whereIs: new Map([...world.whereIs, ...change.whereIs]),
    warnings: [
      ...world.warnings,
      ...change.warnings,
      ...inputWarnings(change.snapshot, whereConfigIs(change.whereIs), 'written'),
    ],
  }
}

/** Why a plan says nothing of a storage; a look that failed says so itself. */
const unseenStorage = (
  { observation: { facts } }: Observed,
  { storage: target }: DesiredState,
): ReadonlyArray<string> => {
  if (target === undefined) return []
  const { storage } = facts
  const isSeen = storage._tag === 'Looked' && storage.target === targetDigest(target)
  return isSeen ? storage.troubles.map(({ error }) => describeStorageError(error)) : [NOT_LOOKED_AT]
}

const NOT_LOOKED_AT = 'nobody has looked at it (offline, or --no-storage)'

/** What a person should know of the storage, and why it could not be looked at. */
const ofStorage = (seen: Observed, desired: DesiredState): Problems => [
  ...storageWarnings(seen.observation).map((problem) => ({
    ...problem,
    where: whereConfigIs(seen.whereIs),
  })),
  ...unseenStorage(seen, desired).map((why) =>
    inputProblem(
      '',
      `the plan may not hold all that would be done to the storage ${desired.storage?.place ?? ''}: ${why}`,
      '',
    ),
  ),
]

const planned =
  (io: CliIo, options: PlanOptions) =>
  ({ snapshot, whereIs, warnings }: Input): E.Either<Problems, Planned> => {
    const release = completedFrom(snapshot, releaseOf(io.env.release, options))
    const seen = observed(snapshot, release, whereIs)
    return pipe(
      desiredOf(seen),
      E.map((desired) => ({
        plan: plan(desired, seen.observation),
        withheld: desired.withheld,
        warnings: [
          ...warnings,
          ...unreadableWarnings(seen),
          ...noImage(release),
          ...ofStorage(seen, desired),
        ],
      })),
    )
  }

const showWithheld = (withheld: Withheld): string =>
  `left as it is: ${describeWithheld(withheld)}\n`

const withheldAsJson = ({ ref, problem }: Withheld): unknown => ({
  ref,
  problem: describeRenderProblem(problem),
})

const report =
  (io: CliIo, { output }: PlanOptions) =>
  ({ plan: actions, withheld, warnings }: Planned): ExitCode => {
    reportWarnings(io)(warnings)()
    io.stderr(withheld.map(showWithheld).join(''))()
    io.stdout(
      output === 'json'
        ? printed({ actions: planAsJson(actions), withheld: withheld.map(withheldAsJson) }, 'json')
        : showPlan(painted(io), actions),
    )()
    return actions.length === 0 ? EXIT.ok : EXIT.differs
  }

/** Prints what the operator would do to a cluster, and why. Only reads. */
export const planCommand =
  (io: CliIo) =>
  (options: PlanOptions): T.Task<ExitCode> =>
    pipe(
      TE.Do,
      TE.bindW('world', () => readWorld(io, options)),
      TE.bindW('change', () => readConfig(io, options.config)),
      TE.flatMap(({ world, change }) =>
        pipe(
          TE.of<Problems, Input>(replacing(world.input, change)),
          TE.flatMapTask((input) =>
            pipe(
              world.lookedAt(input.snapshot),
              T.map((snapshot) => ({ ...input, snapshot })),
            ),
          ),
        ),
      ),
      TE.flatMapEither(planned(io, options)),
      TE.match((problems) => (reportProblems(io)(problems)(), EXIT.failed), report(io, options)),
    )
