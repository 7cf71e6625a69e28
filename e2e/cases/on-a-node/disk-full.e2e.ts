import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { killAtExit, removeAtExit } from '../../cluster/exit-cleanup'
import { bundlePath } from '../../harness/bundle'
import { eventually } from '../../harness/eventually'

const run = promisify(execFile)

const PAGE = 4096
const DISK_PAGES = 48
/** A bundle of authorities takes so many. */
const BUNDLE_PAGES = 5
/** How many pages are left when there is something to write: less than one file takes, which has the other one to wait. */
const FREE_PAGES = [0, 2, BUNDLE_PAGES - 1]
const REGISTRIES = ['one.example', 'two.example']

let folder: string
let disk: string
let source: string
let program: ChildProcess | undefined
const log: string[] = []

const destination = (): string => join(disk, 'certs.d')
const filler = (): string => join(disk, 'of-somebody-else')

const bundleOf = (registry: string, version: number): string =>
  `${registry} ${version}\n`.repeat(BUNDLE_PAGES * PAGE).slice(0, BUNDLE_PAGES * PAGE)

const publish = async (version: number): Promise<void> => {
  for (const registry of REGISTRIES)
    await writeFile(join(source, registry), bundleOf(registry, version))
}

/** What a container runtime finds; undefined where there is nothing. */
const found = (registry: string): Promise<string | undefined> =>
  readFile(join(destination(), registry, 'ca.crt'), 'utf8').catch(() => undefined)

const untilThere = (version: number): Promise<true> =>
  eventually(`version ${version} is there`, async () => {
    const all = await Promise.all(REGISTRIES.map(found))
    return all.every((text, index) => text === bundleOf(REGISTRIES[index] ?? '', version))
      ? true
      : undefined
  })

/** Somebody fills the disk but for so many pages. */
const fill = async (freePages: number): Promise<void> => {
  const file = await open(filler(), 'w')
  let pages = 0
  try {
    for (;;) {
      await file.write(Buffer.alloc(PAGE, 1))
      pages += 1
    }
  } catch {
    // Full.
  } finally {
    await file.close()
  }
  await truncate(filler(), Math.max(0, pages - freePages) * PAGE)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'disk-full-'))
  removeAtExit(folder)
  ;[disk, source] = [join(folder, 'disk'), join(folder, 'source')]
  await Promise.all([mkdir(disk), mkdir(source)])
  await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_PAGES * PAGE}`, 'tmpfs', disk])
  await publish(0)
  const where = ['--source', source, '--destination', destination()]
  program = spawn(process.execPath, [bundlePath, 'node-ca-sync', ...where, '--interval', '1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  killAtExit(program)
  if (program.stderr !== null)
    createInterface({ input: program.stderr }).on('line', (line) => log.push(line))
})

afterAll(async () => {
  const ended = new Promise((resolve) => program?.once('exit', resolve))
  program?.kill()
  await ended
  await run('umount', [disk])
  await rm(folder, { recursive: true, force: true })
})

it('tells of a full disk, leaves no half of a file on the node, and goes on when there is room', async () => {
  await untilThere(0)
  for (const [index, freePages] of FREE_PAGES.entries()) {
    const version = index + 1
    const told = log.length
    await fill(freePages)
    await publish(version)
    await eventually('it has told', async () =>
      log.slice(told).some((line) => line.includes('ENOSPC')) ? true : undefined,
    )
    for (const registry of REGISTRIES)
      expect([bundleOf(registry, version - 1), bundleOf(registry, version)]).toContain(
        await found(registry),
      )
    await rm(filler())
    await untilThere(version)
    // Nothing of what could not be finished.
    await eventually('nothing unfinished is left', async () => {
      const names = await readdir(destination(), { recursive: true })
      return names.some((name) => name.includes('.tmp') || name.includes('.new.'))
        ? undefined
        : true
    })
  }
})
