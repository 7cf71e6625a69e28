import { createHash, createHmac } from 'node:crypto'

/** What version 4 of the signatures of AWS covers of a request to an object storage. */
export type SignedRequest = Readonly<{
  method: string
  /** As it is sent, with its query. */
  path: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  /** Those of the headers that are signed, in the order of the alphabet. */
  signedHeaders: ReadonlyArray<string>
}>

export type Signer = Readonly<{ secretKey: string; region: string }>

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/** The query in its one spelling: in the order of the alphabet, each name with its `=`. */
const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .sort()
    .join('&')

const canonical = ({ method, path, headers, signedHeaders }: SignedRequest): string => {
  const [plain = '/', query = ''] = path.split('?')
  return [
    method,
    plain,
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signedHeaders.join(';'),
    headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  ].join('\n')
}

/** What the signature of a request has to be. */
export const awsSignature = (request: SignedRequest, { secretKey, region }: Signer): string => {
  const time = request.headers['x-amz-date'] ?? ''
  const day = time.slice(0, 8)
  const scope = [day, region, 's3', 'aws4_request']
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretKey}`)
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical(request))].join('\n')
  return hmac(key, text).toString('hex')
}

/** Who has signed a request, and how; undefined for one that is not signed this way. */
export const signatureParts = (
  authorization: string,
):
  | Readonly<{ accessKey: string; region: string; signedHeaders: string[]; signature: string }>
  | undefined => {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d+\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
      authorization,
    )
  if (found === null) return undefined
  const [, accessKey = '', region = '', names = '', signature = ''] = found
  return { accessKey, region, signedHeaders: names.split(';'), signature }
}
