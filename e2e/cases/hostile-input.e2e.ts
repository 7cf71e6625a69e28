import { execFileSync, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { bundlePath } from '../harness/bundle'

/** What a command may take of memory, whatever it is given to read. */
const MAX_MEMORY_KIB = 1024 * 1024

/** Writes the most memory that the process has held to its file descriptor 3 when it ends. */
const tellMemory = `data:text/javascript,import{readFileSync,writeSync}from'node:fs';process.on('exit',()=>writeSync(3,/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1]))`

type Ran = Readonly<{ code: number | null; out: string; err: string; memoryKib: number }>

type Source = Readonly<{ args: ReadonlyArray<string>; stdin?: string }>

const ran = async ({ args, stdin = '/dev/null' }: Source): Promise<Ran> => {
  const input = await open(stdin)
  const child = spawn(process.execPath, ['--import', tellMemory, bundlePath, ...args], {
    stdio: [input.fd, 'pipe', 'pipe', 'pipe'],
  })
  const texts = ['', '', '', '']
  for (const index of [1, 2, 3])
    child.stdio[index]?.on('data', (chunk: Buffer) => (texts[index] += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  await input.close()
  return { code, out: texts[1] ?? '', err: texts[2] ?? '', memoryKib: Number(texts[3]) }
}

let folder = ''

const path = (name: string): string => join(folder, name)

const object = (name: string): string =>
  `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"${name}"}}`

const written: Readonly<Record<string, () => string | Uint8Array>> = {
  'items.yaml': () =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nx: [${'1,'.repeat(1_500_000)}]`,
  'keys.yaml': () =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${Array.from({ length: 100_000 }, (_, i) => ` k${i}: 1\n`).join('')}`,
  'objects.json': () => `[${Array.from({ length: 120_000 }, (_, i) => object(`a${i}`)).join()}]`,
  'values.json': () => `[${'{},'.repeat(6_000_000)}{}]`,
  'deep.json': () => '[{"a":'.repeat(100_000),
  'utf16.yaml': () => Buffer.from(`\uFEFF${object('a')}`, 'utf16le'),
  'text.json': () =>
    `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":"${'x'.repeat(60_000_000)}"}}`,
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-input-'))
  for (const [name, content] of Object.entries(written)) await writeFile(path(name), content())
  await writeFile(path('huge.yaml'), '')
  await truncate(path('huge.yaml'), 100 * 1024 * 1024)
  await mkdir(path('links'))
  await symlink('nowhere', path('links/a.yaml'))
  await symlink('.', path('links/circle'))
  execFileSync('mkfifo', [path('pipe')])
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const NO_CONFIG = /^there is no Config "cluster"/

describe('what is given to a command', () => {
  it.each([
    ['a file of 100 MB', 'huge.yaml', /huge\.yaml: it has more than 67108864 bytes/],
    ['a device without an end', '/dev/zero', /^\/dev\/zero: it has more than 67108864 bytes/],
    [
      'a list of millions in YAML',
      'items.yaml',
      /items\.yaml:1: it is more than is read of YAML .* at line 4, column \d+/,
    ],
    ['an object with 100,000 fields', 'keys.yaml', NO_CONFIG],
    ['120,000 objects in JSON', 'objects.json', NO_CONFIG],
    [
      'millions of values in JSON',
      'values.json',
      /values\.json:1: it has more than 2000000 values at line 1/,
    ],
    ['one text of 60 MB', 'text.json', NO_CONFIG],
    [
      '100,000 brackets',
      'deep.json',
      /deep\.json:1: it is nested more than 200 deep at line 1, column \d+/,
    ],
    ['UTF-16', 'utf16.yaml', /utf16\.yaml: it is UTF-16, not UTF-8 text; save it as UTF-8/],
    ['a folder with dangling and circular links', 'links', /links\/a\.yaml: there is no such file/],
  ])('is refused or read in bounded memory: %s', async (_, name, says) => {
    const { code, out, err, memoryKib } = await ran({
      args: ['plan', '-f', name.startsWith('/') ? name : path(name)],
    })
    expect([code, out, err]).toEqual([1, '', expect.stringMatching(says)])
    expect(memoryKib).toBeGreaterThan(10_000)
    expect(memoryKib).toBeLessThan(MAX_MEMORY_KIB)
  })

  it('is not read to the end where standard input has none', async () => {
    const { code, out, err, memoryKib } = await ran({
      args: ['status', '-f', '-'],
      stdin: '/dev/zero',
    })
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(/^stdin: it has more than 67108864 bytes/),
    ])
    expect(memoryKib).toBeLessThan(MAX_MEMORY_KIB)
  })

  it('is read of a pipe, once somebody writes to it', async () => {
    const reading = ran({ args: ['plan', '-f', path('pipe')] })
    await new Promise((resolve) =>
      createWriteStream(path('pipe')).end('# nothing\n', () => resolve(undefined)),
    )
    expect(await reading).toMatchObject({ code: 1, err: expect.stringMatching(NO_CONFIG) })
  })

  it('is no kubeconfig only because somebody says so', async () => {
    const { code, err, memoryKib } = await ran({ args: ['observe', '--kubeconfig', '/dev/zero'] })
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^the kubeconfig cannot be read \(it has more than 4194304 bytes\)/),
    ])
    expect(memoryKib).toBeLessThan(MAX_MEMORY_KIB)
  })
})

describe('a command that fails as nobody expected', () => {
  it('says where it failed, and nothing of what it had in hand', async () => {
    const secret = 'canary-of-a-secret'
    const error = `Object.assign(new Error('refused "${secret}"', { cause: '${secret}' }), { config: { token: '${secret}' } })`
    for (const deed of [`throw ${error}`, `void Promise.reject(${error})`]) {
      const hook = path('failing.mjs')
      await writeFile(hook, `setTimeout(() => { ${deed} }, 300)`)
      const child = spawn(process.execPath, ['--import', hook, bundlePath, 'plan', '-f', '-'], {
        stdio: ['pipe', 'pipe', 'pipe'],
      })
      let told = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (told += chunk.toString()))
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
      expect([code, told]).toEqual([
        1,
        expect.stringMatching(/^unexpected failure, this is a defect: Error: refused …\n {4}at /),
      ])
      expect(told).not.toContain(secret)
    }
  })
})

describe('the measure', () => {
  it('notices a process that takes more memory than is allowed', async () => {
    const script = path('greedy.mjs')
    await writeFile(
      script,
      `const all = Buffer.alloc(${MAX_MEMORY_KIB} * 1024, 1); console.log(all[0])`,
    )
    const child = spawn(process.execPath, ['--import', tellMemory, script], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    let text = ''
    child.stdio[3]?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    await new Promise((resolve) => child.once('close', resolve))
    expect(Number(text)).toBeGreaterThan(MAX_MEMORY_KIB)
  })
})
