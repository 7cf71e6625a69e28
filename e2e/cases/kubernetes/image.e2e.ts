import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type CommandResult, runProgram } from '../../harness/bundle'
import { type MadeImage, makeImage, operatorVersion } from '../../images/made-image'
import { putImage, type UnpackedImage, unpackedImage } from '../../images/unpacked-image'

const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'
const libraries = architecture === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'
const loader = architecture === 'arm64' ? 'ld-linux-aarch64.so.1' : 'ld-linux-x86-64.so.2'
const examples = join(import.meta.dirname, '../../../examples')

let folder: string
let made: MadeImage
let image: UnpackedImage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'image-'))
  made = await makeImage('--file', join(folder, 'image.tar'))
  image = await unpackedImage(made.file, architecture)
  await putImage(image, join(folder, 'root'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** What the image sets. */
const variable = (name: string): string =>
  (image.config['Env'] as ReadonlyArray<string>)
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ''

/** Starts a program of the image with its own loader and libraries, which needs no root. */
const started = (...args: ReadonlyArray<string>): Promise<CommandResult> => {
  const at = (path: string): string => join(folder, 'root', path)
  const paths = [at(`lib/${libraries}`), at(`usr/lib/${libraries}`)].join(':')
  return runProgram([at(`lib/${libraries}/${loader}`), '--library-path', paths, ...args], {
    env: { NODE_OPTIONS: variable('NODE_OPTIONS') },
  })
}

const operator = (...args: ReadonlyArray<string>): Promise<CommandResult> => {
  const programs = join(folder, 'root/usr/bin')
  return started(join(programs, 'node'), join(programs, 'cluster-image-registry-operator'), ...args)
}

describe("the operator's image", () => {
  it('is less than 60 MB to fetch, on every platform', () => {
    expect(made.platforms.map(({ platform }) => platform)).toEqual(['linux/amd64', 'linux/arm64'])
    for (const { size } of made.platforms) expect(size).toBeLessThan(60_000_000)
  })

  it('is the same, byte by byte, when it is made again', async () => {
    const [again] = (
      await makeImage('--file', join(folder, 'again.tar'), '--platform', 'linux/amd64')
    ).platforms
    expect(again).toEqual(made.platforms[0])
  })

  it('runs as nobody, and has no other programs than Node and itself', () => {
    expect(image.config).toMatchObject({
      User: '65532:65532',
      Entrypoint: ['/usr/bin/cluster-image-registry-operator'],
    })
    const programs = image.entries
      .map(({ path }) => path)
      .filter((path) => /^(usr\/)?s?bin\//.test(path))
    expect(programs.sort()).toEqual([
      'usr/bin/cluster-image-registry-operator',
      'usr/bin/image-registry-operator',
      'usr/bin/node',
    ])
  })

  it('has all libraries of its own', async () => {
    const { code, stdout } = await started('--list', join(folder, 'root/usr/bin/node'))
    expect(code).toBe(0)
    const paths = [...stdout.matchAll(/ => (\S+)/g)].map(([, path]) => path)
    expect(paths.length).toBeGreaterThan(5)
    expect(paths.filter((path) => !path?.startsWith(join(folder, 'root')))).toEqual([])
  })

  it('starts, and renders', async () => {
    expect(await operator('--version')).toEqual({
      code: 0,
      stdout: `${await operatorVersion()}\n`,
      stderr: '',
    })
    const rendered = await operator('render', '-f', join(examples, 'snapshot.yaml'))
    expect(rendered).toMatchObject({ code: 0 })
    expect(rendered.stdout).toContain('kind: Deployment')
  })
})
