import type { IbmAccount } from './ibm-account'
import { type IbmAnswer, iamError } from './ibm-answer'

/** The tokens of IAM: who gets one, and which are still good. */
export type IamTokens = Readonly<{
  /** Answers what is posted to `/identity/token`. */
  give: (form: string) => IbmAnswer
  isGood: (authorization: string) => boolean
  /** All that were given so far are no good any more. */
  expire: () => void
  /** How many were given. */
  given: () => number
}>

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')

const jsonWebToken = ({ id, iamId }: IbmAccount, serial: number): string => {
  const issuedAt = Math.floor(Date.now() / 1000)
  const claims = {
    iam_id: iamId,
    id: iamId,
    jti: `token-${serial}`,
    account: { valid: true, bss: id, frozen: true },
    iat: issuedAt,
    exp: issuedAt + 3600,
    iss: 'https://iam.cloud.ibm.com/identity',
    grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
    scope: 'ibm openid',
  }
  return `${encoded({ kid: '1', alg: 'RS256' })}.${encoded(claims)}.${encoded(`${serial}`)}`
}

const GRANT = 'urn:ibm:params:oauth:grant-type:apikey'

export const iamTokens = (account: IbmAccount): IamTokens => {
  const good = new Set<string>()
  let serial = 0
  return {
    give: (form) => {
      const asked = new URLSearchParams(form)
      if (asked.get('grant_type') !== GRANT)
        return iamError(400, 'BXNIM0107E', 'Property missing or empty: grant_type')
      if ((asked.get('apikey') ?? '') === '')
        return iamError(400, 'BXNIM0109E', 'Property missing or empty: apikey')
      if (asked.get('apikey') !== account.apiKey)
        return iamError(400, 'BXNIM0415E', 'Provided API key could not be found.')
      serial += 1
      const token = jsonWebToken(account, serial)
      good.add(`Bearer ${token}`)
      return {
        status: 200,
        body: {
          access_token: token,
          refresh_token: 'not_supported',
          token_type: 'Bearer',
          expires_in: 3600,
          expiration: Math.floor(Date.now() / 1000) + 3600,
          scope: 'ibm openid',
        },
      }
    },
    isGood: (authorization) => good.has(authorization),
    expire: () => good.clear(),
    given: () => serial,
  }
}
