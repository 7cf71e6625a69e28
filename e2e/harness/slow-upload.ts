import { randomBytes } from 'node:crypto'
import { request } from 'node:https'

import { digestOf } from '../storage-servers/registry/image'
import {
  demandOfRegistry,
  type RegistryAccess,
  registryHeaders,
} from '../storage-servers/registry/registry-request'

const PIECE_EVERY_MS = 200
const PIECE_BYTES = 1_000

/** An upload of one layer under way, piece by piece. */
export type SlowUpload = Readonly<{
  /** Ends it, and commits the layer by way of another access; returns the digest that the registry has taken. */
  finish: (registry: RegistryAccess) => Promise<string>
  /** Breaks it off. */
  abandon: () => void
}>

type Sending = Readonly<{ location: Promise<string>; end: () => Buffer; abandon: () => void }>

const send = (registry: RegistryAccess, url: string): Sending => {
  const sent: Array<Buffer> = []
  const { url: base, authorities: ca, serverName: servername } = registry
  const headers = { ...registryHeaders(registry), 'content-type': 'application/octet-stream' }
  const outgoing = request(new URL(url, base), {
    method: 'PATCH',
    agent: false,
    ca,
    servername,
    headers,
  })
  const sendPiece = (): void => {
    const piece = randomBytes(PIECE_BYTES)
    sent.push(piece)
    outgoing.write(piece)
  }
  sendPiece()
  const timer = setInterval(sendPiece, PIECE_EVERY_MS)
  const location = new Promise<string>((resolve, reject) => {
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      response.resume()
      const { statusCode, headers: answered } = response
      if (statusCode === 202) resolve(answered.location ?? '')
      else reject(new Error(`PATCH ${url}: ${statusCode} instead of 202`))
    })
  }).finally(() => clearInterval(timer))
  // Whoever finishes the upload hears of it.
  location.catch(() => undefined)
  return {
    location,
    end: () => {
      clearInterval(timer)
      outgoing.end()
      return Buffer.concat(sent)
    },
    abandon: () => {
      clearInterval(timer)
      outgoing.destroy()
    },
  }
}

/** Begins to upload a layer, in one request that lasts until it is finished. */
export const startSlowUpload = async (
  registry: RegistryAccess,
  repository: string,
): Promise<SlowUpload> => {
  const url = `/v2/${repository}/blobs/uploads/`
  const { headers } = await demandOfRegistry(registry, { method: 'POST', url }, 202)
  const { location, end, abandon } = send(registry, headers.location ?? '')
  return {
    abandon,
    finish: async (other) => {
      const digest = digestOf(end())
      const last = new URL(await location, other.url)
      last.searchParams.set('digest', digest)
      const commit = {
        method: 'PUT',
        url: last.href.slice(last.origin.length),
        body: Buffer.alloc(0),
      }
      await demandOfRegistry(other, commit, 201)
      const blob = { method: 'GET', url: `/v2/${repository}/blobs/${digest}` }
      return digestOf((await demandOfRegistry(other, blob, 200)).body)
    },
  }
}
