import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'

import { blocksOn, guideBlocks, type GuideBlock } from './guide-blocks'
import { programFolder } from './guide-programs'
import type { GuideWorld, Platform } from './guide-world'
import { missingLine } from './missing-lines'
import { type ShellOutcome, type ShellSession, startShell } from './shell-session'

const root = join(import.meta.dirname, '../..')

export type GuideOptions = Readonly<{
  /** Asked when the cluster is there. */
  world: () => GuideWorld
  /** Brings the cluster into the state in which the reader begins. */
  before?: () => Promise<unknown>
  /** Looks at what the reader has done. */
  after?: () => Promise<unknown>
}>

type Reader = Readonly<{ shell: ShellSession; leave: () => Promise<void> }>

const startReader = async (world: GuideWorld): Promise<Reader> => {
  const folder = await mkdtemp(join(tmpdir(), 'guide-'))
  const home = join(folder, 'home')
  await mkdir(home)
  for (const [name, path] of Object.entries(world.files ?? {}))
    await symlink(path, join(home, name))
  const kubectl = world.kubectlPath === undefined ? {} : { kubectl: world.kubectlPath }
  const programs = await programFolder(join(folder, 'bin'), { ...kubectl, ...world.programs })
  const env = {
    PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: home,
    TMPDIR: folder,
    LANG: 'C.UTF-8',
    KUBECONFIG: world.kubeconfigPath,
    ...world.env,
  }
  const shell = startShell({ cwd: home, folder, env })
  const leave = async (): Promise<void> => {
    await shell.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  return { shell, leave }
}

const indented = (text: string): string => text.trimEnd().replace(/^/gm, '    ')

/** What a reader would complain about; undefined if nothing. */
const complaint = (block: GuideBlock, { output, failure }: ShellOutcome): string | undefined => {
  const missing = missingLine(block.prints, output)
  const what = failure ?? (missing === undefined ? undefined : `it does not print: ${missing}`)
  return (
    what && `line ${block.line}: ${what}\n${indented(block.code)}\nprinted\n${indented(output)}`
  )
}

const titleOf = ({ heading, code }: GuideBlock): string =>
  `${heading}: ${(code.split('\n')[0] ?? '').slice(0, 100)}`

/**
 * Follows a guide from its first line to its last: each of its blocks on this kind of cluster is a test. A later block
 * may need the earlier ones, so once one has failed the others do too.
 */
export const describeGuide = (path: string, platform: Platform, options: GuideOptions): void => {
  const { world, before, after } = options
  const blocks = blocksOn(platform, guideBlocks(readFileSync(join(root, path), 'utf8')))
  describe(`${path} on ${platform}`, () => {
    let reader: Reader | undefined
    let hasFailed = false

    beforeAll(async () => {
      await before?.()
      reader = await startReader(world())
    })

    afterAll(async () => {
      await reader?.leave()
    })

    it.each(blocks.map((block) => [titleOf(block), block] as const))('%s', async (_, block) => {
      if (reader === undefined) throw new Error('The shell did not start.')
      if (hasFailed) throw new Error('An earlier block has failed.')
      const complained = complaint(block, await reader.shell.run(block.code))
      hasFailed = complained !== undefined
      if (complained !== undefined) throw new Error(`${path}, ${complained}`)
    })

    if (after !== undefined)
      it('leaves what it says', async () => {
        await after()
      })
  })
}
