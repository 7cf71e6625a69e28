import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
  verify,
} from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { sendJson } from '../front/send-json'
import { wholeBody } from '../front/upstream'

/** A service account's key, as Google hands it out: the text of a JSON file. */
export type ServiceAccountKey = string

/** Who may come in: keys that were made here, and tokens that were given for them. */
export type GoogleTokens = Readonly<{
  /** Makes a key of a service account that the token endpoint knows. */
  serviceAccountKey: (projectId: string) => ServiceAccountKey
  /** Answers `POST /token` of oauth2.googleapis.com. */
  answerToken: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Answers `POST /v1/token` of sts.googleapis.com, to whoever has a token of another issuer. */
  answerExchange: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Whether a request carries a token that still holds. */
  isAuthorized: (request: IncomingMessage) => boolean
}>

const tokenUrl = 'https://oauth2.googleapis.com/token'
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange'
const longestLifeSeconds = 3600

type Claims = Readonly<Record<string, unknown>>

const decoded = (part: string): Claims => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Claims
  } catch {
    return {}
  }
}

type Assertion = Readonly<{ signed: string; signature: string; head: Claims; claims: Claims }>

const assertionFrom = (text: string): Assertion => {
  const [head = '', body = '', signature = ''] = text.split('.')
  return { signed: `${head}.${body}`, signature, head: decoded(head), claims: decoded(body) }
}

const isSignedWith = (key: KeyObject, { signed, signature }: Assertion): boolean =>
  verify('sha256', Buffer.from(signed), key, Buffer.from(signature, 'base64url'))

const isShortLived = ({ iat, exp }: Claims): boolean =>
  Number(exp) > Date.now() / 1000 && Number(exp) - Number(iat) <= longestLifeSeconds

/** What is wrong with an assertion of RFC 7523, as Google words it; undefined if nothing. */
const problemOf = (text: string, keys: ReadonlyMap<string, KeyObject>): string | undefined => {
  const assertion = assertionFrom(text)
  const { head, claims } = assertion
  const key = keys.get(String(claims['iss']))
  if (head['alg'] !== 'RS256') return 'Invalid JWT: Failed to parse.'
  if (claims['aud'] !== tokenUrl) return 'Invalid JWT: Failed audience check.'
  if (!claims['scope']) return 'Invalid OAuth scope or ID token audience provided.'
  if (!isShortLived(claims))
    return 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.'
  if (key === undefined) return 'Invalid grant: account not found'
  return isSignedWith(key, assertion) ? undefined : 'Invalid JWT Signature.'
}

const refuse = (response: ServerResponse, description: string): void =>
  sendJson(response, 400, { error: 'invalid_grant', error_description: description })

/** Of a body in either of the forms that clients send. */
const fields = async (request: IncomingMessage): Promise<ReadonlyMap<string, string>> => {
  const text = (await wholeBody(request)).toString('utf8')
  return new Map(
    text.startsWith('{')
      ? Object.entries(JSON.parse(text) as Record<string, string>)
      : new URLSearchParams(text).entries(),
  )
}

const madeKey = (projectId: string): Readonly<{ email: string; text: string; key: KeyObject }> => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const id = randomBytes(4).toString('hex')
  const email = `registry-${id}@${projectId}.iam.gserviceaccount.com`
  const text = JSON.stringify({
    type: 'service_account',
    project_id: projectId,
    private_key_id: id,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: email,
    client_id: '100000000000000000000',
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: tokenUrl,
    universe_domain: 'googleapis.com',
  })
  return { email, text, key: createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })) }
}

/** Signatures in the query stand for a token, in links that somebody with a key made. */
const isSignedLink = ({ url = '' }: IncomingMessage): boolean =>
  /[?&](X-Goog-)?Signature=/.test(url)

/** Gives tokens that hold for `lifeSeconds` to whoever shows an assertion signed with a key that was made here. */
export const googleTokens = (lifeSeconds: number): GoogleTokens => {
  const keys = new Map<string, KeyObject>()
  const endOf = new Map<string, number>()
  const give = (response: ServerResponse, more: Claims = {}): void => {
    const token = `ya29.${randomBytes(16).toString('hex')}`
    endOf.set(token, Date.now() + lifeSeconds * 1000)
    sendJson(response, 200, {
      access_token: token,
      expires_in: lifeSeconds,
      token_type: 'Bearer',
      ...more,
    })
  }
  return {
    serviceAccountKey: (projectId) => {
      const { email, text, key } = madeKey(projectId)
      keys.set(email, key)
      return text
    },
    answerToken: async (request, response) => {
      const sent = await fields(request)
      if (sent.get('grant_type') !== jwtBearer)
        return sendJson(response, 400, { error: 'unsupported_grant_type' })
      const problem = problemOf(sent.get('assertion') ?? '', keys)
      if (problem === undefined) give(response)
      else refuse(response, problem)
    },
    answerExchange: async (request, response) => {
      const sent = await fields(request)
      const isRight =
        sent.get('grant_type') === tokenExchange &&
        sent.get('audience')?.startsWith('//iam.googleapis.com/') === true &&
        sent.get('subject_token')?.split('.').length === 3
      if (isRight)
        give(response, { issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' })
      else refuse(response, 'The token to be exchanged is not one.')
    },
    isAuthorized: (request) => {
      const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
      return (endOf.get(token) ?? 0) > Date.now() || isSignedLink(request)
    },
  }
}
