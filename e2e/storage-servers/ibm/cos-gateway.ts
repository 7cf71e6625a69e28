import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http'

import { wholeBody } from '../front/upstream'
import type { S3Access } from '../s3/s3-server'
import { awsSignature, signatureParts } from './aws-signature'
import type { IamTokens } from './iam-tokens'
import { type IbmAccount, isNamedBy } from './ibm-account'

/** The object storage itself: who may do what, before a server of the S3 API that knows one user only. */
export type CosGateway = Readonly<{
  account: IbmAccount
  tokens: IamTokens
  s3: S3Access
  /** Whether buckets have tags. IBM's own have not; a store of IBM's on other premises may. */
  hasTags: boolean
}>

type Admitted = Readonly<{ instanceCrn: string }>
type Refusal = Readonly<{ status: number; code: string; message: string }>

const fail = (response: ServerResponse, { status, code, message }: Refusal): void => {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
  response.writeHead(status, { 'Content-Type': 'application/xml' }).end(body)
}

const headersOf = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const bySignature = ({ account }: CosGateway, request: IncomingMessage): Admitted | Refusal => {
  const headers = headersOf(request)
  const parts = signatureParts(headers['authorization'] ?? '')
  const key = account.keys.find(
    ({ hmac, state }) => state === 'active' && hmac?.id === parts?.accessKey,
  )
  const unknown = { status: 403, code: 'InvalidAccessKeyId', message: 'There is no such key' }
  if (parts === undefined || key?.hmac === undefined) return unknown
  if (key.refusalsLeft > 0) {
    key.refusalsLeft -= 1
    return unknown
  }
  const { signedHeaders, region, signature } = parts
  const { method = '', url: path = '/' } = request
  const right = awsSignature(
    { method, path, headers, signedHeaders },
    { region, secretKey: key.hmac.secret },
  )
  return right === signature
    ? { instanceCrn: key.instanceCrn }
    : { status: 403, code: 'SignatureDoesNotMatch', message: 'The signature does not match' }
}

const admitted = (gateway: CosGateway, request: IncomingMessage): Admitted | Refusal => {
  const { authorization = '' } = request.headers
  if (!authorization.startsWith('Bearer ')) return bySignature(gateway, request)
  const instance = gateway.account.instances.find(
    isNamedBy(String(request.headers['ibm-service-instance-id'] ?? '')),
  )
  return gateway.tokens.isGood(authorization) && instance?.state === 'active'
    ? { instanceCrn: instance.crn }
    : { status: 403, code: 'AccessDenied', message: 'Access Denied' }
}

const bucketList = (names: ReadonlyArray<string>): string =>
  `<?xml version="1.0" encoding="UTF-8"?><ListAllMyBucketsResult><Owner><ID>0</ID></Owner><Buckets>${names
    .map(
      (name) =>
        `<Bucket><Name>${name}</Name><CreationDate>2024-01-01T00:00:00Z</CreationDate></Bucket>`,
    )
    .join('')}</Buckets></ListAllMyBucketsResult>`

type Answered = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  body: Buffer
}>

/** What of a request says which bytes are meant, besides its path. */
const OF_BYTES = ['range', 'x-amz-copy-source', 'x-amz-copy-source-range']

/** What of an answer a client needs of an object. */
const OF_OBJECTS = ['content-type', 'content-range', 'etag', 'last-modified']

const picked = (
  headers: Readonly<Record<string, string>>,
  names: ReadonlyArray<string>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)))

