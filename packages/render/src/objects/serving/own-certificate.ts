import {
  type CertificateRequest,
  type ClusterFacts,
  type Config,
  type IssuedValue,
  names,
  objectRef,
} from '../../model'
import { contentOf } from '../content-digests'
import { copiedEntry } from '../certificates/copied-entry'
import { SERVICE_HOSTNAME } from '../exposure/registry-hostname'
import { converging, type Rendered } from '../rendered'
import { issuedFill, issueDigest } from './issued-fill'
import { markedSecret } from './marked-secret'
import { authority } from './own-signer'
import { wantedIssue } from './renewal'
import { servingNames } from './serving-names'

const IDENTITY = {
  namespace: names.REGISTRY_NAMESPACE,
  name: names.SERVING_CERTIFICATE_SECRET,
}

const SIGNER = objectRef('v1', 'Secret', names.SIGNER_SECRET, names.REGISTRY_NAMESPACE)

const DAYS = 90

const requestOf = (config: Config, facts: ClusterFacts): CertificateRequest => {
  const { hosts, addresses } = servingNames(config, facts)
  return {
    commonName: SERVICE_HOSTNAME,
    names: [...hosts, ...addresses],
    days: DAYS,
    issue: wantedIssue(
      facts.certificates.serving,
      contentOf(facts, 'Secret', IDENTITY)?.readings?.['tls.crt'],
      facts.now,
    ),
  }
}

/**
 * The registry's certificate, signed by our own authority. It waits for that, and for the Service whose addresses it is for:
 * each change of it restarts the pods.
 */
export const ownCertificate = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  const signer = authority(facts)
  return signer === undefined || facts.servicePort === undefined
    ? []
    : [signedBy(signer, requestOf(config, facts))]
}

const signedBy = (
  signer: NonNullable<IssuedValue['authority']>,
  request: CertificateRequest,
): Rendered => {
  const issue = { request, authority: signer }
  return converging(
    markedSecret(IDENTITY, request.issue, {
      'ca.crt': signer.certificate.digest,
      'tls.crt': issueDigest('certificate', issue),
      'tls.key': issueDigest('key', issue),
    }),
    [
      { ...copiedEntry(SIGNER, 'tls.crt', signer.certificate.digest), path: ['data', 'ca.crt'] },
      issuedFill('certificate', issue),
      issuedFill('key', issue),
    ],
  )
}
