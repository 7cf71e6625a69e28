import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type NodeFiles, systemNodeFiles } from '../node-folders/node-files'
import { crashingAfter } from '../testing/crashing-files'
import { temporaryFolder } from '../testing/temporary-folder'
import type { PublishedRegistry, RegistryHost } from './published-registry'
import { syncTrust, type TrustReport } from './sync-trust'
import { trustedFolders } from './trusted-folders'

type Content = Readonly<Record<string, string>>

const INDEX = '.image-registry-operator.json'

const registry = (hosts: Content, authorities = 'CA'): PublishedRegistry => ({
  hosts: Object.entries(hosts).map(([host, url]): RegistryHost => ({ host, url })),
  authorities,
  problems: [],
})

const AT_SERVICE = { 'reg.svc:5000': 'https://10.0.0.7:5000' }
const BOTH = { ...AT_SERVICE, 'reg.example': 'https://reg.example' }

/** A node with this in its certs.d. */
const aNode = async (content: Content = {}) => {
  const destination = join(await temporaryFolder(), 'certs.d')
  const put = async (files: Content): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(destination, name)), { recursive: true })
      await writeFile(join(destination, name), text)
    }
  }
  await put(content)
  return { destination, put }
}

/** Every file below a folder; without our index. */
const world = async (folder: string): Promise<Content> => {
  const names = await readdir(folder, { recursive: true })
  const pairs = names
    .filter((name) => name !== INDEX)
    .map(async (name) =>
      (await stat(join(folder, name))).isDirectory()
        ? [`${name}/`, '']
        : [name, await readFile(join(folder, name), 'utf8')],
    )
  return Object.fromEntries(await Promise.all(pairs)) as Content
}

const hostsFile = (url: string): string =>
  [
    '# Written by image-registry-operator node-trust; it goes with the registry.',
    `server = "${url}"`,
    'capabilities = ["pull", "resolve"]',
    'ca = "ca.crt"',
    '',
    `[host."${url}"]`,
    '  capabilities = ["pull", "resolve"]',
    '  ca = "ca.crt"',
    '',
  ].join('\n')

const told = (hosts: Content, authorities = 'CA'): Content =>
  Object.fromEntries(
    Object.entries(hosts).flatMap(([host, url]) => [
      [`${host}/`, ''],
      [`${host}/ca.crt`, authorities],
      [`${host}/hosts.toml`, hostsFile(url)],
    ]),
  )

const synced = async (
  destination: string,
  hosts: Content,
  { authorities = 'CA', files = systemNodeFiles }: { authorities?: string; files?: NodeFiles } = {},
): Promise<TrustReport> => {
  const wanted = trustedFolders(registry(hosts, authorities))
  const report = await syncTrust(files, destination)(wanted)()
  if (E.isLeft(report)) throw new Error(report.left.text)
  return report.right
}

const counts = ({ written, upToDate, removed, problems }: TrustReport) => [
  written,
  upToDate,
  removed,
  problems.length,
]

