import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

import { wholeBody } from '../../storage-servers/front/upstream'
import type { ApiFault, Moment } from './api-fault'

type Ask = () => Promise<IncomingMessage>

/** One request between a client and the API server. */
export type Exchange = Readonly<{
  /** Asks the API server. */
  ask: Ask
  response: ServerResponse
  /** Breaks the connection to the client. */
  hangUp: () => void
}>

const headersOf = ({ headers }: IncomingMessage): IncomingMessage['headers'] => {
  const { connection: _connection, 'transfer-encoding': _encoding, ...others } = headers
  return others
}

const statusBody = (code: number, reason: string): string =>
  JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason,
    message: 'made to fail',
  })

const REASONS: Readonly<Record<number, string>> = {
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

const refuse = (response: ServerResponse, code: number): void => {
  const wait = code === 429 || code === 503 ? { 'Retry-After': '1' } : {}
  // A balancer that finds nobody behind it does not speak as Kubernetes does.
  const body = code === 502 ? '<html>Bad Gateway</html>' : statusBody(code, REASONS[code] ?? '')
  const type = code === 502 ? 'text/html' : 'application/json'
  response.writeHead(code, { 'Content-Type': type, ...wait }).end(body)
}

/** More bytes than that come in one piece: nobody waits for each of a long list. */
const DRIPS = 40

const drip = async (response: ServerResponse, body: Buffer): Promise<void> => {
  const size = Math.max(1, Math.ceil(body.length / DRIPS))
  for (let start = 0; start < body.length; start += size) {
    response.write(body.subarray(start, start + size))
    await sleep(2)
  }
  response.end()
}

/** Hands on what comes until so many bytes have come, and breaks off in the middle of what comes then. */
const cutAfter = (answer: IncomingMessage, { response, hangUp }: Exchange, bytes: number): void => {
  let left = bytes
  answer.on('data', (chunk: Buffer) => {
    const isLast = chunk.length > left
    // The last byte of an event is the end of its line, so that without it no event is whole.
    const part = isLast ? chunk.subarray(0, Math.max(1, Math.min(left, chunk.length - 2))) : chunk
    left -= chunk.length
    if (!isLast) return void response.write(part)
    answer.removeAllListeners('data').destroy()
    response.write(part, () => hangUp())
  })
  answer.once('end', () => response.end())
}

const stream = (answer: IncomingMessage, { response, hangUp }: Exchange): void => {
  response.writeHead(answer.statusCode ?? 502, headersOf(answer))
  response.flushHeaders()
  answer.once('error', () => hangUp())
  response.once('close', () => answer.destroy())
}

/** Asks the API server, and gives all of its answer to somebody who may not hand it on. */
const swallowed = async (ask: Ask): Promise<void> => {
  await wholeBody(await ask())
}

const afterwards = async (moment: Moment, ask: Ask): Promise<void> => {
  if (moment === 'after') await swallowed(ask)
}

/** The answer of the API server, as it comes. */
export const passOn = async (exchange: Exchange): Promise<void> => {
  const answer = await exchange.ask()
  stream(answer, exchange)
  answer.pipe(exchange.response)
}

const wholeAnswerFor = async (
  { ask, response }: Exchange,
  send: (body: Buffer, length: number) => unknown,
): Promise<void> => {
  const answer = await ask()
  const body = await wholeBody(answer)
  response.writeHead(answer.statusCode ?? 502, {
    ...headersOf(answer),
    'content-length': body.length,
  })
  send(body, body.length)
}

const goneEvent = `${JSON.stringify({ type: 'ERROR', object: JSON.parse(statusBody(410, 'Expired')) as unknown })}\n`

/** What comes back of a request that something happens to. */
export const answerWith = async (fault: ApiFault, exchange: Exchange): Promise<void> => {
  const { ask, response, hangUp } = exchange
  switch (fault._tag) {
    case 'Late':
      await sleep(fault.ms)
      return passOn(exchange)
    case 'Reset':
      await afterwards(fault.moment, ask)
      return hangUp()
    case 'Refused':
      await afterwards(fault.moment, ask)
      return refuse(response, fault.code)
    case 'Silent':
      return afterwards(fault.moment, ask)
    case 'Half':
      return wholeAnswerFor(exchange, (body, length) =>
        response.write(body.subarray(0, Math.floor(length / 2)), () => hangUp()),
      )
    case 'Dripping':
      return wholeAnswerFor(exchange, (body) => drip(response, body))
    case 'Held': {
      const asked = fault.moment === 'after' ? ask() : undefined
      await fault.until
      return passOn({ ...exchange, ask: () => asked ?? ask() })
    }
    case 'Cut': {
      const answer = await ask()
      stream(answer, exchange)
      return cutAfter(answer, exchange, fault.afterBytes)
    }
    case 'Gone':
      if (fault.how === 'answer')
        return void response.writeHead(410).end(statusBody(410, 'Expired'))
      return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(goneEvent)
  }
}
