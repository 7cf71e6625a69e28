import { Agent as HttpAgent, type AgentOptions } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { getCACertificates } from 'node:tls'

import type { StorageTarget } from '@image-registry-operator/render/model'

import { isInNoProxyNetwork } from './no-proxy'

/** How a host is connected to: by which proxy, and whom to trust. Connections are kept. */
export type Agents = { readonly http: HttpAgent; readonly https: HttpsAgent }

type Reach = Pick<StorageTarget, 'authorities' | 'proxy'>

const proxyEnv = (host: string, { proxy }: Reach): AgentOptions =>
  isInNoProxyNetwork(host, proxy.noProxy)
    ? {}
    : {
        proxyEnv: { HTTP_PROXY: proxy.http, HTTPS_PROXY: proxy.https, NO_PROXY: proxy.noProxy },
      }

// What is given takes the place of the usual ones.
const trusted = ({ authorities: { pem, isOnly } }: Reach): { readonly ca?: string[] } =>
  pem === '' ? {} : { ca: isOnly ? [pem] : [...getCACertificates('default'), pem] }

/** The agents for the host of a service. A name that is no address may also stand for the hosts below it. */
export const agents = (reach: Reach, host: string): Agents => {
  const options = { keepAlive: true, ...proxyEnv(host, reach) }
  return { http: new HttpAgent(options), https: new HttpsAgent({ ...options, ...trusted(reach) }) }
}
