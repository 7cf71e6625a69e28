import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { LogEvent } from '../telemetry/log-event'
import { temporaryFolder } from '../testing/temporary-folder'
import { type NodeCaDeps, startNodeCa } from './node-ca'
import { systemNodeFiles } from '../node-folders/node-files'

/** node-ca on a node with one registry; `tick` lets a minute pass and waits for what it makes of that. */
const started = async (
  sources: { readonly [name: string]: string } = { 'source/a..5000': 'A' },
) => {
  const root = await temporaryFolder(sources)
  const events: LogEvent[] = []
  const waiting: { readonly ms: number; readonly callback: () => void }[] = []
  let arrived: () => void = () => undefined
  const deps: NodeCaDeps = {
    files: systemNodeFiles,
    log: (event) => () => void events.push(event),
    after: (ms, callback) => {
      waiting.push({ ms, callback })
      arrived()
      return () => void waiting.splice(0)
    },
  }
  const isWaiting = () => new Promise<void>((resolve) => (arrived = resolve))
  const settings = {
    source: join(root, 'source'),
    destination: join(root, 'certs.d'),
    intervalMs: 60_000,
  }
  const first = isWaiting()
  const stop = startNodeCa(deps)(settings)
  await first
  const tick = async () => {
    const next = isWaiting()
    waiting.splice(0).forEach(({ callback }) => callback())
    await next
  }
  return { ...settings, events, waiting, tick, stop }
}

const told = (events: ReadonlyArray<LogEvent>) =>
  events.map((event) => ('counts' in event ? event.counts : event._tag))

describe('node-ca', () => {
  it('looks at once, and every minute', async () => {
    const { events, waiting, source, tick, stop } = await started()
    expect(told(events)).toEqual(['copied: 001 skipped: 000 trimmed: 000'])
    expect(waiting.map(({ ms }) => ms)).toEqual([60_000])
    await rm(join(source, 'a..5000'))
    await tick()
    expect(told(events)).toEqual([
      'copied: 001 skipped: 000 trimmed: 000',
      'copied: 000 skipped: 000 trimmed: 001',
    ])
    await stop()
  })

  it('says nothing new when nothing is new', async () => {
    const { events, tick, stop } = await started()
    await tick()
    await tick()
    await tick()
    expect(told(events)).toEqual([
      'copied: 001 skipped: 000 trimmed: 000',
      'copied: 000 skipped: 001 trimmed: 000',
    ])
    await stop()
  })

  it('says what it cannot do, and tries again', async () => {
    const { events, source, destination, tick, stop } = await started()
    await rm(source, { recursive: true })
    await tick()
    expect(events.at(-1)).toEqual({
      _tag: 'NodeCaFailed',
      error: expect.stringMatching(`^syncing certs: ${source}: ENOENT`),
    })
    await rm(destination, { recursive: true })
    await mkdir(source)
    await writeFile(destination, '')
    await tick()
    expect(events.at(-1)).toEqual({
      _tag: 'NodeCaFailed',
      error: `syncing certs: ${destination}: is not a directory`,
    })
    await stop()
  })

  it('names the file that it cannot deal with', async () => {
    const { events, destination, stop } = await started({ 'source/a': 'A', 'certs.d/a': 'a file' })
    expect(events[0]).toEqual({
      _tag: 'NodeCaProblem',
      path: join(destination, 'a'),
      error: 'is not a directory',
    })
    await stop()
  })

  it('waits for nothing once it is stopped', async () => {
    const { waiting, stop } = await started()
    await stop()
    expect(waiting).toEqual([])
  })
})
