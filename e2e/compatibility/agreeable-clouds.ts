import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import type { Simulation } from '../cluster/simulation'

/** Where the cases say that their storage is. */
const ports = { s3: 9453, swift: 9454, gcs: 9455 }

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const sendJson = (response: ServerResponse, code: number, body: unknown): void => {
  response.writeHead(code, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

const agree: Answer = (_request, response) => {
  response.writeHead(200, { 'Content-Length': 0 }).end()
}

/** Knows every bucket by its name. */
const answerGcs: Answer = ({ url = '' }, response) => {
  const [, name = 'none'] = /\/b\/([^/?]+)/.exec(url) ?? []
  sendJson(response, 200, { kind: 'storage#bucket', id: name, name, location: 'US-EAST1' })
}

const objectStore = {
  type: 'object-store',
  name: 'swift',
  id: 'swift',
  endpoints: [
    {
      interface: 'public',
      region: 'RegionOne',
      region_id: 'RegionOne',
      id: 'swift',
      url: `http://127.0.0.1:${ports.swift}/account`,
    },
  ],
}

const answerTokens: Answer = ({ url = '' }, response) => {
  // Whoever comes by this path is told of no object store.
  const catalog = url.startsWith('/without-swift') ? [] : [objectStore]
  response.setHeader('X-Subject-Token', 'not-a-token')
  sendJson(response, 201, { token: { expires_at: '2100-01-01T00:00:00.000000Z', catalog } })
}

const answerContainers = (): Answer => {
  const made = new Set<string>()
  return ({ url = '', method }, response) => {
    if (method === 'GET') return sendJson(response, 200, [])
    if (method === 'PUT') made.add(url)
    // Whoever makes up a name looks first whether it is free.
    const isFree = url.includes('-image-registry-') && !made.has(url)
    response.writeHead(isFree ? 404 : method === 'HEAD' ? 204 : 201).end()
  }
}

/** Identity and object store in one. */
const answerSwift = (): Answer => {
  const containers = answerContainers()
  return (request, response) =>
    request.url?.endsWith('/auth/tokens') === true
      ? answerTokens(request, response)
      : containers(request, response)
}

const listening = (port: number, answer: Answer): Promise<Simulation> => {
  const server = createServer((request, response) => {
    request.resume()
    answer(request, response)
  })
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve({ stop }))
  })
}

/**
 * Plays clouds that have every bucket and container but those that an operator has yet to make, and agree to
 * whatever is asked of them. They keep no content.
 *
 * S3 is at the regionEndpoint and Swift at the authURL that the cases name. An operator looks for GCS there if
 * its environment says so: STORAGE_EMULATOR_HOST=127.0.0.1:9455.
 */
export const startAgreeableClouds = async (): Promise<Simulation> => {
  const all = await Promise.all([
    listening(ports.s3, agree),
    listening(ports.swift, answerSwift()),
    listening(ports.gcs, answerGcs),
  ])
  return {
    stop: async () => {
      await Promise.all(all.map((simulation) => simulation.stop()))
    },
  }
}
