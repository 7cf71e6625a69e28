import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { recordedIo } from '../../testing/recorded-io'
import { temporaryFolder } from '../../testing/temporary-folder'
import { nodeCaCommand } from './node-ca-command'

it('copies certificates until it is told to stop, says so, and ends well', async () => {
  const root = await temporaryFolder({ 'source/reg.example..5000': 'A' })
  const destination = join(root, 'certs.d')
  const { io, out, err } = recordedIo()
  let terminate: (name: string) => void = () => undefined
  const ended = nodeCaCommand(io, { onSignal: (callback) => (terminate = callback) })({
    source: join(root, 'source'),
    destination,
    interval: '60',
  })()
  await expect.poll(err).toContain('copied: 001 skipped: 000 trimmed: 000')
  expect(await readFile(join(destination, 'reg.example:5000/ca.crt'), 'utf8')).toBe('A')
  terminate('SIGTERM')
  expect(await ended).toBe(0)
  expect(err()).toContain('"msg":"shutting down node-ca"')
  expect(out()).toBe('')
})

it.each(['soon', '0', '-1', ''])('does not start with the interval %j', async (interval) => {
  const { io, err } = recordedIo()
  expect(await nodeCaCommand(io)({ source: '', destination: '', interval })()).toBe(1)
  expect(err()).toContain('--interval')
})
