import { mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { treeOf } from '@image-registry-operator/oci-image'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { operatorFiles } from './operator-files'
import { writeTree } from './write-tree'

const DIST = 'packages/operator/dist'
const FILES = {
  LICENSE: 'licence',
  [`${DIST}/image-registry-operator.js`]: '#!/usr/bin/env node\nprogram\n#!/not/this\n',
  [`${DIST}/image-registry-operator.js.LEGAL.txt`]: 'licences',
  [`${DIST}/image-registry-operator.js.cdx.json`]: 'bill of materials',
  [`${DIST}/image-registry-operator-clouds/cloud.mjs`]: 'cloud',
  [`${DIST}/image-registry-operator-clouds/cloud.mjs.123`]: 'unfinished',
}

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'operator-files-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const layOut = async (): Promise<void> => {
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
}

const written = (folder: string) =>
  pipe(
    operatorFiles(root),
    TE.flatMapEither(treeOf),
    TE.flatMap((tree) => writeTree(folder)(tree)),
  )()

describe('the operator in the image', () => {
  it('is started by the names that Deployments and DaemonSets have for it, with the Node of the image', async () => {
    await layOut()
    const image = join(root, 'image')
    expect(await written(image)).toMatchObject({ _tag: 'Right' })
    const program = join(image, 'usr/lib/image-registry-operator/image-registry-operator.js')
    for (const name of ['cluster-image-registry-operator', 'image-registry-operator']) {
      const command = join(image, 'usr/bin', name)
      expect(join(dirname(command), await readlink(command))).toBe(program)
    }
    expect(await readFile(program, 'utf8')).toBe(
      '#!/usr/bin/node --lite-mode\nprogram\n#!/not/this\n',
    )
    expect((await stat(program)).mode & 0o777).toBe(0o755)
  })

  it('has beside it what it loads, the licences, and the bill of materials', async () => {
    await layOut()
    const entries = await operatorFiles(root)()
    expect(entries).toMatchObject({ _tag: 'Right' })
    const paths = 'right' in entries ? entries.right.map(({ path }) => path).sort() : []
    expect(paths).toEqual([
      'usr/bin/cluster-image-registry-operator',
      'usr/bin/image-registry-operator',
      'usr/lib/image-registry-operator/image-registry-operator-clouds/cloud.mjs',
      'usr/lib/image-registry-operator/image-registry-operator.js',
      'usr/lib/image-registry-operator/image-registry-operator.js.LEGAL.txt',
      'usr/lib/image-registry-operator/image-registry-operator.js.cdx.json',
      'usr/share/doc/image-registry-operator/LICENSE',
    ])
  })

  it('is missed where there is no bundle', async () => {
    expect(await written(join(root, 'image'))).toMatchObject({ left: { where: DIST } })
  })

  it('is written over nothing that is there', async () => {
    await layOut()
    const image = join(root, 'image')
    await mkdir(join(image, 'usr/lib/image-registry-operator'), { recursive: true })
    const there = join(image, 'usr/lib/image-registry-operator/image-registry-operator.js')
    await writeFile(there, 'there')
    expect(await written(image)).toMatchObject({ left: { where: there } })
    expect(await readFile(there, 'utf8')).toBe('there')
  })
})
