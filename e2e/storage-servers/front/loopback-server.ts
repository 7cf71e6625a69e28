import type { Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** A server of this process that listens on a port of loopback. */
export type LoopbackServer = Readonly<{
  port: number
  /** Ends it with all of its connections, answered or not. */
  stop: () => Promise<void>
}>

const hangUp = (sockets: ReadonlySet<Socket>): void => {
  for (const socket of sockets) socket.destroy()
}

/** Has a server listen on a free port of loopback, and on nothing else. */
export const listenOnLoopback = (server: Server | TlsServer): Promise<LoopbackServer> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // A client that hangs up is no error of the server's.
    socket.on('error', () => undefined)
  })
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      hangUp(sockets)
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, stop }),
    )
  })
}
