import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

/** A bucket as a service shows it. */
export type ShownBucket = {
  /** Absent: there is no bucket. */
  readonly tags?: { readonly [name: string]: string }
  /** The sizes of what is in it. */
  readonly sizes?: ReadonlyArray<number>
  /** Nobody is let in. */
  readonly isDenied?: boolean
}

/** A service with one bucket that only answers; whatever would change something is written down and refused. */
export type ReadOnlyS3 = {
  readonly url: string
  readonly show: (bucket: ShownBucket) => void
  /** How often it was asked something. */
  readonly reads: () => number
  readonly writes: ReadonlyArray<string>
}

const failed = (response: ServerResponse, status: number, code: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<Error><Code>${code}</Code><Message>no</Message></Error>`)
}

const tagging = (tags: ShownBucket['tags'] = {}): string => {
  const one = ([key, value]: readonly [string, string]): string =>
    `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`
  return `<Tagging><TagSet>${Object.entries(tags).map(one).join('')}</TagSet></Tagging>`
}

const listing = ({ sizes = [] }: ShownBucket): string => {
  const one = (size: number, index: number): string =>
    `<Contents><Key>object-${index}</Key><Size>${size}</Size></Contents>`
  return `<ListBucketResult><IsTruncated>false</IsTruncated>${sizes.map(one).join('')}</ListBucketResult>`
}

const NOT_THERE: ReadonlyArray<readonly [string, string]> = [
  ['publicAccessBlock', 'NoSuchPublicAccessBlockConfiguration'],
  ['encryption', 'ServerSideEncryptionConfigurationNotFoundError'],
  ['lifecycle', 'NoSuchLifecycleConfiguration'],
]

const answer = (response: ServerResponse, query: URLSearchParams, shown: ShownBucket): void => {
  if (shown.isDenied === true) return failed(response, 403, 'AccessDenied')
  if (shown.tags === undefined) return failed(response, 404, 'NoSuchBucket')
  const missing = NOT_THERE.find(([name]) => query.has(name))
  if (missing !== undefined) return failed(response, 404, missing[1])
  response.writeHead(200, { 'content-type': 'application/xml' })
  if (query.has('tagging')) response.end(tagging(shown.tags))
  else response.end(query.has('list-type') ? listing(shown) : '<ListVersionsResult/>')
}

/** Starts one without a bucket; it ends with the test. */
export const readOnlyS3 = async (): Promise<ReadOnlyS3> => {
  let shown: ShownBucket = {}
  let reads = 0
  const writes: string[] = []
  const server = createServer(({ method = '', url = '' }, response) => {
    const { searchParams } = new URL(url, 'http://s3')
    if (method === 'GET' || method === 'HEAD') {
      reads += 1
      answer(response, searchParams, shown)
      return
    }
    writes.push(`${method} ${url}`)
    failed(response, 403, 'AccessDenied')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  // A server that listens on an address has one with a port.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    show: (bucket) => {
      shown = bucket
    },
    reads: () => reads,
    writes,
  }
}
