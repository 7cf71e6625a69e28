import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { type Entry, treeOf, describeOciError } from '@image-registry-operator/oci-image'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'
import { type Architecture, architectures } from './architecture'
import { debianLibraries } from './debian-libraries'
import { lockedPackage } from './locked-node'
import { missingLibraries } from './missing-libraries'
import { nodeProgram } from './node-program'
import { operatorFiles } from './operator-files'
import { systemFiles } from './system-files'

/** A layer to be: its files, and what they are for. */
export type ImagePart = { readonly purpose: string; readonly entries: ReadonlyArray<Entry> }

/** Where the workspace is, and where to keep what is fetched. */
export type Places = { readonly root: string; readonly cache: string }

const lockFile = (root: string): TE.TaskEither<InputProblem, string> =>
  TE.tryCatch(
    () => readFile(join(root, 'pnpm-lock.yaml'), 'utf8'),
    (cause) => inputProblem('pnpm-lock.yaml', String(cause), 'run it in a checkout'),
  )

const node = (
  architecture: Architecture,
  { root, cache }: Places,
): TE.TaskEither<InputProblem, ImagePart> =>
  pipe(
    lockFile(root),
    TE.flatMapEither((text) =>
      lockedPackage(text, `node-linux-${architectures[architecture].node}`),
    ),
    TE.flatMap((locked) =>
      pipe(
        nodeProgram(locked, cache),
        TE.map((entries) => ({ purpose: `Node ${locked.version}`, entries })),
      ),
    ),
  )

const libraries = (
  architecture: Architecture,
  { cache }: Places,
): TE.TaskEither<InputProblem, ImagePart> =>
  pipe(
    debianLibraries(architecture, cache),
    TE.map((entries) => ({
      purpose: "the C and C++ libraries of Debian 12 that Node's program needs",
      entries: [...systemFiles, ...entries],
    })),
  )

const operator = ({ root }: Places): TE.TaskEither<InputProblem, ImagePart> =>
  pipe(
    operatorFiles(root),
    TE.map((entries) => ({ purpose: 'image-registry-operator', entries })),
  )

/** Nobody may be able to start a foreign platform's image here, so that it could start is looked at instead. */
const isComplete = (parts: ReadonlyArray<ImagePart>): TE.TaskEither<InputProblem, unknown> => {
  const entries = parts.flatMap((part) => part.entries)
  const missing = missingLibraries(entries)
  return missing.length > 0
    ? TE.left(
        inputProblem(
          'the image',
          `programs in it need ${missing.join(', ')}, which it does not have`,
          'add the package that has them to debian-packages.ts',
        ),
      )
    : pipe(
        TE.fromEither(treeOf(entries)),
        TE.mapLeft((error) => inputProblem('the image', describeOciError(error), '')),
      )
}

/** What the operator's image holds, from the part that changes least to the one that changes most. */
export const imageParts = (
  architecture: Architecture,
  places: Places,
): TE.TaskEither<InputProblem, ReadonlyArray<ImagePart>> =>
  pipe(
    TE.sequenceSeqArray([
      libraries(architecture, places),
      node(architecture, places),
      operator(places),
    ]),
    TE.tap(isComplete),
  )
