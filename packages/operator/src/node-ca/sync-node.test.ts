import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type NodeFiles, systemNodeFiles } from '../node-folders/node-files'
import { crashingAfter } from '../testing/crashing-files'
import { temporaryFolder } from '../testing/temporary-folder'
import { syncNode, type SyncReport } from './sync-node'

type Content = { readonly [file: string]: string }

const REG = 'reg.example..5000'
const CRT = 'reg.example:5000/ca.crt'
const INDEX = '.image-registry-operator.json'

/** A node with sources of a minute ago, and this at the destination, which is older. */
const aNode = async (sources: Content, destination: Content = {}) => {
  const root = await temporaryFolder()
  const at = { source: join(root, 'source'), destination: join(root, 'certs.d') }
  await mkdir(at.source)
  const put = async (folder: string, content: Content, seconds = 60): Promise<void> => {
    for (const [name, text] of Object.entries(content)) {
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
      await age(path, seconds)
    }
  }
  await put(at.source, sources)
  await put(at.destination, destination, 120)
  return { ...at, at, put }
}

const age = async (path: string, seconds: number): Promise<void> => {
  const then = Date.now() / 1_000 - seconds
  await utimes(path, then, then)
}

/** Everything below a folder, folders with a slash at the end; without our index. */
const world = async (folder: string): Promise<Content> => {
  const names = await readdir(folder, { recursive: true })
  const pairs = names
    .filter((name) => name !== INDEX)
    .map(async (name) => {
      const isFolder = (await stat(join(folder, name))).isDirectory()
      return isFolder ? [`${name}/`, ''] : [name, await readFile(join(folder, name), 'utf8')]
    })
  return Object.fromEntries(await Promise.all(pairs)) as Content
}

type Folders = { readonly source: string; readonly destination: string }

const synced = async (at: Folders, files: NodeFiles = systemNodeFiles): Promise<SyncReport> => {
  const report = await syncNode(files)(at)()
  if (E.isLeft(report)) throw new Error(report.left.text)
  return report.right
}

const counts = ({ copied, skipped, trimmed, problems }: SyncReport) => [
  copied,
  skipped,
  trimmed,
  problems.length,
]

