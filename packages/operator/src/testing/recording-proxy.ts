import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

/** A proxy that lets nobody through, and knows who was asked for. */
export type RecordingProxy = {
  readonly url: string
  /** Each as host and port, in the order of asking. */
  readonly asked: () => ReadonlyArray<string>
}

/** Starts one on loopback, for the time of a test. */
export const startRecordingProxy = async (): Promise<RecordingProxy> => {
  const asked: string[] = []
  const server = createServer()
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    // Whoever asked may be gone.
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  // A server that listens on TCP has an address of this kind.
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked: () => asked }
}
