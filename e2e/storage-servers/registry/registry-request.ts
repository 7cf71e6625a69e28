import { type IncomingHttpHeaders, request } from 'node:http'
import { request as requestOverTls } from 'node:https'

/** How to reach a registry. */
export type RegistryAccess = Readonly<{
  url: string
  /** PEM of whoever signed its certificate, and of whoever signed that of the storage it redirects to. */
  authorities: string | undefined
  /** The name that its certificate is for, where it is reached at another. */
  serverName?: string
  /** Who asks; nobody if not given. Whoever it redirects to does not hear of it. */
  user?: Readonly<{ name: string; password: string }>
}>

/** A request to a registry; a path begins with `/v2/`, a URL is one that it gave. */
export type RegistryRequest = Readonly<{
  method: string
  url: string
  headers?: Readonly<Record<string, string>>
  body?: Uint8Array
}>

/** What came back, read to its end. */
export type RegistryAnswer = Readonly<{
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}>

/** The headers by which a registry knows who asks. */
export const registryHeaders = ({ user }: RegistryAccess): Readonly<Record<string, string>> => {
  if (user === undefined) return {}
  const encoded = Buffer.from(`${user.name}:${user.password}`).toString('base64')
  return { authorization: `Basic ${encoded}` }
}

/** What only the registry itself is told, and expected to be. */
const ofItsOwn = (
  registry: RegistryAccess,
  target: URL,
): Readonly<{ headers: Readonly<Record<string, string>>; servername?: string }> => {
  if (target.origin !== new URL(registry.url).origin) return { headers: {} }
  const { serverName } = registry
  const headers = registryHeaders(registry)
  return serverName === undefined ? { headers } : { headers, servername: serverName }
}

const send = (
  registry: RegistryAccess,
  { method, url: asked, headers = {}, body }: RegistryRequest,
): Promise<RegistryAnswer> =>
  new Promise((resolve, reject) => {
    const target = new URL(asked, registry.url)
    const { headers: own, ...tls } = ofItsOwn(registry, target)
    const length = body === undefined ? {} : { 'content-length': `${body.length}` }
    const options = { method, headers: { ...own, ...headers, ...length }, agent: false }
    const sent =
      target.protocol === 'https:'
        ? requestOverTls(target, { ...options, ...tls, ca: registry.authorities })
        : request(target, options)
    sent.on('error', reject)
    sent.on('response', (response) => {
      const chunks: Array<Buffer> = []
      response.on('error', reject)
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
    sent.end(body)
  })

/** Asks a registry, and whoever it redirects to. */
export const askRegistry = async (
  registry: RegistryAccess,
  asked: RegistryRequest,
): Promise<RegistryAnswer> => {
  const answer = await send(registry, asked)
  const { location } = answer.headers
  return answer.status === 307 && location !== undefined
    ? send(registry, { ...asked, url: location })
    : answer
}

/** The same, where any other status than this one is a failure. */
export const demandOfRegistry = async (
  registry: RegistryAccess,
  asked: RegistryRequest,
  status: number,
): Promise<RegistryAnswer> => {
  const answer = await askRegistry(registry, asked)
  if (answer.status === status) return answer
  const text = answer.body.toString('utf8', 0, 500)
  throw new Error(`${asked.method} ${asked.url}: ${answer.status} instead of ${status}: ${text}`)
}
