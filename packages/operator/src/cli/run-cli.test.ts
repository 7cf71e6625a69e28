import { describe, expect, it } from 'vitest'

import { recordedIo } from '../testing/recorded-io'
import { VERSION } from '../version'
import { runCli } from './run-cli'

const ran = async (...args: ReadonlyArray<string>) => {
  const { io, out, err } = recordedIo()
  return { code: await runCli(io, args)(), out: out(), err: err() }
}

describe('the command line', () => {
  it.each([[['--version']], [['version']]])('prints its version: %j', async (args) => {
    expect(await ran(...args)).toEqual({ code: 0, out: `${VERSION}\n`, err: '' })
  })

  it.each([
    'run',
    'observe',
    'render',
    'plan',
    'status',
    'install',
    'uninstall',
    'node-ca-sync',
    'node-trust',
    'await-read-only',
    'version',
  ])('explains %s with an example', async (command) => {
    const { code, out, err } = await ran(command, '--help')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Example:\n')
    expect(out).toContain(`image-registry-operator ${command}`)
  })

  it('refuses what it does not know, and says where to look', async () => {
    for (const args of [['nonsense'], ['plan', '--nonsense'], ['render'], ['plan', '-o', 'xml']]) {
      const { code, out, err } = await ran(...args)
      expect([code, out]).toEqual([1, ''])
      expect(err).toContain('error: ')
    }
  })

  it('does not run without the image of the registry', async () => {
    const { io, err } = recordedIo('', {
      release: {
        registryImage: '',
        operatorImage: '',
        prunerImage: '',
        version: '',
        imageVersion: '',
      },
    })
    expect(await runCli(io, ['run'])()).toBe(1)
    expect(err()).toBe('no image of the registry is set; set IMAGE, or give --image\n')
  })

  it('runs where it is told nothing else, as the original does', async () => {
    const release = {
      registryImage: '',
      operatorImage: '',
      prunerImage: '',
      version: '',
      imageVersion: '',
    }
    for (const args of [[], ['--bind-address=:8080']]) {
      const { io, err } = recordedIo('', { release })
      expect(await runCli(io, args)()).toBe(1)
      expect(err()).toBe('no image of the registry is set; set IMAGE, or give --image\n')
    }
  })
})
