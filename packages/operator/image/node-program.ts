import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

import { describeOciError, type Entry, tarFiles } from '@image-registry-operator/oci-image'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'
import type { LockedPackage } from './locked-node'
import { type FetchFile, pinnedFile } from './pinned-file'
import { runTool } from './run-tool'

const PLACES: Readonly<Record<string, string>> = {
  'package/bin/node': 'usr/bin/node',
  'package/LICENSE': 'usr/share/doc/node/LICENSE',
}

/** By npm, which, unlike pnpm, hands out packages for other machines than this one, and leaves the installation alone. */
const fetchPackage =
  ({ name, version }: LockedPackage): FetchFile =>
  (folder) =>
    runTool({
      program: 'npm',
      args: ['pack', `${name}@${version}`, '--ignore-scripts', '--loglevel=error'],
      folder,
      remedy: 'check that npm reaches its registry',
    })

const unzip = promisify(gunzip)

/** Node's program and licence, from the package that the lock file names. */
export const nodeProgram = (
  locked: LockedPackage,
  cache: string,
): TE.TaskEither<InputProblem, ReadonlyArray<Entry>> => {
  const name = `${locked.name}-${locked.version}.tgz`
  const broken = (message: string): InputProblem => inputProblem(name, message, '')
  return pipe(
    pinnedFile(cache, fetchPackage(locked))({ name, integrity: locked.integrity }),
    TE.flatMap((zipped) =>
      TE.tryCatch(
        () => unzip(zipped),
        (cause) => broken(String(cause)),
      ),
    ),
    TE.flatMap((archive) =>
      pipe(
        tarFiles(archive, (path) => PLACES[path]),
        TE.mapLeft((error) => broken(describeOciError(error))),
      ),
    ),
  )
}
