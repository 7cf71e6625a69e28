import {
  Agent as HttpAgent,
  request as httpRequest,
  type AgentOptions,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { getCACertificates } from 'node:tls'

import type { ProxySettings } from '@image-registry-operator/render/model'
import * as TE from 'fp-ts/TaskEither'

import { isInNoProxyNetwork } from './no-proxy'

/** How a cloud is reached. */
export type Reach = {
  /** PEM: whom to trust beside everybody's authorities; empty: nobody else. */
  readonly authorities: string
  readonly proxy: ProxySettings
}

export type HttpRequest = Reach & {
  readonly method: 'GET' | 'POST'
  /** `http:` or `https:`. */
  readonly url: URL
  readonly headers: { readonly [name: string]: string }
  readonly body?: string
}

export type HttpAnswer = {
  readonly code: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Nobody answered, or not to the end. `why` holds no address that differs from one attempt to the next. */
export type NoAnswer = { readonly _tag: 'NoAnswer'; readonly why: string }

/** One request and its answer, whatever its code; redirects are not followed. */
export type SendRequest = (request: HttpRequest) => TE.TaskEither<NoAnswer, HttpAnswer>

const proxyEnv = ({ url, proxy }: HttpRequest): AgentOptions =>
  isInNoProxyNetwork(url.hostname, proxy.noProxy)
    ? {}
    : {
        proxyEnv: { HTTP_PROXY: proxy.http, HTTPS_PROXY: proxy.https, NO_PROXY: proxy.noProxy },
      }

// What is given takes the place of the usual ones.
const trusted = (authorities: string): { readonly ca?: string[] } =>
  authorities === '' ? {} : { ca: [...getCACertificates('default'), authorities] }

const answered = (request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { url, method, headers, body, authorities } = request
    const options = { method, headers, signal }
    const outgoing =
      url.protocol === 'https:'
        ? httpsRequest(url, {
            ...options,
            agent: new HttpsAgent({ ...proxyEnv(request), ...trusted(authorities) }),
          })
        : httpRequest(url, { ...options, agent: new HttpAgent(proxyEnv(request)) })
    outgoing.once('response', resolve).once('error', reject).end(body)
  })

const received = async (request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> => {
  const incoming = await answered(request, signal)
  const body = await text(incoming)
  return { code: incoming.statusCode ?? 0, headers: incoming.headers, body }
}

/** A code such as ECONNREFUSED says the same as the message, without what differs. */
const whyOf = (cause: unknown): string => {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.message : String(cause)
}

/** Sends over a connection of its own; fails when the whole answer is not there after that many milliseconds. */
export const sendRequest =
  (timeoutMs: number): SendRequest =>
  (request) =>
  () => {
    const signal = AbortSignal.timeout(timeoutMs)
    return TE.tryCatch(
      () => received(request, signal),
      (cause): NoAnswer => ({
        _tag: 'NoAnswer',
        why: signal.aborted ? `nothing within ${timeoutMs / 1000} s` : whyOf(cause),
      }),
    )()
  }
