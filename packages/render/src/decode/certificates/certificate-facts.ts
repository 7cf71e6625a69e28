import { isAnnotatedAsOurs, ownershipProof } from '../../fields/ownership'
import { type CertificateFacts, type CertificateSecret, type KubeObject, names } from '../../model'

import { ofKind } from '../readings'

const isInOurNamespace = ({ metadata }: KubeObject): boolean =>
  metadata.namespace === names.REGISTRY_NAMESPACE

const isNamed =
  (name: string) =>
  ({ metadata }: KubeObject): boolean =>
    metadata.name === name

const issueOf = ({ metadata }: KubeObject): number => {
  const text = metadata.annotations?.[names.ISSUE_ANNOTATION] ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

/** cert-manager names on what it makes who asked for it: https://cert-manager.io/docs/reference/annotations/ */
const REQUEST_ANNOTATION = `${names.CERT_MANAGER_GROUP}/certificate-name`

const isAskedForByUs = ({ metadata }: KubeObject, requests: ReadonlyArray<KubeObject>): boolean =>
  requests.some(
    (request) =>
      request.metadata.name === metadata.annotations?.[REQUEST_ANNOTATION] &&
      ownershipProof(request) !== undefined,
  )

/** What shows of the registry's certificate, and of who makes it. */
export const certificateFacts = (objects: ReadonlyArray<KubeObject>): CertificateFacts => {
  const requests = ofKind(objects, names.CERT_MANAGER_GROUP, 'Certificate').filter(isInOurNamespace)
  const secret = (name: string): CertificateSecret | undefined => {
    const found = ofKind(objects, '', 'Secret').filter(isInOurNamespace).find(isNamed(name))
    const ours =
      found !== undefined && (isAnnotatedAsOurs(found) || isAskedForByUs(found, requests))
    return found === undefined ? undefined : { ours, issue: issueOf(found) }
  }
  const serving = secret(names.SERVING_CERTIFICATE_SECRET)
  const signer = secret(names.SIGNER_SECRET)
  return {
    ...(serving === undefined ? {} : { serving }),
    ...(signer === undefined ? {} : { signer }),
    foreignRequest: requests
      .filter(isNamed(names.SERVING_CERTIFICATE_SECRET))
      .some((request) => ownershipProof(request) === undefined),
  }
}
