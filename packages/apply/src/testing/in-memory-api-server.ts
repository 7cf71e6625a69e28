import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import * as O from 'fp-ts/Option'

import {
  isJsonObject,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { parseJson } from '../parse-json'
import { refusedAnswer, selectionOf, type ApiAnswer, type ApiRequest } from './api-answer'
import {
  answerOther,
  isWatch,
  loaded,
  verbOf,
  watchParameters,
  type RequestVerb,
} from './api-request'
import { routeOf, type Route } from './api-route'
import { answerWatch, watchRefusal, type WatchSettings } from './api-watch'
import { objectDatabase } from './object-database'
import { badRequest, nothingThere, statusOf, type Refusal } from './refusal'

/** One request that the server has answered; a watch counts when it is opened. */
export type RequestLogEntry = {
  readonly verb: RequestVerb
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly userAgent: string
  readonly code: number
  /** Milliseconds since 1970. */
  readonly time: number
}

/** What a test may do to a request instead of having it answered. */
export type Fault =
  | {
      readonly _tag: 'Answer'
      readonly code: number
      readonly body?: JsonObject
      readonly headers?: { readonly [name: string]: string }
    }
  /** The connection is cut before anything is done. */
  | { readonly _tag: 'CutBefore' }
  /** The request is carried out, and the connection cut instead of an answer. */
  | { readonly _tag: 'CutAfter' }

export type InMemoryApiServerOptions = {
  /** Whether lists can be streamed (1.34 and later, by default); true if not given. */
  readonly streamingLists?: boolean
  /** A minute if not given, as the real one. */
  readonly bookmarkMs?: number
  /** Objects that are there from the beginning, in an order in which they can be created. */
  readonly objects?: ReadonlyArray<KubeObject>
  readonly port?: number
}

export type InMemoryApiServer = {
  readonly url: string
  readonly requests: () => ReadonlyArray<RequestLogEntry>
  /** Everything that is stored. */
  readonly objects: () => ReadonlyArray<KubeObject>
  /** Writes an object with its status as if others had, unseen by `requests`. Returns the refusal, if any. */
  readonly load: (object: KubeObject, manager?: string) => Refusal | undefined
  /** Forgets the past: whoever resumes a watch from before gets 410. */
  readonly compact: () => void
  /** Cuts all watches. */
  readonly cutWatches: () => void
  /** Decides on each request whether something goes wrong with it. */
  readonly setFault: (fault: (entry: Omit<RequestLogEntry, 'code'>) => Fault | undefined) => void
  readonly close: () => Promise<void>
}

const MINUTE_MS = 60_000

const bodyFrom = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Array<Buffer> = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })

const sendAnswer = (response: ServerResponse, { code, body }: ApiAnswer, headers = {}): void => {
  response.writeHead(code, { 'Content-Type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/**
 * An API server in memory, on loopback, without authentication: the part of Kubernetes that the operator
 * uses, for tests that take milliseconds. `apiServerContract` says what that part is, and holds it against
 * a real API server. Not there: admission, rules in CEL, controllers (but for the garbage collector), quotas, YAML.
 */
export const startInMemoryApiServer = async ({
  streamingLists = true,
  bookmarkMs = MINUTE_MS,
  objects = [],
  port = 0,
}: InMemoryApiServerOptions = {}): Promise<InMemoryApiServer> => {
  const database = objectDatabase()
  const settings: WatchSettings = { streamingLists, bookmarkMs }
  const watches = new Set<ServerResponse>()
  const log: Array<RequestLogEntry> = []
  let fault: (entry: Omit<RequestLogEntry, 'code'>) => Fault | undefined = () => undefined

  const watch = (
    route: Extract<Route, { readonly _tag: 'Objects' }>,
    request: ApiRequest,
    response: ServerResponse,
  ): number => {
    const parameters = watchParameters(request.query)
    const selection = selectionOf(route, request)
    const refusal = '_tag' in selection ? selection : watchRefusal(parameters, settings)
    if (refusal !== undefined || '_tag' in selection) {
      const answer = refusedAnswer(refusal ?? badRequest('no such watch'))
      sendAnswer(response, answer)
      return answer.code
    }
    watches.add(response)
    response.on('close', () => watches.delete(response))
    answerWatch({ database, response, settings }, selection, parameters)
    return 200
  }

  const answer = (
    route: Route,
    path: string,
    request: ApiRequest,
    response: ServerResponse,
  ): number => {
    if (route._tag === 'Objects' && request.method === 'GET' && isWatch(request.query))
      return watch(route, request, response)
    const result = answerOther(database, route, path, request)
    sendAnswer(response, result)
    return result.code
  }

  const suffer = (harm: Fault, carryOut: () => void, response: ServerResponse): number => {
    if (harm._tag === 'Answer') {
      sendAnswer(
        response,
        {
          code: harm.code,
          body:
            harm.body ??
            statusOf({
              ...nothingThere,
              code: harm.code,
              reason: '',
              message: 'a fault of the test',
            }),
        },
        harm.headers,
      )
      return harm.code
    }
    if (harm._tag === 'CutAfter') carryOut()
    response.destroy()
    return 0
  }

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(message.url ?? '/', 'http://server')
    const request: ApiRequest = {
      method: message.method ?? 'GET',
      query: url.searchParams,
      contentType: message.headers['content-type'] ?? '',
      accept: message.headers.accept ?? '',
      userAgent: message.headers['user-agent'] ?? '',
      // We send JSON only, also where YAML is allowed.
      body: O.toUndefined(parseJson(await bodyFrom(message))),
    }
    const route = routeOf(database.resources(), url.pathname)
    const entry = {
      verb: verbOf(route, request),
      method: request.method,
      path: message.url ?? '/',
      userAgent: request.userAgent,
      time: Date.now(),
    }
    const path = route._tag === 'Discovery' ? route.path : url.pathname
    const harm = fault(entry)
    const code =
      harm === undefined
        ? answer(route, path, request, response)
        : suffer(harm, () => answerOther(database, route, path, request), response)
    log.push({ ...entry, code })
  }

  const server = createServer((message, response) => void handle(message, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  const actualPort = isJsonObject(address) ? Number(address['port']) : port
  objects.forEach((object) => loaded(database, object, 'test'))

  return {
    url: `http://127.0.0.1:${actualPort}`,
    requests: () => [...log],
    objects: () => database.everything().map(([, object]) => object),
    load: (object, manager = 'test') => loaded(database, object, manager),
    compact: database.compact,
    cutWatches: () => watches.forEach((response) => response.destroy()),
    setFault: (next) => {
      fault = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
