import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

import * as T from 'fp-ts/Task'
import { expect, test } from 'vitest'

import { driverOfParts } from '../driver-of-parts'
import { s3Error } from '../s3-compatible/s3-error'
import { storageCaller } from '../storage-call'
import { startScriptedS3 } from '../testing/scripted-s3'
import { openS3 } from './open-s3'

test('a service that never answers is left after the time that a call has', async () => {
  const sockets = new Set<{ readonly destroy: () => unknown }>()
  const server = createServer((socket) => void sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on an address has one with a port.
  const { port } = server.address() as AddressInfo
  const { access, stop } = await startScriptedS3(() => ({ status: 200 }))
  await stop()
  const wait = () => T.of(undefined)
  const call = storageCaller(
    { wait, random: () => 0, timeoutMs: 100, onCall: () => () => undefined },
    'S3',
    s3Error('S3'),
  )
  const open = openS3({ wait, now: () => 0, readText: () => Promise.resolve(''), userAgent: 'a/1' })
  const { connection } = access.target
  const silent = {
    ...access,
    target: {
      ...access.target,
      connection: { ...connection, endpoint: `http://127.0.0.1:${port}` } as typeof connection,
    },
  }
  const seen = await driverOfParts(open, call).observe(silent, {
    _tag: 'Everything',
    counts: false,
  })()
  expect(seen).toMatchObject({
    right: {
      sight: {
        parts: {
          bucket: { error: { _tag: 'StorageUnreachable', message: 'no answer (ETIMEDOUT)' } },
        },
      },
    },
  })
  sockets.forEach((socket) => void socket.destroy())
  server.close()
})
