import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'

import { eventually } from '../harness/eventually'
import { HOST_ADDRESS } from './node-addresses'
import { nodePrograms } from './node-programs'
import { startSupervisor } from './supervisor'

/** A process that has ended, but of which nobody has asked how, still has a number. */
const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const untilGone = (pid: number): Promise<boolean> =>
  eventually(`${pid} has ended`, async () => (isAlive(pid) ? undefined : true), 10_000)

const CONTROL_GROUPS = '/sys/fs/cgroup'

/** What is in a folder; other control groups come and go meanwhile. */
const entriesOf = (folder: string): ReadonlyArray<string> => {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

/** Of version 2 they are in the root, of version 1 in that of each controller. */
const groupsOf = (supervisor: number): ReadonlyArray<string> => {
  const roots = entriesOf(CONTROL_GROUPS)
  return [...roots, ...roots.flatMap(entriesOf)].filter((path) =>
    path.endsWith(`-node-${supervisor}`),
  )
}

const nodeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'supervised-'))
  await mkdir(join(folder, 'lib'))
  await mkdir(join(folder, 'log'))
  await writeFile(join(folder, 'hosts'), '')
  await writeFile(join(folder, 'resolv.conf'), '')
  return folder
}

type Line = Readonly<{ id?: number; pid?: number }>

/** A supervisor with one program in its node, whose end of stdin somebody else holds. */
const startedBy = async (
  parent: ChildProcess,
): Promise<Readonly<{ init: number; program: number }>> => {
  const lines = createInterface({ input: parent.stdout ?? process.stdin })[Symbol.asyncIterator]()
  const next = async (): Promise<number> =>
    (JSON.parse(String((await lines.next()).value)) as Line).pid ?? 0
  return { init: await next(), program: await next() }
}

describe('the supervisor of a node', () => {
  let supervisorProgram: string
  const folders: Array<string> = []

  beforeAll(async () => {
    supervisorProgram = (await nodePrograms()).own('supervisor')
  })

  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
  })

  const start = async (): Promise<Readonly<{ folder: string; supervisor: ChildProcess }>> => {
    const folder = await nodeFolder()
    folders.push(folder)
    const args = ['-name', 'node', '-folder', folder, '-remove-folder']
    const supervisor = spawn(supervisorProgram, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const request = { id: 1, do: 'run', program: '/bin/sleep', args: ['1000'], log: '/var/log/a' }
    supervisor.stdin.write(`${JSON.stringify(request)}\n`)
    return { folder, supervisor }
  }

  it('cleans up when whoever started it is gone, and nobody hears it any more', async () => {
    const { folder, supervisor } = await start()
    const { init, program } = await startedBy(supervisor)
    const pid = supervisor.pid ?? 0
    expect([init, program].filter(isAlive)).toHaveLength(2)
    expect(groupsOf(pid).length).toBeGreaterThan(0)
    supervisor.stdout?.destroy()
    supervisor.stdin?.destroy()
    await untilGone(pid)
    expect([init, program].filter(isAlive)).toEqual([])
    expect(groupsOf(pid)).toEqual([])
    expect(existsSync(folder)).toBe(false)
  })

  it('takes everything with it when it is killed, and the next one removes its control groups', async () => {
    const { supervisor } = await start()
    const { init, program } = await startedBy(supervisor)
    const pid = supervisor.pid ?? 0
    supervisor.kill('SIGKILL')
    await untilGone(init)
    await untilGone(program)
    const next = await start()
    await startedBy(next.supervisor)
    expect(groupsOf(pid)).toEqual([])
    next.supervisor.stdin?.end()
    await untilGone(next.supervisor.pid ?? 0)
  })

  it('says what a program ended with, and what it refuses', async () => {
    const folder = await nodeFolder()
    folders.push(folder)
    const options = { program: supervisorProgram, nodeName: 'node', folder, removesFolder: true }
    const supervisor = await startSupervisor(options)
    const run = async (script: string): Promise<number> => {
      const { ended } = await supervisor.run({
        program: '/bin/sh',
        args: ['-c', script],
        environment: { PATH: '/usr/bin:/bin' },
        logPath: '/var/log/script',
      })
      return ended
    }
    expect(await run('exit 3')).toBe(3)
    expect(await run('kill -9 $$')).toBe(137)
    expect(await run('test "$(hostname)" = node && test $$ -lt 100')).toBe(0)
    const exposed = `${HOST_ADDRESS}:80`
    expect(await supervisor.expose(exposed, '127.0.0.1:1')).toBe(exposed)
    await expect(supervisor.expose(exposed, '127.0.0.1:1')).rejects.toThrow(/in use/)
    await supervisor.end()
    await expect(run('exit 0')).rejects.toThrow(/has ended/)
  })

  it('resets what it cannot connect, and carries what it can', async () => {
    const folder = await nodeFolder()
    folders.push(folder)
    const options = { program: supervisorProgram, nodeName: 'node', folder, removesFolder: true }
    const supervisor = await startSupervisor(options)
    const server = createServer((request, response) => request.pipe(response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const inside = await supervisor.expose(`${HOST_ADDRESS}:80`, `127.0.0.1:${port}`)
    const outside = await supervisor.reach('127.0.0.1:0', inside)
    const body = 'a'.repeat(1_000_000)
    const answer = await fetch(`http://${outside}/`, { method: 'POST', body })
    expect(await answer.text()).toBe(body)
    const nowhere = await supervisor.reach('127.0.0.1:0', `${HOST_ADDRESS}:81`)
    await expect(fetch(`http://${nowhere}/`)).rejects.toThrow()
    server.close()
    await supervisor.end()
  })
})
