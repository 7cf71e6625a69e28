import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'

import type { Agents } from '../agents'

export type IbmRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE'
  readonly url: URL
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
}

export type IbmAnswer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Why a request of ours brought nothing that can be used, as far as the service itself has said it. */
export type IbmRefusal =
  /** It answered with a status that is no success. */
  | ({ readonly _tag: 'Answered' } & IbmAnswer)
  /** The answer ended too early, or is not what the service says that it answers. */
  | { readonly _tag: 'Unreadable'; readonly status: number }
  /** It is not known whether an earlier attempt, which failed so, has made something; nothing was sent. */
  | { readonly _tag: 'Uncertain'; readonly failure: unknown }

const TAGS: ReadonlySet<unknown> = new Set<IbmRefusal['_tag']>([
  'Answered',
  'Unreadable',
  'Uncertain',
])

export const isIbmRefusal = (cause: unknown): cause is IbmRefusal =>
  typeof cause === 'object' && cause !== null && '_tag' in cause && TAGS.has(cause._tag)

/** Fails a request in a way that `ibmCosError` understands. */
export const refused = (refusal: IbmRefusal): Promise<never> =>
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- errors are records here
  Promise.reject(refusal)

/** Fails a request with what somebody else has failed with. */
export const failed = (cause: unknown): Promise<never> =>
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handed on as it came
  Promise.reject(cause)

const answered = (
  { url, method, headers = {}, body }: IbmRequest,
  agents: Agents,
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': `${Buffer.byteLength(body)}` }
    const options: RequestOptions = { method, headers: { ...headers, ...length }, signal }
    const outgoing =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: agents.https })
        : httpRequest(url, { ...options, agent: agents.http })
    outgoing.once('response', resolve).once('error', reject).end(body)
  })

/** Sends one request, once; whatever is no success (2xx) is a rejection. Redirects are not followed. */
export const sendIbm =
  (agents: Agents) =>
  async (request: IbmRequest, signal: AbortSignal): Promise<IbmAnswer> => {
    const incoming = await answered(request, agents, signal)
    const { statusCode: status = 0, headers } = incoming
    const body = await text(incoming).catch((cause: unknown) =>
      // Time that is over says more than half a body.
      signal.aborted ? failed(cause) : refused({ _tag: 'Unreadable', status }),
    )
    const answer = { status, headers, body }
    return status >= 200 && status < 300 ? answer : refused({ _tag: 'Answered', ...answer })
  }