describe('the certificates of a node', () => {
  it('D16: are copied into folders that are named after the registries', async () => {
    const { at, destination } = await aNode({ [REG]: 'A', 'quay.io': 'B' })
    expect(counts(await synced(at))).toEqual([2, 0, 0, 0])
    expect(await world(destination)).toEqual({
      'reg.example:5000/': '',
      [CRT]: 'A',
      'quay.io/': '',
      'quay.io/ca.crt': 'B',
    })
    expect((await stat(destination)).mode & 0o777).toBe(0o755)
    expect((await stat(join(destination, 'quay.io'))).mode & 0o777).toBe(0o755)
  })

  it('are not written again', async () => {
    const { at, destination } = await aNode({ [REG]: 'A' })
    await synced(at)
    const before = await Promise.all([CRT, INDEX, '.'].map((name) => stat(join(destination, name))))
    expect(counts(await synced(at))).toEqual([0, 1, 0, 0])
    const after = await Promise.all([CRT, INDEX, '.'].map((name) => stat(join(destination, name))))
    expect(after.map(({ ino, mtimeMs }) => [ino, mtimeMs])).toEqual(
      before.map(({ ino, mtimeMs }) => [ino, mtimeMs]),
    )
  })

  it('D16: are replaced by newer ones, with the permissions of these', async () => {
    const { at, source, destination } = await aNode({ [REG]: 'A' }, { [CRT]: 'old' })
    await chmod(join(source, REG), 0o640)
    expect(counts(await synced(at))).toEqual([1, 0, 0, 0])
    expect(await world(destination)).toEqual({ 'reg.example:5000/': '', [CRT]: 'A' })
    expect((await stat(join(destination, CRT))).mode & 0o777).toBe(0o640)
  })

  it('stay when somebody has put newer ones there', async () => {
    const { at, destination } = await aNode({ [REG]: 'A' }, { [CRT]: 'theirs' })
    await age(join(destination, CRT), 30)
    expect(counts(await synced(at))).toEqual([0, 1, 0, 0])
    expect(await world(destination)).toEqual({ 'reg.example:5000/': '', [CRT]: 'theirs' })
  })

  it('D16: come from what the kubelet makes of a ConfigMap, but for the authorities of the storage', async () => {
    const { at, source, destination } = await aNode({
      '..2026/reg.example..5000': 'A',
      '..2026/storage-ca-bundle.pem': 'S',
      'folder/file': 'F',
    })
    await symlink('..2026', join(source, '..data'))
    for (const name of [REG, 'storage-ca-bundle.pem'])
      await symlink(`..data/${name}`, join(source, name))
    expect(counts(await synced(at))).toEqual([1, 0, 0, 0])
    expect(await world(destination)).toEqual({ 'reg.example:5000/': '', [CRT]: 'A' })
  })

  it('are copied although one of them cannot be', async () => {
    const { at, source, destination } = await aNode(
      { [REG]: 'A', blocked: 'B' },
      { blocked: 'a file' },
    )
    await symlink('nowhere', join(source, 'dangling'))
    const report = await synced(at)
    expect(counts(report)).toEqual([1, 0, 0, 2])
    expect(report.problems.map(({ path }) => path).join()).toMatch(/dangling.*blocked/)
    expect((await world(destination))[CRT]).toBe('A')
  })

  it('D16: leave nothing half-written behind where they cannot be put', async () => {
    const { at, destination } = await aNode({ [REG]: 'A' })
    await mkdir(join(destination, CRT), { recursive: true })
    expect(counts(await synced(at))).toEqual([0, 0, 0, 1])
    const refusing: NodeFiles = {
      ...systemNodeFiles,
      rename: (from, to) =>
        to.endsWith('ca.crt') ? Promise.reject(new Error('no')) : systemNodeFiles.rename(from, to),
    }
    await rm(join(destination, CRT), { recursive: true })
    expect(counts(await synced(at, refusing))).toEqual([0, 0, 0, 1])
    expect(await world(destination)).toEqual({ 'reg.example:5000/': '' })
  })

  it('D16: cannot be kept without a source, or where the destination is a file', async () => {
    const { at, source, destination } = await aNode({}, {})
    await writeFile(destination, '')
    expect(await syncNode(systemNodeFiles)(at)()).toEqual(
      E.left({ path: destination, text: 'is not a directory' }),
    )
    await rm(source, { recursive: true })
    expect(await syncNode(systemNodeFiles)(at)()).toMatchObject({
      left: { path: source, text: expect.stringContaining('ENOENT') as string },
    })
  })
})

describe('what is on a node without being wanted', () => {
  it('D16: goes when we have made it', async () => {
    const { at, source, destination } = await aNode({ [REG]: 'A', 'quay.io': 'B' })
    await synced(at)
    await rm(join(source, REG))
    expect(counts(await synced(at))).toEqual([0, 1, 1, 0])
    expect(await world(destination)).toEqual({ 'quay.io/': '', 'quay.io/ca.crt': 'B' })
  })

  it('stays when somebody else has', async () => {
    const theirs = { 'mine.example/ca.crt': 'M', 'mine.example/client.cert': 'C', note: 'N' }
    const { at, destination } = await aNode({}, theirs)
    await mkdir(join(destination, 'empty'))
    const before = await world(destination)
    expect(counts(await synced(at))).toEqual([0, 0, 0, 0])
    expect(await world(destination)).toEqual(before)
  })

  it('loses our certificate, and keeps what somebody has put beside it', async () => {
    const { at, source, destination, put } = await aNode({ [REG]: 'A' })
    await synced(at)
    await put(destination, { 'reg.example:5000/client.cert': 'C' })
    await rm(join(source, REG))
    expect(counts(await synced(at))).toEqual([0, 0, 1, 0])
    expect(await world(destination)).toEqual({
      'reg.example:5000/': '',
      'reg.example:5000/client.cert': 'C',
    })
  })

  it('keeps a certificate that somebody has put in place of ours', async () => {
    const { at, source, destination, put } = await aNode({ [REG]: 'A' })
    await synced(at)
    await put(destination, { [CRT]: 'theirs' })
    await rm(join(source, REG))
    expect(counts(await synced(at))).toEqual([0, 0, 0, 0])
    expect(await world(destination)).toEqual({ 'reg.example:5000/': '', [CRT]: 'theirs' })
  })

  it('loses what the original put there, in a folder that stays', async () => {
    const { at, source, destination } = await aNode({ [REG]: 'A' }, { [CRT]: 'A' })
    await age(join(destination, CRT), 30)
    expect(counts(await synced(at))).toEqual([0, 1, 0, 0])
    await rm(join(source, REG))
    expect(counts(await synced(at))).toEqual([0, 0, 1, 0])
    expect(await world(destination)).toEqual({ 'reg.example:5000/': '' })
  })

  it('counts as somebody else’s when the index cannot be ours, which is told once', async () => {
    const { at, source, destination } = await aNode({ [REG]: 'A', 'quay.io': 'B' })
    await synced(at)
    await writeFile(join(destination, INDEX), 'spilled')
    await rm(join(source, REG))
    expect(counts(await synced(at))).toEqual([0, 1, 0, 1])
    expect((await world(destination))[CRT]).toBe('A')
    expect(counts(await synced(at))).toEqual([0, 1, 0, 0])
  })
})

