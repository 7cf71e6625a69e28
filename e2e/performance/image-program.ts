import { chmod, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Entry } from '@image-registry-operator/oci-image'

import { removeAtExit } from '../cluster/exit-cleanup'
import { type MadeImage, makeImage } from '../images/made-image'
import { putImage, type UnpackedImage, unpackedImage } from '../images/unpacked-image'
import type { Command } from '../storage-servers/installed/tied-command'

const isArm = process.arch === 'arm64'
const architecture = isArm ? 'arm64' : 'amd64'
const libraries = isArm ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'
const loader = isArm ? 'ld-linux-aarch64.so.1' : 'ld-linux-x86-64.so.2'

/** The operator's image laid out in a folder, to be started from there without an engine and without root. */
export type ImageProgram = Readonly<{
  made: MadeImage
  /** What there is in it, on this machine's platform. */
  contents: Readonly<{ files: number; bytes: number }>
  /** The image's Node with the image's libraries, and nothing to run yet. */
  node: (...args: ReadonlyArray<string>) => Command
  /** The operator as the image starts it. */
  operator: (...args: ReadonlyArray<string>) => Command
  /** The variables that the image sets. */
  environment: Readonly<Record<string, string>>
  remove: () => Promise<void>
}>

const contentsOf = (entries: ReadonlyArray<Entry>): ImageProgram['contents'] => {
  const sizes = entries.flatMap((entry) => (entry._tag === 'File' ? [entry.content.length] : []))
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

const environmentOf = ({ config }: UnpackedImage): Readonly<Record<string, string>> => {
  const { Env } = config as Readonly<{ Env: ReadonlyArray<string> }>
  const entry = (line: string): readonly [string, string] => {
    const end = line.indexOf('=')
    return [line.slice(0, end), line.slice(end + 1)]
  }
  return Object.fromEntries(Env.map(entry))
}

/** What the kernel would give to Node before the name of the program: at most one argument. */
const argumentsOf = (script: string): ReadonlyArray<string> => {
  const [, argument] = /^#!\/usr\/bin\/node(?: (.+))?\n/.exec(script) ?? ['']
  return argument === undefined ? [] : [argument]
}

/** What engines write at once when they unpack a layer. */
const PIECE = 32 * 1024

/**
 * Writes a program anew, in pieces. What was written at once is kept in memory at once, and newer kernels count all of it
 * as resident as soon as a process runs a bit of it.
 */
const rewriteInPieces = async (path: string): Promise<void> => {
  const content = await readFile(path)
  const file = await open(`${path}.new`, 'w')
  for (let at = 0; at < content.length; at += PIECE)
    await file.write(content, at, Math.min(PIECE, content.length - at))
  await file.close()
  await chmod(`${path}.new`, 0o755)
  await rename(`${path}.new`, path)
}

/** Makes the image of the bundle that is there, for these platforms, and lays out that of this machine. */
export const imageProgram = async (
  platforms: ReadonlyArray<string> = [`linux/${architecture}`],
): Promise<ImageProgram> => {
  const folder = await mkdtemp(join(tmpdir(), 'image-program-'))
  const forget = removeAtExit(folder)
  const made = await makeImage('--file', join(folder, 'image.tar'), '--platform', ...platforms)
  const image = await unpackedImage(made.file, architecture)
  const root = join(folder, 'root')
  await putImage(image, root)
  await rewriteInPieces(join(root, 'usr/bin/node'))
  const paths = [`lib/${libraries}`, `usr/lib/${libraries}`].map((path) => join(root, path))
  const node = (...args: ReadonlyArray<string>): Command => ({
    program: join(root, `lib/${libraries}/${loader}`),
    args: ['--library-path', paths.join(':'), join(root, 'usr/bin/node'), ...args],
  })
  const script = join(root, 'usr/bin/cluster-image-registry-operator')
  const settings = argumentsOf(await readFile(script, 'utf8'))
  return {
    made,
    contents: contentsOf(image.entries),
    node,
    operator: (...args) => node(...settings, script, ...args),
    environment: environmentOf(image),
    remove: async () => {
      await rm(folder, { recursive: true, force: true })
      forget()
    },
  }
}
