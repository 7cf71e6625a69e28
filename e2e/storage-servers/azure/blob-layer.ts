import type { IncomingMessage, ServerResponse } from 'node:http'

import { relay, type Upstream } from '../front/upstream'
import type { Resource } from './arm/resources'

/** What the layer asks about an account; undefined if there is none of the name. */
export type AccountLookup = (name: string) => Resource | undefined

/** Answers requests for blobs, or hands them on. */
export type BlobLayer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

type StorageError = Readonly<{ status: number; code: string; message: string }>

const sendError = (response: ServerResponse, { status, code, message }: StorageError): void => {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
  const headers = { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, 'x-ms-error-code': code }).end(body)
}

const keysNotPermitted: StorageError = {
  status: 403,
  code: 'KeyBasedAuthenticationNotPermitted',
  message: 'Key based authentication is not permitted on this storage account.',
}

const beingDeleted: StorageError = {
  status: 409,
  code: 'ContainerBeingDeleted',
  message: 'The specified container is being deleted. Try operation later.',
}

/** By a signature of a whole request or of a link; links with `skoid` are signed with what a token was given for. */
const usesKey = ({ headers, url = '' }: IncomingMessage): boolean =>
  headers.authorization?.startsWith('SharedKey') === true ||
  (/[?&]sig=/.test(url) && !/[?&]skoid=/.test(url))

/** Whether a request is about a container itself. */
const isAboutContainer = ({ url = '' }: IncomingMessage): boolean =>
  /^\/[^/?]+\?(.*&)?restype=container(&|$)/.test(url) && !/[?&]comp=/.test(url)

/** Names of containers that were deleted, and until when they are taken. */
type Held = Map<string, number>

const problemOf = (
  request: IncomingMessage,
  { properties }: Resource,
  isHeld: boolean,
): StorageError | undefined => {
  if (properties['allowSharedKeyAccess'] === false && usesKey(request)) return keysNotPermitted
  return isHeld && isAboutContainer(request) && request.method === 'PUT' ? beingDeleted : undefined
}

const wasDeleted = (request: IncomingMessage, status: number): boolean =>
  isAboutContainer(request) && request.method === 'DELETE' && status === 202

const accountAskedFor = ({ headers }: IncomingMessage): string => headers.host?.split('.')[0] ?? ''

const containerAskedFor = ({ headers, url }: IncomingMessage): string =>
  `${headers.host}${url?.split('?')[0]}`

/**
 * Stands before Azurite and does what Azurite leaves out: an account that does not exist answers nobody (its name
 * would not resolve), one without shared keys takes none, and a container that was deleted keeps its name for a while.
 */
export const blobLayer = (
  azurite: Upstream,
  accountNamed: AccountLookup,
  containerHeldMs: number,
): BlobLayer => {
  const held: Held = new Map()
  return async (request, response) => {
    const account = accountNamed(accountAskedFor(request))
    if (account === undefined) return void response.destroy()
    const container = containerAskedFor(request)
    const problem = problemOf(request, account, (held.get(container) ?? 0) > Date.now())
    if (problem !== undefined) return sendError(response, problem)
    const status = await relay(azurite, request, response)
    if (wasDeleted(request, status)) held.set(container, Date.now() + containerHeldMs)
  }
}
