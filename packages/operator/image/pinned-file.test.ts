import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { inputProblem } from '../src/cli/input/input-problem'
import { type FetchFile, pinnedFile } from './pinned-file'

const pinned = {
  name: 'node.tgz',
  integrity: `sha512-${createHash('sha512').update('right').digest('base64')}`,
}
const NO_NETWORK = inputProblem('npm', 'no network', '')

const bringing =
  (content: string): FetchFile =>
  (folder) =>
    TE.fromTask(() => writeFile(join(folder, pinned.name), content))
const failing: FetchFile = () => TE.left(NO_NETWORK)

let cache: string
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'pinned-'))
})
afterEach(() => rm(cache, { recursive: true, force: true }))

describe('a file from elsewhere', () => {
  it('is fetched once, and kept', async () => {
    const right = E.right(Buffer.from('right'))
    expect(await pinnedFile(cache, bringing('right'))(pinned)()).toEqual(right)
    expect(await pinnedFile(cache, failing)(pinned)()).toEqual(right)
    expect(await readdir(cache)).toEqual([pinned.name])
  })

  it('is neither used nor kept when it is not what was expected', async () => {
    expect(await pinnedFile(cache, bringing('wrong'))(pinned)()).toMatchObject({
      left: { where: 'node.tgz', remedy: expect.stringContaining('nothing of it has been used') },
    })
    expect(await readdir(cache)).toEqual([])
  })

  it('is fetched anew when somebody has changed what was kept', async () => {
    await writeFile(join(cache, pinned.name), 'wrong')
    expect(await pinnedFile(cache, failing)(pinned)()).toEqual(E.left(NO_NETWORK))
    expect(await pinnedFile(cache, bringing('right'))(pinned)()).toMatchObject({ _tag: 'Right' })
    expect(await readFile(join(cache, pinned.name), 'utf8')).toBe('right')
  })

  it('leaves no traces when it cannot be fetched', async () => {
    expect(await pinnedFile(cache, failing)(pinned)()).toEqual(E.left(NO_NETWORK))
    expect(await readdir(cache)).toEqual([])
  })
})
