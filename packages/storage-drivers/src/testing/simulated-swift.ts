import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it came. */
export type SwiftAsked = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What is answered; `cut`: its end never comes. */
export type SwiftReply = {
  readonly code: number
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
  readonly cut?: boolean
}

/** A server on loopback that answers as it is told, and keeps what it was asked. */
export type SimulatedSwift = {
  readonly url: string
  readonly asked: ReadonlyArray<SwiftAsked>
  readonly stop: () => Promise<void>
}

type Answers = (asked: SwiftAsked, url: string) => SwiftReply | undefined

const reply = (response: ServerResponse, { code, headers, body = '', cut }: SwiftReply): void => {
  if (cut !== true) {
    response.writeHead(code, headers).end(body)
    return
  }
  response.writeHead(code, { ...headers, 'Content-Length': body.length + 9 })
  response.write(body, () => response.socket?.destroySoon())
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Starts one; what has no answer is answered with 404. */
export const simulatedSwift = async (answers: Answers): Promise<SimulatedSwift> => {
  const asked: SwiftAsked[] = []
  let url = ''
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url: path = '', headers } = request
      const one = { method, path, headers, body }
      asked.push(one)
      reply(response, answers(one, url) ?? { code: 404 })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url, asked, stop }
}
