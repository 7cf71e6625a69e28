import { createHash, getFips } from 'node:crypto'

import type { S3 } from '@aws-sdk/client-s3'

import type { Agents } from '../agents'

export type {
  BucketLocationConstraint,
  LifecycleRule,
  PublicAccessBlockConfiguration,
  S3,
  ServerSideEncryptionRule,
  Tag,
} from '@aws-sdk/client-s3'

/** Who signs a request. `expiration`: from when on somebody else has to be asked for. */
export type S3Identity = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/** Where the service is, who asks, and how it is reached. */
export type S3ClientOptions = {
  readonly region: string
  /** URL with its scheme; empty: that of AWS for the region. */
  readonly endpoint: string
  readonly pathStyle: boolean
  readonly dualStack: boolean
  readonly agents: Agents
  readonly identity: () => Promise<S3Identity>
  /** What the product calls itself, with its version. */
  readonly userAgent: string
}

// Of the environment and of files in home directories the SDK shall not know: without each of these it would ask there.
const FROM_NOBODY_ELSE = {
  ignoreConfiguredEndpointUrls: true,
  useFipsEndpoint: false,
  useArnRegion: false,
  disableS3ExpressSessionAuth: true,
  disableMultiregionAccessPoints: true,
  authSchemePreference: ['aws.auth#sigv4'],
  sigv4aSigningRegionSet: [],
  defaultsMode: 'standard',
  retryMode: 'standard',
  userAgentAppId: '',
  // The caller repeats, waits and counts.
  maxAttempts: 1,
  // Many services that speak like S3 do not know the newer checksums.
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
} as const

type Sent = { readonly headers: { [name: string]: string }; readonly body?: unknown }

const isSent = (request: unknown): request is Sent =>
  typeof request === 'object' && request !== null && 'headers' in request

/** The checksum that S3 began with in place of the one that the SDK prefers: services other than AWS may know no other. */
const withContentMd5 = (request: Sent): void => {
  const newer = Object.keys(request.headers).filter((name) => /^x-amz-(sdk-)?checksum-/i.test(name))
  if (newer.length === 0 || typeof request.body !== 'string' || getFips() === 1) return
  newer.forEach((name) => Reflect.deleteProperty(request.headers, name))
  Reflect.set(
    request.headers,
    'content-md5',
    createHash('md5').update(request.body).digest('base64'),
  )
}

// In one text, the SDK would take the space and the slash for letters to be replaced.
const nameAndVersion = (product: string): [string, string] => {
  const [name = '', version = ''] = product.split('/')
  return [name, version]
}

/** A client of the SDK that knows nothing but what it is told here, and asks everything once. To be destroyed after use. */
export const s3Client = async (options: S3ClientOptions): Promise<S3> => {
  const sdk = await import('@aws-sdk/client-s3')
  const client = new sdk.S3({
    ...FROM_NOBODY_ELSE,
    authSchemePreference: [...FROM_NOBODY_ELSE.authSchemePreference],
    sigv4aSigningRegionSet: [],
    region: options.region,
    forcePathStyle: options.pathStyle,
    useDualstackEndpoint: options.dualStack,
    credentials: options.identity,
    customUserAgent: [['openshift.io'], nameAndVersion(options.userAgent)],
    requestHandler: { httpAgent: options.agents.http, httpsAgent: options.agents.https },
    ...(options.endpoint === '' ? {} : { endpoint: options.endpoint }),
  })
  if (options.endpoint !== '')
    client.middlewareStack.add(
      (next) => (args) => {
        if (isSent(args.request)) withContentMd5(args.request)
        return next(args)
      },
      { name: 'contentMd5', step: 'build', priority: 'low' },
    )
  return client
}
