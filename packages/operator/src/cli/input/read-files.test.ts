import { symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { temporaryFolder } from '../../testing/temporary-folder'
import { showProblem } from './input-problem'
import { LIMITS } from './limits'
import { readFiles } from './read-files'

const read = async (path: string) =>
  (await readFiles(path)()).map((one) => (E.isRight(one) ? one.right.text : showProblem(one.left)))

describe('reading files', () => {
  it('finds the manifests in a folder and below it, in the order of their paths', async () => {
    const folder = await temporaryFolder({
      'b.yml': 'b',
      'a/z.json': 'z',
      'a/y.YAML': 'y',
      'a/notes.md': 'no',
      '.git/c.yaml': 'no',
    })
    expect(await read(folder)).toEqual(['y', 'z', 'b'])
  })

  it('reads a file of any name when it is named itself', async () => {
    const folder = await temporaryFolder({ manifest: 'a' })
    expect(await read(join(folder, 'manifest'))).toEqual(['a'])
  })

  it('follows links to files, but not in circles', async () => {
    const folder = await temporaryFolder({ 'a.yaml': 'a' })
    await symlink(folder, join(folder, 'circle'))
    await symlink(join(folder, 'a.yaml'), join(folder, 'b.yaml'))
    expect(await read(folder)).toEqual(['a', 'a'])
  })

  it('says what is not there, what is empty and what is binary', async () => {
    const folder = await temporaryFolder({
      'nul.yaml': 'a: \0',
      'latin.yaml': Uint8Array.of(0x61, 0xe4),
    })
    const empty = await temporaryFolder()
    const missing = join(folder, 'missing')
    expect([...(await read(missing)), ...(await read(empty)), ...(await read(folder))]).toEqual([
      `${missing}: there is no such file or folder; check the path given to -f`,
      `${empty}: there are no manifests in it; give files that end in .yaml, .yml or .json`,
      `${folder}/latin.yaml: it is binary, not UTF-8 text; give manifests in YAML or JSON`,
      `${folder}/nul.yaml: it is binary, not UTF-8 text; give manifests in YAML or JSON`,
    ])
  })

  it('does not read a file that is too large', async () => {
    const folder = await temporaryFolder()
    const large = join(folder, 'large.yaml')
    await writeFile(large, '')
    await truncate(large, LIMITS.bytes + 1)
    expect(await read(large)).toEqual([
      expect.stringContaining('it has more than 67108864 bytes, and input may have no more'),
    ])
  })
})
