import '../../../scripts/node-version.mjs'

import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { EXIT } from '../src/cli/exit-code'
import { type InputProblem, showProblem } from '../src/cli/input/input-problem'
import { imageCommandLine, type ImageOptions } from './image-options'
import { imageReportText } from './image-report'
import { makeFolder, makeImage, type MakeImageDeps } from './make-image'

const deps: MakeImageDeps = {
  root: join(import.meta.dirname, '../../..'),
  tell: (line) => void process.stderr.write(`image: ${line}\n`),
}

const result = (options: ImageOptions): TE.TaskEither<InputProblem, string> =>
  options.folder === undefined
    ? pipe(
        makeImage(deps)(options),
        TE.map((report) =>
          options.output === 'json'
            ? `${JSON.stringify(report, undefined, 2)}\n`
            : imageReportText(report),
        ),
      )
    : pipe(
        makeFolder(deps)(options, options.folder),
        TE.map(() => ''),
      )

const run = async (options: ImageOptions): Promise<void> => {
  const ended = await result(options)()
  if (E.isRight(ended)) process.stdout.write(ended.right)
  else process.stderr.write(`${showProblem(ended.left)}\n`)
  process.exitCode = E.isRight(ended) ? EXIT.ok : EXIT.failed
}

await imageCommandLine(run).parseAsync()
