import { type IncomingHttpHeaders } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'

import { wholeBody } from './upstream'

/** How a program reaches the clouds: by a proxy, trusting an authority. */
export type Network = Readonly<{ proxyUrl: string; authorities: string }>

export type NetworkRequest = Readonly<{
  url: string
  method?: string
  headers?: Readonly<Record<string, string>>
  body?: string
}>

export type NetworkAnswer = Readonly<{
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** Of a body in JSON; throws on any other. */
  json: () => Record<string, unknown>
}>

/** Asks as a program behind a front does: through its proxy, by the name of the host, over TLS. */
export const requestThrough = (
  { proxyUrl, authorities }: Network,
  { url, method = 'GET', headers = {}, body }: NetworkRequest,
): Promise<NetworkAnswer> =>
  new Promise((resolve, reject) => {
    const agent = new Agent({ ca: authorities, proxyEnv: { HTTPS_PROXY: proxyUrl } })
    const framed =
      body === undefined ? headers : { ...headers, 'Content-Length': `${Buffer.byteLength(body)}` }
    const outgoing = httpsRequest(url, { method, headers: framed, agent }, (answer) => {
      wholeBody(answer).then((content) => {
        const text = content.toString('utf8')
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text,
          json: () => JSON.parse(text) as Record<string, unknown>,
        })
      }, reject)
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
