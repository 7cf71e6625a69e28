import { describeWithheld } from '@image-registry-operator/render'
import {
  type DesiredObject,
  type DesiredState,
  type Withheld,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { CliIo } from './cli-io'
import { EXIT, type ExitCode } from './exit-code'
import type { InputProblem } from './input/input-problem'
import { inputWarnings } from './input/input-warnings'
import { desiredOf, observed, unreadableWarnings, whereConfigIs } from './input/observed'
import { kustomizeFolder } from './install/kustomize-folder'
import { printedList, type ManifestFormat } from './print-manifests'
import { readInput, type Input } from './input/read-input'
import { noImage, releaseOf, type ReleaseOptions } from './install/release-options'
import { reportProblems, reportWarnings } from './report'
import { writeFolder } from './install/write-folder'

export type RenderOptions = ReleaseOptions & {
  readonly filename: ReadonlyArray<string>
  readonly output: ManifestFormat
  readonly outputDir?: string
}

type Rendered = {
  readonly desired: DesiredState
  readonly warnings: ReadonlyArray<InputProblem>
}

type Problems = ReadonlyArray<InputProblem>

const rendered =
  (io: CliIo, options: RenderOptions) =>
  ({ snapshot, whereIs, warnings }: Input): E.Either<Problems, Rendered> => {
    const release = releaseOf(io.env.release, options)
    const seen = observed(snapshot, release, whereIs)
    return pipe(
      desiredOf(seen),
      E.map((desired) => ({
        desired,
        warnings: [
          ...warnings,
          ...inputWarnings(snapshot, whereConfigIs(whereIs)),
          ...unreadableWarnings(seen),
          ...noImage(release),
        ],
      })),
    )
  }

const showWithheld = (withheld: Withheld): string => `not rendered: ${describeWithheld(withheld)}\n`

/** Fields that are decided in the Config, or said in a status, are no manifest: they would not do for an object. */
const isWhole = ({ mode, subresource }: DesiredObject): boolean =>
  mode !== 'decide' && subresource === undefined

const write = (
  io: CliIo,
  { output, outputDir }: RenderOptions,
  { objects }: DesiredState,
): TE.TaskEither<Problems, void> => {
  const manifests = objects.filter(isWhole).map(({ object }) => object)
  return outputDir === undefined
    ? TE.fromIO(io.stdout(printedList(manifests, output)))
    : pipe(
        writeFolder(outputDir)(kustomizeFolder(manifests, output)),
        TE.mapLeft((problem) => [problem]),
      )
}

const report =
  (io: CliIo) =>
  ({ desired, warnings }: Rendered): T.Task<ExitCode> =>
  async () => {
    reportWarnings(io)(warnings)()
    io.stderr(desired.withheld.map(showWithheld).join(''))()
    return desired.withheld.length === 0 ? EXIT.ok : EXIT.incomplete
  }

/** Prints what should be in a cluster, from files alone. */
export const renderCommand =
  (io: CliIo) =>
  (options: RenderOptions): T.Task<ExitCode> =>
    pipe(
      readInput(io)(options.filename),
      TE.flatMapEither(rendered(io, options)),
      TE.tap(({ desired }) => write(io, options, desired)),
      TE.matchE(
        (problems) => T.fromIO(() => (reportProblems(io)(problems)(), EXIT.failed)),
        report(io),
      ),
    )
