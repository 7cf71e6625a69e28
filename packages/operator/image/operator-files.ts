import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { type Entry, file, link } from '@image-registry-operator/oci-image'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'
import { NODE_ARGUMENT } from './node-settings'

const MAIN = 'image-registry-operator.js'
const HOME = 'usr/lib/image-registry-operator'

/** There is no `env` in the image that would look for Node. */
const forImage = (program: string): string =>
  program.replace(/^#!.*\n/, `#!/usr/bin/node ${NODE_ARGUMENT}\n`)

const bundle = async (dist: string): Promise<ReadonlyArray<Entry>> => {
  const clouds = join(dist, 'image-registry-operator-clouds')
  const names = (await readdir(clouds)).filter((name) => name.endsWith('.mjs'))
  return [
    file(`${HOME}/${MAIN}`, forImage(await readFile(join(dist, MAIN), 'utf8')), { mode: 0o755 }),
    ...(await Promise.all(
      [`${MAIN}.LEGAL.txt`, `${MAIN}.cdx.json`].map(async (name) =>
        file(`${HOME}/${name}`, await readFile(join(dist, name))),
      ),
    )),
    ...(await Promise.all(
      names.map(async (name) =>
        file(`${HOME}/image-registry-operator-clouds/${name}`, await readFile(join(clouds, name))),
      ),
    )),
  ]
}

/** The names that it is started by: the first one stands in Deployments and DaemonSets. */
const commands: ReadonlyArray<Entry> = [
  'cluster-image-registry-operator',
  'image-registry-operator',
].map((name) => link(`usr/bin/${name}`, `../lib/image-registry-operator/${MAIN}`))

const licence = async (root: string): Promise<Entry> =>
  file('usr/share/doc/image-registry-operator/LICENSE', await readFile(join(root, 'LICENSE')))

/** The operator, as the bundle has it. */
export const operatorFiles = (root: string): TE.TaskEither<InputProblem, ReadonlyArray<Entry>> =>
  pipe(
    TE.tryCatch(
      async () => [...(await bundle(join(root, 'packages/operator/dist'))), await licence(root)],
      (cause) =>
        inputProblem(
          'packages/operator/dist',
          `it cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
          'run npx -y pnpm@12 build',
        ),
    ),
    TE.map((entries) => [...entries, ...commands]),
  )
