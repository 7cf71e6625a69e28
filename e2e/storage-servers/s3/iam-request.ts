import { createHash, createHmac } from 'node:crypto'

import type { S3Access } from './s3-server'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/** Escapes as clients of AWS do: the server signs the form anew to compare, and there is one way only to write it. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const formText = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .join('&')

/** The header that says who asks: version 4 of the signatures of AWS, for a form that is posted to `/`. */
const authorization = (
  { accessKey, secretKey, region, endpoint }: S3Access,
  time: string,
  body: string,
): string => {
  const day = time.slice(0, 8)
  const scope = `${day}/${region}/iam/aws4_request`
  const signedHeaders = 'content-type;host;x-amz-date'
  const canonical = [
    'POST',
    '/',
    '',
    'content-type:application/x-www-form-urlencoded',
    `host:${new URL(endpoint).host}`,
    `x-amz-date:${time}`,
    '',
    signedHeaders,
    sha256(body),
  ].join('\n')
  const key = [day, region, 'iam', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretKey}`)
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const signature = hmac(key, text).toString('hex')
  return `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
}

/** Asks IAM for one action and returns the XML of its answer; fails with that XML if it is refused. */
export const askIam = async (
  access: S3Access,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> => {
  const body = formText({ Action: action, Version: '2010-05-08', ...parameters })
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const response = await fetch(`${access.endpoint}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-amz-date': time,
      authorization: authorization(access, time, body),
    },
    body,
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${action}: ${response.status} ${text}`)
  return text
}
