import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import {
  describeOciError,
  type Image,
  isReference,
  type OciError,
  ociArchive,
  treeOf,
  writeArchive,
} from '@image-registry-operator/oci-image'
import { isJsonObject } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'
import { ownImage } from '../src/own-image'
import type { Architecture } from './architecture'
import type { ImageOptions } from './image-options'
import { type ImagePart, imageParts } from './image-parts'
import { type ImageReport, imageReport } from './image-report'
import { operatorImage } from './operator-image'
import { runTool } from './run-tool'
import { writeTree } from './write-tree'

export type MakeImageDeps = {
  /** The workspace. */
  readonly root: string
  /** Receives a line at a time on how far it is. */
  readonly tell: (line: string) => void
}

const ofImage =
  (where: string) =>
  (error: OciError): InputProblem =>
    inputProblem(where, describeOciError(error), '')

const bundle = (
  { root, tell }: MakeImageDeps,
  { build }: ImageOptions,
): TE.TaskEither<InputProblem, unknown> => {
  if (!build) return TE.right(undefined)
  tell('bundling the operator')
  return runTool({
    program: process.execPath,
    args: ['scripts/bundle.mjs'],
    folder: root,
    remedy: 'run npx -y pnpm@12 build, and read what it says',
  })
}

const versionIn = (manifest: string): string => {
  const parsed: unknown = JSON.parse(manifest)
  return isJsonObject(parsed) && typeof parsed['version'] === 'string' ? parsed['version'] : ''
}

const operatorVersion = ({ root }: MakeImageDeps): TE.TaskEither<InputProblem, string> =>
  TE.tryCatch(
    async () => versionIn(await readFile(join(root, 'packages/operator/package.json'), 'utf8')),
    (cause) =>
      inputProblem('packages/operator/package.json', String(cause), 'run it in a checkout'),
  )

const partsFor =
  (deps: MakeImageDeps, options: ImageOptions) =>
  (architecture: Architecture): TE.TaskEither<InputProblem, ReadonlyArray<ImagePart>> => {
    deps.tell(`linux/${architecture}: getting Node and the libraries that it needs`)
    const cache = resolve(deps.root, options.cache)
    return imageParts(architecture, { root: deps.root, cache })
  }

const architecturesOf = ({ platform }: ImageOptions): ReadonlyArray<Architecture> =>
  [...new Set(platform)].map((name) => (name === 'linux/amd64' ? 'amd64' : 'arm64'))

const images = (
  deps: MakeImageDeps,
  options: ImageOptions,
  version: string,
): TE.TaskEither<InputProblem, ReadonlyArray<Image>> =>
  pipe(
    architecturesOf(options),
    TE.traverseArray((architecture) =>
      pipe(
        partsFor(deps, options)(architecture),
        TE.tapIO(() => () => deps.tell(`linux/${architecture}: compressing`)),
        TE.flatMap((parts) => operatorImage(architecture, version, parts)),
      ),
    ),
  )

const writtenImages = (
  deps: MakeImageDeps,
  options: ImageOptions,
  version: string,
): TE.TaskEither<InputProblem, ImageReport> => {
  const { tag = [ownImage(version)], file } = options
  return pipe(
    images(deps, options, version),
    TE.flatMap((made) =>
      pipe(
        TE.fromEither(ociArchive(made, tag)),
        TE.tap(writeArchive(resolve(deps.root, file))),
        TE.mapLeft(ofImage(file)),
        TE.map((archive) => imageReport(file, tag, archive, made)),
      ),
    ),
  )
}

/** Before anything is made: to find it out afterwards takes half a minute. */
const tagProblem = ({ tag = [] }: ImageOptions): InputProblem | undefined => {
  const reference = tag.find((text) => !isReference(text))
  return reference === undefined ? undefined : ofImage('--tag')({ _tag: 'BadReference', reference })
}

/** Makes the operator's image, and writes it as an archive. */
export const makeImage =
  (deps: MakeImageDeps) =>
  (options: ImageOptions): TE.TaskEither<InputProblem, ImageReport> => {
    const problem = tagProblem(options)
    return problem === undefined
      ? pipe(
          bundle(deps, options),
          TE.flatMap(() => operatorVersion(deps)),
          TE.flatMap((version) => writtenImages(deps, options, version)),
        )
      : TE.left(problem)
  }

const ONE_PLATFORM = inputProblem(
  '--folder',
  'a folder holds the files of one platform',
  'give --platform once',
)

/** Writes the files of the operator's image into a folder, for those who have an engine to make an image of it. */
export const makeFolder =
  (deps: MakeImageDeps) =>
  (options: ImageOptions, folder: string): TE.TaskEither<InputProblem, void> => {
    const [architecture, ...others] = architecturesOf(options)
    return architecture === undefined || others.length > 0
      ? TE.left(ONE_PLATFORM)
      : pipe(
          bundle(deps, options),
          TE.flatMap(() => partsFor(deps, options)(architecture)),
          TE.flatMap((parts) =>
            pipe(
              TE.fromEither(treeOf(parts.flatMap(({ entries }) => entries))),
              TE.mapLeft(ofImage(folder)),
            ),
          ),
          TE.flatMap(writeTree(folder)),
        )
  }