type Node = Awaited<ReturnType<typeof aNode>>

/** Makes a node for every point at which a sync can be cut off, cuts it off there, and lets something happen. */
const atEveryCrash = async (
  prepare: () => Promise<Node>,
  check: (node: Node, crashes: number) => Promise<void>,
  crashes = 0,
): Promise<number> => {
  const node = await prepare()
  const files = crashingAfter(crashes)
  await syncNode(files)(node.at)()
  if (!files.hasCrashed()) return crashes
  await check(node, crashes)
  return atEveryCrash(prepare, check, crashes + 1)
}

describe('a crash at any point', () => {
  const making = () => aNode({ [REG]: 'A', 'quay.io': 'B' }, { 'quay.io/ca.crt': 'old' })
  const changing = async () => {
    const node = await aNode({ [REG]: 'A', 'quay.io': 'B' }, { 'quay.io/note': 'N' })
    await synced(node.at)
    await rm(join(node.source, 'quay.io'))
    await node.put(node.source, { 'new.example': 'C' })
    await writeFile(join(node.source, REG), 'A2')
    await age(join(node.destination, CRT), 60)
    return node
  }
  const removing = async () => {
    const node = await aNode({ [REG]: 'A' })
    await synced(node.at)
    await rm(join(node.source, REG))
    return node
  }

  it.each([
    ['making', making, 9],
    ['changing', changing, 10],
    ['removing', removing, 5],
  ] as const)('is made up for the next time: %s', async (_name, prepare, points) => {
    const usual = await prepare()
    await synced(usual.at)
    const expected = await world(usual.destination)
    const crashes = await atEveryCrash(prepare, async ({ at, destination }) => {
      expect((await synced(at)).problems).toEqual([])
      expect(await world(destination)).toEqual(expected)
    })
    expect(crashes).toBeGreaterThanOrEqual(points)
  })

  it.each([
    ['making', making],
    ['changing', changing],
    ['removing', removing],
  ] as const)('leaves nothing of ours on the node in the end: %s', async (_name, prepare) => {
    await atEveryCrash(prepare, async ({ at, source, destination }) => {
      for (const name of await readdir(source)) await rm(join(source, name))
      expect((await synced(at)).problems).toEqual([])
      const left = Object.entries(await world(destination))
      // Folders and files that were there before us.
      expect(left.filter(([name]) => !name.startsWith('quay.io/'))).toEqual([])
      expect(
        left.map(([, text]) => text).filter((text) => !['', 'old', 'N'].includes(text)),
      ).toEqual([])
    })
  })

  it.each([
    ['an empty folder', {}],
    ['a folder with things in it', { 'client.cert': 'C', 'ca.crt': 'theirs' }],
  ])(
    'does not make ours of what somebody makes before the next time: %s',
    async (_name, things) => {
      for (const prepare of [making, removing])
        await atEveryCrash(prepare, async ({ at, source, destination, put }) => {
          const folder = join(destination, 'reg.example:5000')
          const wasThere = (await systemNodeFiles.kind(folder)) === 'folder'
          if (wasThere) return
          await mkdir(folder, { recursive: true })
          await put(folder, things)
          await synced(at)
          for (const name of await readdir(source)) await rm(join(source, name))
          await synced(at)
          // It is there still, whatever is in it.
          const after = await world(folder)
          expect(after['client.cert']).toBe('client.cert' in things ? 'C' : undefined)
        })
    },
  )
})