/** The same request, signed by the one user that the server behind knows. */
const signedAnew = (
  { s3 }: CosGateway,
  request: IncomingMessage,
  body: Buffer,
): Readonly<Record<string, string>> => {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const headers: Readonly<Record<string, string>> = {
    ...picked(headersOf(request), ['content-md5', 'content-type', ...OF_BYTES]),
    host: new URL(s3.endpoint).host,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-date': time,
  }
  const signedHeaders = Object.keys(headers).sort()
  const { method = '', url: path = '/' } = request
  const signature = awsSignature(
    { method, path, headers, signedHeaders },
    { region: s3.region, secretKey: s3.secretKey },
  )
  const scope = `${time.slice(0, 8)}/${s3.region}/s3/aws4_request`
  return {
    ...headers,
    'content-length': `${body.length}`,
    authorization: `AWS4-HMAC-SHA256 Credential=${s3.accessKey}/${scope}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  }
}

const answerBehind = (
  gateway: CosGateway,
  request: IncomingMessage,
  body: Buffer,
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { method = '', url = '/' } = request
    const headers = signedAnew(gateway, request, body)
    const outgoing = httpRequest(
      new URL(url, gateway.s3.endpoint),
      { method, headers },
      (answer) => {
        wholeBody(answer).then((content) => {
          // Of what is only looked at, it says how long it is.
          const length = method === 'HEAD' ? ['content-length'] : []
          resolve({
            status: answer.statusCode ?? 502,
            headers: picked(headersOf(answer), [...OF_OBJECTS, ...length]),
            body: content,
          })
        }, reject)
      },
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })

const isBucketItself = (path: string): boolean => /^\/[^/?]+\/?(\?x-id=\w+)?$/.test(path)

/** Where a bucket is to lie is a location with a class of storage. */
const isPlaced = (body: Buffer): boolean =>
  /<LocationConstraint>[a-z-]+-(smart|standard|vault|cold)<\/LocationConstraint>/.test(
    body.toString('utf8'),
  )

const recorded = (
  { account }: CosGateway,
  { method = '', url = '/' }: IncomingMessage,
  { bucket, instanceCrn, status }: Admitted & Readonly<{ bucket: string; status: number }>,
): void => {
  if (!isBucketItself(url) || status >= 300) return
  if (method === 'PUT') account.bucketOwners.set(bucket, instanceCrn)
  if (method === 'DELETE') account.bucketOwners.delete(bucket)
}

type Asking = Admitted & Readonly<{ bucket: string; isMaking: boolean; body: Buffer }>

/** What is refused before the server behind is asked. */
const refusal = (
  { account, hasTags }: CosGateway,
  url: string,
  { bucket, instanceCrn, isMaking, body }: Asking,
): Refusal | undefined => {
  const isOthers = (account.bucketOwners.get(bucket) ?? instanceCrn) !== instanceCrn
  if (isOthers && isMaking)
    return { status: 409, code: 'BucketAlreadyExists', message: 'The container exists' }
  if (isOthers) return { status: 403, code: 'AccessDenied', message: 'Access Denied' }
  if (isMaking && !isPlaced(body))
    return { status: 400, code: 'InvalidLocationConstraint', message: 'The location is not valid' }
  return !hasTags && /[?&]tagging\b/.test(url)
    ? { status: 501, code: 'NotImplemented', message: 'No such function' }
    : undefined
}

const sendBuckets = (
  { account }: CosGateway,
  { instanceCrn }: Admitted,
  to: ServerResponse,
): void => {
  const own = [...account.bucketOwners].filter(([, owner]) => owner === instanceCrn)
  to.writeHead(200, { 'Content-Type': 'application/xml' })
  to.end(bucketList(own.map(([name]) => name)))
}

/** Answers a request to the object storage. */
export const answerCos = async (
  gateway: CosGateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await wholeBody(request)
  const who = admitted(gateway, request)
  if (!('instanceCrn' in who)) return fail(response, who)
  const url = request.url ?? '/'
  const bucket = decodeURIComponent(/^\/([^/?]*)/.exec(url)?.[1] ?? '')
  if (bucket === '') return sendBuckets(gateway, who, response)
  const isMaking = request.method === 'PUT' && isBucketItself(url)
  const refused = refusal(gateway, url, { ...who, bucket, isMaking, body })
  if (refused !== undefined) return fail(response, refused)
  // The server behind has none of IBM's locations.
  const handedOn = isMaking ? Buffer.alloc(0) : body
  const answer = await answerBehind(gateway, request, handedOn)
  recorded(gateway, request, { ...who, bucket, status: answer.status })
  response.writeHead(answer.status, answer.headers).end(answer.body)
}
