import type { Agents } from '../agents'
import type { S3Identity } from '../s3-compatible/s3-client'

/** Whose role is assumed, and where. */
export type AssumeRoleOptions = {
  readonly roleArn: string
  readonly sessionName: string
  readonly region: string
  /** URL with its scheme; empty: that of AWS for the region. */
  readonly endpoint: string
  readonly isGlobal: boolean
  readonly agents: Agents
}

// Where the SDK would look without each of these, nobody has told it to.
const FROM_NOBODY_ELSE = {
  ignoreConfiguredEndpointUrls: true,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  defaultsMode: 'standard',
  retryMode: 'standard',
  userAgentAppId: '',
  maxAttempts: 1,
} as const

/** Shows a token, and is given keys that are good for a while. The request is not signed: the token is all it takes. Closes the agents. */
export const assumeRole = async (
  options: AssumeRoleOptions,
  token: string,
  abortSignal: AbortSignal,
): Promise<S3Identity> => {
  const sdk = await import('@aws-sdk/client-sts')
  const client = new sdk.STS({
    ...FROM_NOBODY_ELSE,
    authSchemePreference: ['smithy.api#noAuth'],
    sigv4aSigningRegionSet: [],
    region: options.region,
    useGlobalEndpoint: options.isGlobal,
    requestHandler: { httpAgent: options.agents.http, httpsAgent: options.agents.https },
    ...(options.endpoint === '' ? {} : { endpoint: options.endpoint }),
  })
  const answer = client.assumeRoleWithWebIdentity(
    {
      RoleArn: options.roleArn,
      RoleSessionName: options.sessionName,
      WebIdentityToken: token,
    },
    { abortSignal },
  )
  const { Credentials } = await answer.finally(() => {
    client.destroy()
    options.agents.http.destroy()
    options.agents.https.destroy()
  })
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    ...(Credentials?.SessionToken === undefined ? {} : { sessionToken: Credentials.SessionToken }),
    ...(Credentials?.Expiration === undefined ? {} : { expiration: Credentials.Expiration }),
  }
}
