import { describe, expect, it } from 'vitest'

import { imageCommandLine, type ImageOptions } from './image-options'

const given = async (...args: ReadonlyArray<string>): Promise<ImageOptions | undefined> => {
  let options: ImageOptions | undefined
  const command = imageCommandLine(async (all) => void (options = all))
  command.exitOverride().configureOutput({ writeErr: () => undefined })
  await command.parseAsync([...args], { from: 'user' })
  return options
}

describe('the command line of the image', () => {
  it('makes both platforms, from sources, where nothing is said', async () => {
    expect(await given()).toEqual({
      platform: ['linux/amd64', 'linux/arm64'],
      file: 'packages/operator/dist/image-registry-operator.oci.tar',
      cache: 'node_modules/.cache/image',
      build: true,
      output: 'text',
    })
  })

  it('takes one platform, several names, and another place', async () => {
    const all = ['--platform', 'linux/arm64', '--tag', 'a.b/c:1', 'a.b/c:2', '--file', 'x.tar']
    expect(await given(...all, '--no-build', '-o', 'json')).toMatchObject({
      platform: ['linux/arm64'],
      tag: ['a.b/c:1', 'a.b/c:2'],
      file: 'x.tar',
      build: false,
      output: 'json',
    })
  })

  it.each([
    [['--platform', 'linux/s390x'], /linux\/amd64, linux\/arm64/],
    [['-o', 'yaml'], /text, json/],
    [['extra'], /too many arguments/],
  ])('refuses %j', async (args, message) => {
    await expect(given(...args)).rejects.toThrow(message)
  })
})
