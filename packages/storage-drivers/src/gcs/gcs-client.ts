import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'

import type { Storage } from '@google-cloud/storage'
import {
  isJsonObject,
  type JsonObject,
  type StorageTarget,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'

import { type Agents, agents } from '../agents'
import { failedRequest } from './google-failure'

export type { Bucket, CreateBucketRequest, GetFilesOptions, Storage } from '@google-cloud/storage'

/** What knows the requests for buckets. Read only where it is used: it is large. */
export const loadStorage = (): Promise<{ readonly Storage: typeof Storage }> =>
  import('@google-cloud/storage')

/** A request of one of Google's APIs, all of which answer in JSON. */
export type GoogleRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: URL
  /** What lets us in; empty where that is what we ask for. */
  readonly token: string
  readonly content?:
    | { readonly _tag: 'Json'; readonly value: JsonObject }
    | { readonly _tag: 'Form'; readonly fields: { readonly [name: string]: string } }
}

/** The way to Google: by the cluster's proxy, trusting whom the cluster trusts. Nothing else has a say in it. */
export type GoogleClient = {
  /** Fails with a `FailedRequest`. What has no content, e.g. after a removal, is an empty object. */
  readonly send: (request: GoogleRequest) => (signal: AbortSignal) => Promise<JsonObject>
  /** Hangs up. */
  readonly close: IO<void>
}

type Reach = Pick<StorageTarget, 'authorities' | 'proxy'>

/** One pair for each host, made when it is first asked, so that connections are used again. */
const agentsByHost = (reach: Reach) => {
  const known = new Map<string, Agents>()
  return {
    of: ({ hostname }: URL): Agents => {
      const made = known.get(hostname) ?? agents(reach, hostname)
      known.set(hostname, made)
      return made
    },
    close: (): void =>
      known.forEach(({ http, https }) => {
        http.destroy()
        https.destroy()
      }),
  }
}

const bodyOf = (content: GoogleRequest['content']): readonly [type: string, body: string] => {
  if (content === undefined) return ['', '']
  return content._tag === 'Json'
    ? ['application/json', JSON.stringify(content.value)]
    : ['application/x-www-form-urlencoded', new URLSearchParams(content.fields).toString()]
}

type Headers = { [name: string]: string }

const headersOf = (token: string, type: string, body: string): Headers => ({
  accept: 'application/json',
  ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
  ...(type === '' ? {} : { 'content-type': type }),
  'content-length': `${Buffer.byteLength(body)}`,
})

type Sender = { readonly agents: Agents; readonly userAgent: string }

const answered = (
  { method, url, token, content }: GoogleRequest,
  { agents: { http, https }, userAgent }: Sender,
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const [type, body] = bodyOf(content)
    const headers = { ...headersOf(token, type, body), 'user-agent': userAgent }
    const options = { method, headers, signal }
    const outgoing =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: https })
        : httpRequest(url, { ...options, agent: http })
    outgoing.once('response', resolve).once('error', reject).end(body)
  })

/** A code such as ECONNREFUSED says the same as the message, without the address and the port in it. */
const whyOf = (cause: unknown): string => {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.name : typeof cause
}

const json = (body: string): JsonObject | undefined => {
  const parsed = E.tryCatch((): unknown => JSON.parse(body), E.toError)
  return E.isRight(parsed) && isJsonObject(parsed.right) ? parsed.right : undefined
}

/** Seconds; the other form of it, a date, is not what Google sends. */
const retryAfterMs = (header: string | undefined): number =>
  header !== undefined && /^\d+$/.test(header) ? Number(header) * 1000 : 0

const read = (incoming: IncomingMessage, body: string, host: string): Promise<JsonObject> => {
  const { statusCode: status = 0, headers } = incoming
  const isFine = status >= 200 && status < 300
  const answer = body === '' ? {} : json(body)
  if (!isFine)
    return Promise.reject(
      failedRequest({
        _tag: 'Refused',
        status,
        answer: answer ?? {},
        retryAfterMs: retryAfterMs(headers['retry-after']),
      }),
    )
  return answer === undefined
    ? Promise.reject(failedRequest({ _tag: 'Unreadable', host }))
    : Promise.resolve(answer)
}

/** An answer that was begun and not ended is no answer either, unless it was we who did not wait for the end. */
const sent = async (
  request: GoogleRequest,
  by: Sender,
  signal: AbortSignal,
): Promise<JsonObject> => {
  const { host } = request.url
  const failed = (otherwise: 'NoAnswer' | 'Unreadable') => (cause: unknown) =>
    Promise.reject(
      failedRequest(
        signal.aborted || otherwise === 'NoAnswer'
          ? { _tag: 'NoAnswer', host, why: signal.aborted ? 'timeout' : whyOf(cause) }
          : { _tag: 'Unreadable', host },
      ),
    )
  const incoming = await answered(request, by, signal).catch(failed('NoAnswer'))
  const body = await text(incoming).catch(failed('Unreadable'))
  return read(incoming, body, host)
}

/** A way to Google for one storage. Nothing is asked yet. */
export const googleClient = (reach: Reach, userAgent: string): GoogleClient => {
  const { of, close } = agentsByHost(reach)
  return {
    send: (request) => (signal) => sent(request, { agents: of(request.url), userAgent }, signal),
    close,
  }
}
