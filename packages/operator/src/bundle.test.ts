import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { beforeAll, describe, expect, it } from 'vitest'

import { temporaryFolder } from './testing/temporary-folder'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')
const bundle = join(root, 'packages/operator/dist/image-registry-operator.js')

beforeAll(async () => {
  await run(process.execPath, [join(root, 'scripts/bundle.mjs')])
}, 60_000)

describe('the bundle', () => {
  it('starts, and knows its version', async () => {
    const { version } = JSON.parse(
      await readFile(join(root, 'packages/operator/package.json'), 'utf8'),
    ) as { readonly version: string }
    expect(await run(bundle, ['--version'])).toEqual({ stdout: `${version}\n`, stderr: '' })
  })

  it.each([['{"type":"module"}'], ['{"type":"commonjs"}'], ['{}'], [undefined]])(
    'runs alone in any folder, beside the package.json %s, under any name',
    async (packageJson) => {
      const folder = await temporaryFolder(
        packageJson === undefined ? {} : { 'package.json': packageJson },
      )
      await mkdir(join(folder, 'bin'))
      const copy = join(folder, 'bin/operator.js')
      await copyFile(bundle, copy)
      await writeFile(join(folder, 'bin/empty.yaml'), '# nothing\n')
      // Every command that loads a library of its own.
      expect((await run(process.execPath, [copy, 'install'])).stdout).toContain('kind: Deployment')
      for (const args of [
        ['plan', '-f', join(folder, 'bin/empty.yaml')],
        ['observe', '--kubeconfig', join(folder, 'none')],
        ['run', '--image=a', '--kubeconfig', join(folder, 'none')],
      ])
        await expect(run(process.execPath, [copy, ...args])).rejects.toMatchObject({
          code: 1,
          stderr: expect.not.stringContaining('defect') as string,
        })
    },
    60_000,
  )

  it('comes with the licences of everything in it', async () => {
    const text = await readFile(`${bundle}.LEGAL.txt`, 'utf8')
    for (const name of ['fp-ts', 'io-ts', 'yaml', 'commander', '@kubernetes/client-node'])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'))
  })
})
