import { describe, expect, it } from 'vitest'

import type { ImageOptions } from './image-options'
import { makeFolder, makeImage } from './make-image'

const OPTIONS: ImageOptions = {
  platform: ['linux/amd64', 'linux/arm64'],
  file: 'image.tar',
  cache: 'cache',
  build: true,
  output: 'text',
}

const told: Array<string> = []
const deps = { root: '/nowhere', tell: (line: string) => void told.push(line) }

describe('the image', () => {
  it('is not begun under a name that cannot be used', async () => {
    expect(await makeImage(deps)({ ...OPTIONS, tag: ['localhost/ok:1', 'image'] })()).toMatchObject(
      { left: { where: '--tag', message: expect.stringContaining('"image"') } },
    )
    expect(told).toEqual([])
  })

  it('is not begun in a folder for two platforms', async () => {
    expect(await makeFolder(deps)(OPTIONS, 'folder')()).toMatchObject({
      left: { where: '--folder', remedy: 'give --platform once' },
    })
    expect(told).toEqual([])
  })

  it('is not made of a bundle that could not be built', async () => {
    expect(await makeImage(deps)(OPTIONS)()).toMatchObject({ left: { where: process.execPath } })
    expect(told).toEqual(['bundling the operator'])
  })
})
