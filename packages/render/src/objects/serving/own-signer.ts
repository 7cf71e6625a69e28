import {
  type CertificateRequest,
  type ClusterFacts,
  type CopiedValue,
  type IssuedValue,
  names,
  objectRef,
} from '../../model'
import { contentOf } from '../content-digests'
import { copiedEntry } from '../certificates/copied-entry'
import { converging, type Rendered } from '../rendered'
import { issuedFill, issueDigest } from './issued-fill'
import { markedSecret } from './marked-secret'
import { wantedIssue } from './renewal'

const IDENTITY = { namespace: names.REGISTRY_NAMESPACE, name: names.SIGNER_SECRET }

const REF = objectRef('v1', 'Secret', IDENTITY.name, IDENTITY.namespace)

/** Ten years. */
const DAYS = 3650

/** Stands where a key will stand: the checksum must not change when it comes into being, nor with every key. */
const A_KEY = 'key'

const copied = (key: string, digest: string): CopiedValue => ({
  _tag: 'CopyOf',
  ref: REF,
  path: ['data', key],
  digest,
})

/** What signs the registry's certificate, as it is live; undefined while there is none, or one whose key is another's. */
export const authority = (facts: ClusterFacts): IssuedValue['authority'] => {
  const { entries = {}, readings = {} } = contentOf(facts, 'Secret', IDENTITY) ?? {}
  const [certificate, key] = [entries['tls.crt'], entries['tls.key']]
  const reading = readings['tls.crt']
  const isWrong = reading !== undefined && !(reading._tag === 'Certificate' && reading.fits)
  return certificate === undefined || key === undefined || isWrong
    ? undefined
    : { certificate: copied('tls.crt', certificate), key: copied('tls.key', key) }
}

const requestOf = (facts: ClusterFacts): CertificateRequest => ({
  commonName: names.SIGNER_SECRET,
  names: [],
  days: DAYS,
  issue: wantedIssue(
    facts.certificates.signer,
    contentOf(facts, 'Secret', IDENTITY)?.readings?.['tls.crt'],
    facts.now,
  ),
})

/**
 * The authority that signs the registry's certificate. It is renewed for the key that it has: who trusts the former certificate
 * goes on trusting what is signed with the key, and who trusts the new one what was. One that people have put there is theirs.
 */
export const ownSigner = (facts: ClusterFacts): ReadonlyArray<Rendered> => {
  if (facts.certificates.signer?.ours === false) return []
  const request = requestOf(facts)
  const key = authority(facts)?.key
  const issue = { request, ...(key === undefined ? {} : { key }) }
  const secret = (keyDigest: string) =>
    markedSecret(IDENTITY, request.issue, {
      'tls.crt': issueDigest('certificate', { request }),
      'tls.key': keyDigest,
    })
  return [
    converging(
      secret(key?.digest ?? issueDigest('key', { request })),
      [
        issuedFill('certificate', issue),
        key === undefined ? issuedFill('key', issue) : copiedEntry(REF, 'tls.key', key.digest),
      ],
      secret(A_KEY),
    ),
  ]
}