describe('what a node knows of the registry', () => {
  it('is a folder for each of its names', async () => {
    const { destination } = await aNode()
    expect(counts(await synced(destination, BOTH))).toEqual([2, 0, 0, 0])
    expect(await world(destination)).toEqual(told(BOTH))
  })

  it('is said without brackets in the name of a table, which containerd 1 cannot read', async () => {
    const { destination } = await aNode()
    await synced(destination, { 'reg.svc:5000': 'https://[fd00::7]:5000' })
    const text = await readFile(join(destination, 'reg.svc:5000/hosts.toml'), 'utf8')
    expect(text).toContain('server = "https://[fd00::7]:5000"\n')
    expect(text).toMatch(/\n\[host\]\n$/)
  })

  it('is not written again', async () => {
    const { destination } = await aNode()
    await synced(destination, BOTH)
    const paths = ['reg.example', 'reg.example/hosts.toml', 'reg.example/ca.crt', INDEX, '.']
    const seen = () => Promise.all(paths.map((path) => stat(join(destination, path))))
    const before = await seen()
    expect(counts(await synced(destination, BOTH))).toEqual([0, 2, 0, 0])
    expect((await seen()).map(({ ino, mtimeMs }) => [ino, mtimeMs])).toEqual(
      before.map(({ ino, mtimeMs }) => [ino, mtimeMs]),
    )
  })

  it('follows another authority and another address, in folders that are never gone', async () => {
    const { destination } = await aNode()
    await synced(destination, AT_SERVICE)
    const { ino } = await stat(join(destination, 'reg.svc:5000'))
    const moved = { 'reg.svc:5000': 'https://10.0.0.8:5000' }
    expect(counts(await synced(destination, moved, { authorities: 'CA2' }))).toEqual([1, 0, 0, 0])
    expect(await world(destination)).toEqual(told(moved, 'CA2'))
    expect((await stat(join(destination, 'reg.svc:5000'))).ino).toBe(ino)
  })

  it('goes by name, and without a trace when there is no registry any more', async () => {
    const { destination } = await aNode()
    await synced(destination, BOTH)
    expect(counts(await synced(destination, AT_SERVICE))).toEqual([0, 1, 1, 0])
    expect(await world(destination)).toEqual(told(AT_SERVICE))
    expect(counts(await synced(destination, {}))).toEqual([0, 0, 1, 0])
    expect(await readdir(destination)).toEqual([])
  })

  it('is put back where somebody has lost it', async () => {
    const { destination } = await aNode()
    await synced(destination, BOTH)
    await rm(join(destination, 'reg.example'), { recursive: true })
    await rm(join(destination, 'reg.svc:5000/ca.crt'))
    expect(counts(await synced(destination, BOTH))).toEqual([2, 0, 0, 0])
    expect(await world(destination)).toEqual(told(BOTH))
  })
})

describe('what somebody else has told a node', () => {
  const THEIRS = {
    'docker.io/hosts.toml': 'server = "https://mirror.example"',
    'reg.example/hosts.toml': 'server = "https://proxy.example"',
    note: 'N',
  }

  it('stays, and is named where it is in the way', async () => {
    const { destination } = await aNode(THEIRS)
    const before = await world(destination)
    const report = await synced(destination, BOTH)
    expect(counts(report)).toEqual([1, 0, 0, 1])
    expect(report.problems[0]?.path).toBe(join(destination, 'reg.example/hosts.toml'))
    expect(await world(destination)).toEqual({ ...before, ...told(AT_SERVICE) })
    await synced(destination, {})
    expect(await world(destination)).toEqual(before)
  })

  it('stays beside ours in one folder', async () => {
    const { destination, put } = await aNode()
    await synced(destination, AT_SERVICE)
    await put({ 'reg.svc:5000/client.cert': 'C' })
    expect(counts(await synced(destination, AT_SERVICE))).toEqual([0, 1, 0, 0])
    await synced(destination, {})
    expect(await world(destination)).toEqual({
      'reg.svc:5000/': '',
      'reg.svc:5000/client.cert': 'C',
    })
  })

  it('stays in place of ours', async () => {
    const { destination, put } = await aNode()
    await synced(destination, AT_SERVICE)
    await put({ 'reg.svc:5000/hosts.toml': 'theirs' })
    expect(counts(await synced(destination, AT_SERVICE))).toEqual([0, 0, 0, 1])
    await synced(destination, {})
    expect(await world(destination)).toEqual({
      'reg.svc:5000/': '',
      'reg.svc:5000/hosts.toml': 'theirs',
    })
  })
})

describe('a crash at any point', () => {
  const making = async () => aNode({ 'reg.example/note': 'N' })
  const changing = async () => {
    const node = await aNode({ 'reg.example/note': 'N' })
    await synced(
      node.destination,
      { ...BOTH, 'old.example': 'https://old.example' },
      { authorities: 'CA0' },
    )
    return node
  }

  it.each([
    ['making', making, BOTH, 12],
    ['changing', changing, BOTH, 14],
    ['removing', changing, {}, 12],
  ] as const)('is made up for the next time: %s', async (_name, prepare, hosts, points) => {
    let crashes = 0
    for (; ; crashes += 1) {
      const { destination } = await prepare()
      const files = crashingAfter(crashes)
      await syncTrust(files, destination)(trustedFolders(registry(hosts)))()
      if (!files.hasCrashed()) break
      expect((await synced(destination, hosts)).problems).toEqual([])
      const rest = { 'reg.example/': '', 'reg.example/note': 'N' }
      expect(await world(destination)).toEqual({ ...rest, ...told(hosts) })
      await synced(destination, {})
      expect(await world(destination)).toEqual(rest)
    }
    expect(crashes).toBeGreaterThanOrEqual(points)
  })
})
