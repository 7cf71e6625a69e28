import { digestOfJson } from '../../digest'
import type { Fill, IssuedValue } from '../../model'

type Issue = Pick<IssuedValue, 'request' | 'key' | 'authority'>

/**
 * What stands in place of a part of a certificate until it is issued: who asks for the same of the same authority has the same
 * certificate. A new certificate of the same authority, for the same key, changes nothing of what it signs.
 */
export const issueDigest = (part: IssuedValue['part'], { request, authority }: Issue): string =>
  digestOfJson({ ...request, part, authority: authority?.key.digest ?? '' })

/** The fill of one part. */
export const issuedFill = (part: IssuedValue['part'], issue: Issue): Fill => ({
  path: ['data', part === 'key' ? 'tls.key' : 'tls.crt'],
  encoding: 'base64',
  source: { _tag: 'Issued', part, ...issue },
})
