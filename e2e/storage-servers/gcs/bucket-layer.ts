import type { IncomingMessage, ServerResponse } from 'node:http'

import { parsedRecord as parsed } from '../front/json-shape'
import { sendJson } from '../front/send-json'
import { relay, type Upstream, wholeAnswer, wholeBody } from '../front/upstream'
import { type BucketMetadata, patched, shownBucket, unfitProperties } from './bucket-metadata'
import { type GoogleError, sendGoogleError } from './google-error'

/** A change of a bucket that was asked for, with all that was sent. */
export type BucketWrite = Readonly<{
  method: string
  /** With its query. */
  path: string
  body: BucketMetadata
}>

/** Answers a request for a bucket, or hands it on. */
export type BucketLayer = Readonly<{
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** What was asked to be changed, refused or not, in that order. */
  writes: () => ReadonlyArray<BucketWrite>
}>

type Kept = Readonly<{ sent: BucketMetadata; metageneration: number }>
type Exchange = Readonly<{
  request: IncomingMessage
  response: ServerResponse
  url: URL
  /** Of the bucket; undefined where the request is for all of them. */
  name: string | undefined
}>

const bucketPath = /^\/storage\/v1\/b(?:\/([^/]+))?$/

const invalid = (message: string): GoogleError => ({ status: 400, reason: 'invalid', message })

const notEmpty: GoogleError = {
  status: 409,
  reason: 'conflict',
  message: 'The bucket you tried to delete is not empty.',
}

const withoutOthers = (name: string): string | undefined => (name === '' ? undefined : name)

const problemOf = ({ request, url }: Exchange, body: BucketMetadata): GoogleError | undefined => {
  const unfit = unfitProperties(body)
  if (unfit.length > 0) return invalid(`Invalid value for: ${unfit.join(', ')}`)
  if (request.method !== 'POST') return undefined
  if (!url.searchParams.get('project'))
    return { status: 400, reason: 'required', message: 'Required parameter: project' }
  return typeof body['name'] === 'string'
    ? undefined
    : { status: 400, reason: 'required', message: 'Required' }
}

const conditionNotMet = ({ url }: Exchange, { metageneration }: Kept): boolean => {
  const asked = url.searchParams.get('ifMetagenerationMatch')
  return asked !== null && asked !== `${metageneration}`
}

/** The server was asked without TLS, and says so where it tells how an upload goes on. */
const overTls = (headers: ReadonlyArray<string>): ReadonlyArray<string> =>
  headers.map((value) => value.replace(/^http:(?=\/\/[a-z]+\.googleapis\.com\/)/, 'https:'))

/**
 * Stands before a server that forgets the settings of buckets: keeps what was sent, shows it again by the rules of
 * the JSON API (patches merge, null takes away), and refuses what that API would refuse.
 *
 * Caveats: of all else, objects above all, it knows nothing and hands it on.
 */
export const bucketLayer = (server: Upstream): BucketLayer => {
  const buckets = new Map<string, Kept>()
  const writes: BucketWrite[] = []
  const keptOf = (name: string): Kept => buckets.get(name) ?? { sent: {}, metageneration: 1 }
  const shown = (fromServer: BucketMetadata): BucketMetadata => {
    const { sent, metageneration } = keptOf(String(fromServer['name']))
    return shownBucket(fromServer, sent, metageneration)
  }

  const read = async ({ request, response, name }: Exchange): Promise<void> => {
    const { status, body } = await wholeAnswer(server, request)
    const answer = parsed(body)
    if (status !== 200 || name !== undefined)
      return sendJson(response, status, status === 200 ? shown(answer) : answer)
    const items = (answer['items'] ?? []) as ReadonlyArray<BucketMetadata>
    sendJson(response, 200, { ...answer, items: items.map(shown) })
  }

  const insert = async (exchange: Exchange, body: BucketMetadata, raw: Buffer): Promise<void> => {
    const { status, body: answer } = await wholeAnswer(server, exchange.request, raw)
    const fromServer = parsed(answer)
    if (status === 200) buckets.set(String(body['name']), { sent: body, metageneration: 1 })
    sendJson(exchange.response, status, status === 200 ? shown(fromServer) : fromServer)
  }

  const change = async (exchange: Exchange, body: BucketMetadata, raw: Buffer): Promise<void> => {
    const { request, response, name = '' } = exchange
    const kept = keptOf(name)
    if (conditionNotMet(exchange, kept)) {
      const message = 'At least one of the pre-conditions you specified did not hold.'
      return sendGoogleError(response, { status: 412, reason: 'conditionNotMet', message })
    }
    const { status, body: answer } = await wholeAnswer(server, request, raw)
    const fromServer = parsed(answer)
    if (status !== 200) return sendJson(response, status, fromServer)
    const sent = patched(request.method === 'PUT' ? {} : kept.sent, body) as BucketMetadata
    buckets.set(name, { sent, metageneration: kept.metageneration + 1 })
    sendJson(response, 200, shown(fromServer))
  }

  const remove = async ({ request, response, name = '' }: Exchange): Promise<void> => {
    const { status, body } = await wholeAnswer(server, request)
    if (status === 412) return sendGoogleError(response, notEmpty)
    if (status >= 300) return sendJson(response, status, parsed(body))
    buckets.delete(name)
    response.writeHead(204).end()
  }

  const write = async (exchange: Exchange): Promise<void> => {
    const { request, response, name } = exchange
    const raw = await wholeBody(request)
    const body = parsed(raw)
    writes.push({ method: request.method ?? '', path: request.url ?? '', body })
    const problem = problemOf(exchange, body)
    if (problem !== undefined) sendGoogleError(response, problem)
    else if (name === undefined) await insert(exchange, body, raw)
    else await change(exchange, body, raw)
  }

  const deleteBucket = async (exchange: Exchange): Promise<void> => {
    writes.push({ method: 'DELETE', path: exchange.request.url ?? '', body: {} })
    await remove(exchange)
  }

  return {
    writes: () => [...writes],
    answer: async (request, response) => {
      const url = new URL(request.url ?? '/', 'https://storage.googleapis.com')
      const match = bucketPath.exec(url.pathname)
      if (match === null) return void (await relay(server, request, response, { headers: overTls }))
      const exchange = { request, response, url, name: withoutOthers(match[1] ?? '') }
      if (request.method === 'GET') await read(exchange)
      else if (request.method === 'DELETE') await deleteBucket(exchange)
      else await write(exchange)
    },
  }
}
