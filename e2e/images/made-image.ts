import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { runProgram } from '../harness/bundle'

const root = join(import.meta.dirname, '../..')
const command = [
  join(root, 'node_modules/.bin/tsx'),
  join(root, 'packages/operator/image/main.ts'),
  '--no-build',
  ...['--output', 'json'],
]

/** What `pnpm image` says that it has made. */
export type MadeImage = Readonly<{
  file: string
  digest: string
  platforms: ReadonlyArray<Readonly<{ platform: string; digest: string; size: number }>>
}>

/** Makes the operator's image of the bundle that is there, as an archive. */
export const makeImage = async (...args: ReadonlyArray<string>): Promise<MadeImage> => {
  const { code, stdout, stderr } = await runProgram([...command, ...args])
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as MadeImage
}

/** The version of the operator. */
export const operatorVersion = async (): Promise<string> => {
  const manifest = await readFile(join(root, 'packages/operator/package.json'), 'utf8')
  return (JSON.parse(manifest) as Readonly<{ version: string }>).version
}
