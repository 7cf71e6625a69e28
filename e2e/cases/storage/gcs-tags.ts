import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import type { HostRoutes } from '../../storage-servers/front/host-routes'
import { listenOnLoopback } from '../../storage-servers/front/loopback-server'
import { sendJson } from '../../storage-servers/front/send-json'
import { wholeBody } from '../../storage-servers/front/upstream'

/**
 * The tags of buckets, as the Resource Manager of one region keeps them: tagBindings.create, operations.get and
 * effectiveTags.list of its REST API, v3. A binding takes two looks to be there.
 */
export type GcsTags = Readonly<{
  hosts: HostRoutes
  /** `parent/key/value` of what is bound to a bucket. */
  bound: (bucket: string) => ReadonlyArray<string>
  unbind: (bucket: string, tag: string) => void
  stop: () => Promise<void>
}>

export const TAGS_LOCATION = 'europe-west1'

const bucketResource = /^\/\/storage\.googleapis\.com\/projects\/_\/buckets\/([^/]+)$/
const namespaced = /^(\d+|[a-z][a-z0-9-]+)\/[^/]+\/[^/]+$/

type Binding = Readonly<{ bucket: string; tag: string }>

const bindingOf = (body: Buffer): Binding | undefined => {
  const sent = JSON.parse(body.toString('utf8')) as Readonly<Record<string, unknown>>
  const [, bucket] = bucketResource.exec(String(sent['parent'])) ?? []
  const tag = String(sent['tagValueNamespacedName'])
  const others = Object.keys(sent).length > 2
  return bucket === undefined || others || !namespaced.test(tag) ? undefined : { bucket, tag }
}

const sendStatus = (response: ServerResponse, code: number, status: string): void =>
  sendJson(response, code, { error: { code, status, message: `Made to fail: ${status}` } })

export const startGcsTags = async (): Promise<GcsTags> => {
  const tags = new Map<string, ReadonlyArray<string>>()
  const underWay = new Map<string, Binding & Readonly<{ looks: number }>>()
  const bound = (bucket: string): ReadonlyArray<string> => tags.get(bucket) ?? []

  const begin = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const binding = bindingOf(await wholeBody(request))
    if (binding === undefined) return sendStatus(response, 400, 'INVALID_ARGUMENT')
    if (bound(binding.bucket).includes(binding.tag))
      return sendStatus(response, 409, 'ALREADY_EXISTS')
    const name = `operations/rctb.${underWay.size + 1}`
    underWay.set(name, { ...binding, looks: 0 })
    sendJson(response, 200, { name })
  }

  const look = (name: string, response: ServerResponse): void => {
    const operation = underWay.get(name)
    if (operation === undefined) return sendStatus(response, 404, 'NOT_FOUND')
    const { bucket, tag, looks } = operation
    underWay.set(name, { bucket, tag, looks: looks + 1 })
    if (looks === 1) tags.set(bucket, [...bound(bucket), tag])
    sendJson(response, 200, looks === 0 ? { name } : { name, done: true, response: {} })
  }

  const list = (parent: string, response: ServerResponse): void => {
    const [, bucket] = bucketResource.exec(parent) ?? []
    if (bucket === undefined) return sendStatus(response, 400, 'INVALID_ARGUMENT')
    const effectiveTags = bound(bucket).map((namespacedTagValue) => ({ namespacedTagValue }))
    sendJson(response, 200, { effectiveTags })
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(`http://tags${request.url}`)
    const asked = `${request.method} ${pathname}`
    if (!request.headers.authorization?.startsWith('Bearer '))
      sendStatus(response, 401, 'UNAUTHENTICATED')
    else if (asked === 'POST /v3/tagBindings') await begin(request, response)
    else if (asked.startsWith('GET /v3/operations/')) look(asked.slice('GET /v3/'.length), response)
    else if (asked === 'GET /v3/effectiveTags') list(searchParams.get('parent') ?? '', response)
    else sendStatus(response, 404, 'NOT_FOUND')
  }

  const { port, stop } = await listenOnLoopback(
    createServer((request, response) => {
      answer(request, response).catch(() => response.destroy())
    }),
  )
  return {
    hosts: { [`${TAGS_LOCATION}-cloudresourcemanager.googleapis.com`]: { port } },
    bound,
    unbind: (bucket, tag) => {
      tags.set(
        bucket,
        bound(bucket).filter((one) => one !== tag),
      )
    },
    stop,
  }
}
