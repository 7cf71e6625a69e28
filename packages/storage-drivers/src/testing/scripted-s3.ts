import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { StorageTarget } from '@image-registry-operator/render/model'

import type { StorageAccess } from '../storage-driver'

/** A request as it came in. */
export type S3Request = {
  /** Method, and path with the query, e.g. `GET /bucket?tagging`. */
  readonly line: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What is said to a request; `cut`: the connection ends where the body ends, or before anything was said. */
export type S3Answer = {
  readonly status: number
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
  readonly cut?: boolean
}

/** A server that says what a test tells it to say. */
export type ScriptedS3 = {
  readonly access: StorageAccess
  readonly requests: ReadonlyArray<S3Request>
  readonly stop: () => Promise<void>
}

/** An answer of S3 that something has failed. */
export const failed = (status: number, code: string, message = code): S3Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>${Math.random()}</RequestId></Error>`,
})

const target = (endpoint: string): StorageTarget => ({
  backend: 'S3',
  place: 's3/bucket',
  connection: {
    _tag: 'S3',
    region: 'eu-central-1',
    endpoint,
    pathStyle: true,
    dualStack: false,
    stsEndpoint: endpoint,
  },
  credentials: { form: 'keys', values: {} },
  authorities: { pem: '', isOnly: false },
  proxy: { http: '', https: '', noProxy: '' },
  parts: [
    {
      kind: 'bucket',
      name: 'bucket',
      marks: { mine: 'uid-1' },
      formerMarks: {},
      isGeneratedName: true,
      settings: [{ name: 'Tagged', wanted: { Name: 'registry' } }],
      holdsImages: true,
    },
  ],
})

// The SDK names the operation once more in the query, which nobody needs.
const plainUrl = (url: string): string =>
  url
    .replace(/x-id=\w+&?/, '')
    .replace(/=(?=&|$)/g, '')
    .replace(/[?&]$/, '')
    .replace(/\/$/, '')
    .replace('/?', '?')

/** Starts a server that answers as told; `count` is how often that line has come before. */
export const startScriptedS3 = async (
  answer: (request: S3Request, count: number) => S3Answer,
): Promise<ScriptedS3> => {
  const requests: S3Request[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const line = `${incoming.method} ${plainUrl(incoming.url ?? '')}`
      const body = Buffer.concat(chunks).toString('utf8')
      const request = { line, headers: incoming.headers, body }
      const count = requests.filter((before) => before.line === line).length
      requests.push(request)
      const said = answer(request, count)
      if (said.cut === true && said.body === undefined) {
        outgoing.destroy()
        return
      }
      const more = said.cut === true ? { 'content-length': '100000' } : {}
      outgoing.writeHead(said.status, { ...said.headers, ...more })
      outgoing.write(said.body ?? '')
      if (said.cut === true) setTimeout(() => outgoing.destroy(), 20)
      else outgoing.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on an address has one with a port.
  const { port } = server.address() as AddressInfo
  return {
    access: {
      target: target(`http://127.0.0.1:${port}`),
      values: { id: 'an-id', secret: 'a-secret-value' },
    },
    requests,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
