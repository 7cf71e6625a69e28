import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize } from 'node:path'

import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { parse } from 'yaml'

import { inputProblem, type InputProblem } from '../input/input-problem'

/** A file by its path in a folder. */
export type OutputFile = { readonly name: string; readonly text: string }

/** Files of a folder, and the one among them that names the others. */
export type OutputFolder = {
  readonly index: OutputFile
  /** What an index of the same name names, as it was parsed. */
  readonly namedIn: (index: unknown) => ReadonlyArray<string>
  readonly files: ReadonlyArray<OutputFile>
}

/** The first line of an index: by it we know that what it names is ours to replace. */
const MARK =
  '# Written by image-registry-operator, like the files that it names: they are replaced.\n'

const cannotWrite =
  (where: string) =>
  (cause: unknown): InputProblem =>
    inputProblem(
      where,
      `it cannot be written (${cause instanceof Error ? cause.message : String(cause)})`,
      'check the folder given to --output-dir',
    )

const notOurs = (folder: string, index: string): InputProblem =>
  inputProblem(
    folder,
    `there are files in it, and no ${index} of ours that names them`,
    'give --output-dir an empty folder, or one that does not exist yet',
  )

const writeOne =
  (folder: string) =>
  ({ name, text }: OutputFile): TE.TaskEither<InputProblem, void> => {
    const path = join(folder, name)
    return TE.tryCatch(async () => {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
    }, cannotWrite(path))
  }

/** Whoever has edited the index may have named anything. */
const isInside = (name: string): boolean => !isAbsolute(name) && !normalize(name).startsWith('..')

/** What stands in a folder from an earlier time, which goes; undefined where somebody else's files do. */
const earlierFiles = async (
  folder: string,
  { index, namedIn }: OutputFolder,
): Promise<ReadonlyArray<string> | undefined> => {
  const present = await readdir(folder)
  if (present.length === 0) return []
  if (!present.includes(index.name)) return undefined
  const text = await readFile(join(folder, index.name), 'utf8')
  if (!text.startsWith(MARK)) return undefined
  const parsed: unknown = parse(text)
  return namedIn(parsed).filter(isInside)
}

const clearFolder = (folder: string, output: OutputFolder): TE.TaskEither<InputProblem, void> =>
  pipe(
    TE.tryCatch(async () => {
      await mkdir(folder, { recursive: true })
      return earlierFiles(folder, output)
    }, cannotWrite(folder)),
    TE.flatMap((earlier) =>
      earlier === undefined ? TE.left(notOurs(folder, output.index.name)) : TE.right(earlier),
    ),
    TE.flatMap(
      TE.traverseSeqArray((name) =>
        TE.tryCatch(() => rm(join(folder, name), { force: true }), cannotWrite(join(folder, name))),
      ),
    ),
    TE.asUnit,
  )

/**
 * Writes files into a folder. What was written there before is replaced, what people have put beside it stays; a folder that
 * somebody else has written is left alone.
 */
export const writeFolder =
  (folder: string) =>
  (output: OutputFolder): TE.TaskEither<InputProblem, void> => {
    const { index, files } = output
    const marked = { ...index, text: MARK + index.text }
    return pipe(
      clearFolder(folder, output),
      TE.flatMap(() => TE.traverseSeqArray(writeOne(folder))([...files, marked])),
      TE.asUnit,
    )
  }
