import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import type { HostRoutes } from '../front/host-routes'
import { plainHost } from '../front/host-routes'
import { parsedRecord } from '../front/json-shape'
import { listenOnLoopback } from '../front/loopback-server'
import { wholeBody } from '../front/upstream'
import type { S3Access } from '../s3/s3-server'
import { answerCos } from './cos-gateway'
import { iamTokens, type IamTokens } from './iam-tokens'
import { type IbmAccount, ibmAccount } from './ibm-account'
import { type IbmAnswer, rcError, send } from './ibm-answer'
import type { IbmManners } from './ibm-manners'
import { answerResourceController } from './resource-controller'
import { answerResourceManager } from './resource-manager'

/** IBM Cloud on loopback: tokens, resource groups, instances and keys of its object storage, and the buckets. */
export type IbmCloud = Readonly<{
  /** One port for all of its hosts; they are told apart by the Host header. */
  port: number
  /** Its hosts, for a front. */
  hosts: HostRoutes
  account: IbmAccount
  /** To be changed at will. */
  manners: IbmManners
  /** Methods and paths of what was asked of the management, in that order. */
  requests: () => ReadonlyArray<string>
  /** How many tokens were given. */
  tokensGiven: () => number
  /** All tokens are no good from now on. */
  expireTokens: () => void
  /** Does the next such request, and hangs up in place of an answer. */
  loseAnswer: (method: string, path: RegExp) => void
  stop: () => Promise<void>
}>

type Losing = Readonly<{ method: string; path: RegExp }>

const IAM = 'iam.cloud.ibm.com'
const MANAGEMENT = 'resource-controller.cloud.ibm.com'
const isCos = (host: string): boolean =>
  /^s3\..*\.cloud-object-storage\.appdomain\.cloud$/.test(host)

type Management = Readonly<{ account: IbmAccount; tokens: IamTokens; manners: IbmManners }>

const answerManagement = (
  { account, tokens, manners }: Management,
  { method = '', url = '/', headers }: IncomingMessage,
  body: Buffer,
): IbmAnswer => {
  if (plainHost(headers.host ?? '') === IAM)
    return method === 'POST' && url === '/identity/token'
      ? tokens.give(body.toString('utf8'))
      : { status: 404 }
  if (!tokens.isGood(headers.authorization ?? ''))
    return rcError(401, 'RC-Unauthorized', 'The token is not valid')
  const asked = new URL(url, `https://${MANAGEMENT}`)
  return asked.pathname.startsWith('/v2/resource_groups')
    ? answerResourceManager(account, method, asked)
    : answerResourceController(account, { method, url: asked, body: parsedRecord(body), manners })
}

const usualManners = (): IbmManners => ({
  pageSize: 100,
  looksUntilActive: 0,
  refusalsOfNewKeys: 0,
  refusesUnknownParameters: false,
  showsCredentials: true,
})

/** Starts it. The objects are in `s3`, a server of the S3 API; `hasTags`: whether buckets are given tags. */
export const startIbmCloud = async ({
  s3,
  hasTags = false,
}: Readonly<{ s3: S3Access; hasTags?: boolean }>): Promise<IbmCloud> => {
  const account = ibmAccount()
  const tokens = iamTokens(account)
  const manners = usualManners()
  const requests: string[] = []
  let losing: Losing | undefined
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '/' } = request
    if (isCos(plainHost(request.headers.host ?? '')))
      return answerCos({ account, tokens, s3, hasTags }, request, response)
    requests.push(`${method} ${url}`)
    const given = answerManagement({ account, tokens, manners }, request, await wholeBody(request))
    if (losing?.method === method && losing.path.test(url)) {
      losing = undefined
      response.destroy()
      return
    }
    send(response, given)
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  const { port, stop } = await listenOnLoopback(server)
  const here = { port }
  return {
    port,
    hosts: {
      [IAM]: here,
      [MANAGEMENT]: here,
      '*.cloud-object-storage.appdomain.cloud': here,
    },
    account,
    manners,
    requests: () => [...requests],
    tokensGiven: tokens.given,
    expireTokens: tokens.expire,
    loseAnswer: (method, path) => {
      losing = { method, path }
    },
    stop,
  }
}
