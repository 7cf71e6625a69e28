import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import { listenOnLoopback } from '../front/loopback-server'
import { relay, type Upstream, wholeAnswer, type WholeAnswer, wholeBody } from '../front/upstream'
import { type Dialect, errorAnswer, type FailureStatus } from './error-answers'

/**
 * What goes wrong: no answer ever, a connection that breaks, a status with an error in it, or an answer that ends
 * before its length is reached.
 */
export type Fault = 'timeout' | 'reset' | 'truncated' | FailureStatus

/** `before`: the server never hears of the request. `after`: it does as asked, but its answer is lost. */
export type FaultMoment = 'before' | 'after'

/** A request that came to the faults. */
export type FaultyRequest = Readonly<{
  method: string
  /** With its query. */
  path: string
  /** What went wrong with it; undefined if nothing did. */
  fault?: Fault
}>

type Meant = (request: FaultyRequest) => boolean

/** A server on loopback that hands requests on to another one, until told not to. */
export type Faults = Readonly<{
  port: number
  url: string
  /** Fails the n-th request from now on, once; 1 is the next one. */
  failNth: (n: number, fault: Fault, moment: FaultMoment) => void
  /** Fails every request that is meant, until `heal`. */
  failAll: (fault: Fault, moment: FaultMoment, isMeant?: Meant) => void
  /** Fails nothing from now on. */
  heal: () => void
  /** All requests that came, in that order. */
  requests: () => ReadonlyArray<FaultyRequest>
  stop: () => Promise<void>
}>

type Rule = Readonly<{ fault: Fault; moment: FaultMoment; isMeant: (n: number) => Meant }>

const always: Meant = () => true

const sendError = (response: ServerResponse, dialect: Dialect, status: FailureStatus): void => {
  const { headers, body } = errorAnswer(dialect, status)
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
}

const missingBytes = 64

/** Sends all that there is, says that there is more, and hangs up. */
const sendTruncated = (response: ServerResponse, { status, headers, body }: WholeAnswer): void => {
  response.writeHead(status, [...headers, 'Content-Length', `${body.length + missingBytes}`])
  response.flushHeaders()
  const hangUp = (): void => {
    response.socket?.destroySoon()
  }
  if (body.length === 0) hangUp()
  else response.write(body, hangUp)
}

const nothingFromServer: WholeAnswer = { status: 200, headers: [], body: Buffer.from('{') }

/** What faults stand before, and whom they tell of a request that they leave without an answer. */
export type FaultsOptions = Readonly<{
  target: Upstream
  dialect: Dialect
  onSilence?: () => void
}>

const answerWith = (
  { fault, dialect, onSilence }: Pick<FaultsOptions, 'dialect' | 'onSilence'> & { fault: Fault },
  response: ServerResponse,
  fromServer: WholeAnswer,
): void => {
  if (fault === 'timeout') onSilence?.()
  else if (fault === 'reset') response.socket?.resetAndDestroy()
  else if (fault === 'truncated') sendTruncated(response, fromServer)
  else sendError(response, dialect, fault)
}

const fail =
  ({ target, ...how }: FaultsOptions) =>
  async (
    { fault, moment }: Rule,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    if (moment === 'before') {
      // Taken in full, or a client in the middle of an upload would not come to read the answer.
      await wholeBody(request)
      return answerWith({ fault, ...how }, response, nothingFromServer)
    }
    answerWith({ fault, ...how }, response, await wholeAnswer(target, request))
  }

/**
 * Starts a server on loopback that hands requests on to `target`, with their Host header, and fails those that it
 * is told to, in the words of the service that it stands for.
 */
export const startFaults = async (options: FaultsOptions): Promise<Faults> => {
  const requests: FaultyRequest[] = []
  let rules: ReadonlyArray<Rule> = []
  const failWith = fail(options)
  const server = createServer((request, response) => {
    const asked = { method: request.method ?? '', path: request.url ?? '' }
    const n = requests.length + 1
    const rule = rules.find(({ isMeant }) => isMeant(n)(asked))
    requests.push({ ...asked, ...(rule && { fault: rule.fault }) })
    const answered =
      rule === undefined
        ? relay(options.target, request, response)
        : failWith(rule, request, response)
    answered.catch(() => response.destroy())
  })
  const { port, stop } = await listenOnLoopback(server)
  const add = (rule: Rule): void => {
    rules = [...rules, rule]
  }
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    failNth: (n, fault, moment) => {
      const nth = requests.length + n
      add({ fault, moment, isMeant: (number) => () => number === nth })
    },
    failAll: (fault, moment, isMeant = always) => add({ fault, moment, isMeant: () => isMeant }),
    heal: () => {
      rules = []
    },
    requests: () => [...requests],
    stop,
  }
}
