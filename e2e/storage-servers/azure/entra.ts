import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { sendJson } from '../front/send-json'
import { wholeBody } from '../front/upstream'

/** An identity that a program may show itself with. */
export type ServicePrincipal = Readonly<{
  tenantId: string
  clientId: string
  clientSecret: string
}>

/** Microsoft Entra ID: gives tokens to one service principal, for its secret or for a token of the cluster's. */
export type Entra = Readonly<{
  principal: ServicePrincipal
  /** A token such as a ServiceAccount has, in the form that the principal's federated credential asks for. */
  federatedToken: () => string
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Whether a request carries a token that was given for an audience and still holds. */
  isAuthorized: (request: IncomingMessage, audience: RegExp) => boolean
  /** Makes a token as if it had been asked for. */
  tokenFor: (audience: string) => string
}>

const host = 'https://login.microsoftonline.com'
const federatedAudience = 'api://AzureADTokenExchange'
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

type Claims = Readonly<Record<string, unknown>>

const part = (value: Claims): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token whose signature nobody here looks at. */
const jwt = (claims: Claims): string =>
  [part({ typ: 'JWT', alg: 'RS256' }), part(claims), randomBytes(32).toString('base64url')].join(
    '.',
  )

const claimsOf = (token: string): Claims => {
  try {
    const [, claims = ''] = token.split('.')
    return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Claims
  } catch {
    return {}
  }
}

const now = (): number => Math.floor(Date.now() / 1000)

type Refusal = Readonly<{ status: number; error: string; description: string }>

const refusal = (status: number, error: string, description: string): Refusal => ({
  status,
  error,
  description,
})

const holds = ({ aud, exp }: Claims, audience: string): boolean =>
  [aud].flat().includes(audience) && Number(exp) > now()

const problemOfProof = (
  sent: URLSearchParams,
  { clientSecret }: ServicePrincipal,
): Refusal | undefined => {
  const assertion = sent.get('client_assertion')
  if (assertion === null)
    return sent.get('client_secret') === clientSecret
      ? undefined
      : refusal(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.')
  if (sent.get('client_assertion_type') !== assertionType)
    return refusal(400, 'invalid_request', 'AADSTS90014: The required field is missing.')
  return holds(claimsOf(assertion), federatedAudience)
    ? undefined
    : refusal(401, 'invalid_client', 'AADSTS700211: No matching federated identity record found.')
}

const problemOf = (
  sent: URLSearchParams,
  path: string,
  principal: ServicePrincipal,
): Refusal | undefined => {
  const { tenantId, clientId } = principal
  if (path !== `/${tenantId}/oauth2/v2.0/token`)
    return refusal(400, 'invalid_request', 'AADSTS90002: Tenant not found.')
  if (sent.get('grant_type') !== 'client_credentials')
    return refusal(400, 'unsupported_grant_type', 'AADSTS70003: The grant type is not supported.')
  if (sent.get('client_id') !== clientId)
    return refusal(400, 'unauthorized_client', 'AADSTS700016: Application was not found.')
  if (
    sent
      .get('scope')
      ?.split(' ')
      .some((scope) => scope.endsWith('/.default')) !== true
  )
    return refusal(400, 'invalid_scope', 'AADSTS1002012: The scope is not valid.')
  return problemOfProof(sent, principal)
}

const audienceOf = (sent: URLSearchParams): string => {
  const scopes = (sent.get('scope') ?? '').split(' ')
  return scopes.find((scope) => scope.endsWith('/.default'))?.replace(/\/\.default$/, '') ?? ''
}

/** What a client asks for before it asks for a token: where that is to be had. */
const configuration = (tenantId: string): Claims => ({
  token_endpoint: `${host}/${tenantId}/oauth2/v2.0/token`,
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
  jwks_uri: `${host}/${tenantId}/discovery/v2.0/keys`,
  issuer: `${host}/${tenantId}/v2.0`,
  authorization_endpoint: `${host}/${tenantId}/oauth2/v2.0/authorize`,
  end_session_endpoint: `${host}/${tenantId}/oauth2/v2.0/logout`,
})

/** Which of Entra's hosts are the same one. */
const instances = (tenantId: string): Claims => ({
  tenant_discovery_endpoint: `${host}/${tenantId}/v2.0/.well-known/openid-configuration`,
  'api-version': '1.1',
  metadata: [
    {
      preferred_network: 'login.microsoftonline.com',
      preferred_cache: 'login.windows.net',
      aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com'],
    },
  ],
})

/** An Entra ID with one tenant and one principal in it; its tokens hold for `lifeSeconds`. */
export const entra = (lifeSeconds: number): Entra => {
  const principal: ServicePrincipal = {
    tenantId: randomUUID(),
    clientId: randomUUID(),
    clientSecret: randomBytes(16).toString('base64url'),
  }
  const { tenantId, clientId } = principal
  const given = new Set<string>()
  const tokenFor = (aud: string): string => {
    const times = { iat: now(), nbf: now() - 60, exp: now() + lifeSeconds }
    const iss = `https://sts.windows.net/${tenantId}/`
    const token = jwt({ aud, iss, ...times, appid: clientId, oid: clientId, tid: tenantId })
    given.add(token)
    return token
  }
  const answerToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent = new URLSearchParams((await wholeBody(request)).toString('utf8'))
    const { pathname } = new URL(request.url ?? '/', host)
    const problem = problemOf(sent, pathname, principal)
    if (problem !== undefined) {
      const { status, error, description } = problem
      return sendJson(response, status, { error, error_description: description, error_codes: [] })
    }
    const times = { expires_in: lifeSeconds, ext_expires_in: lifeSeconds }
    const access_token = tokenFor(audienceOf(sent))
    sendJson(response, 200, { token_type: 'Bearer', ...times, access_token })
  }
  return {
    principal,
    federatedToken: () =>
      jwt({
        aud: [federatedAudience],
        iss: 'https://issuer.example.com',
        sub: 'system:serviceaccount:openshift-image-registry:cluster-image-registry-operator',
        exp: now() + 3600,
      }),
    answer: async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', host)
      if (request.method === 'POST') return answerToken(request, response)
      if (pathname === '/common/discovery/instance')
        return sendJson(response, 200, instances(tenantId))
      if (pathname === `/${tenantId}/v2.0/.well-known/openid-configuration`)
        return sendJson(response, 200, configuration(tenantId))
      sendJson(response, 404, { error: 'not_found' })
    },
    isAuthorized: (request, audience) => {
      const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
      const { aud, exp } = claimsOf(token)
      return given.has(token) && audience.test(String(aud)) && Number(exp) > now()
    },
    tokenFor,
  }
}
