import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'

import {
  type CertificateMaker,
  type ClusterFacts,
  type Config,
  names,
  type RenderProblem,
} from '../../model'
import { contentDigests } from '../content-digests'
import type { Rendered } from '../rendered'
import { type CertificateSource, certificateSource } from '../serving/certificate-source'
import { ownCertificate } from '../serving/own-certificate'
import { ownSigner } from '../serving/own-signer'
import { requestedCertificate } from '../serving/requested-certificate'
import { servingCa } from '../serving/serving-ca'

const SECRET = { namespace: names.REGISTRY_NAMESPACE, name: names.SERVING_CERTIFICATE_SECRET }

/** The registry's certificate where OpenShift does not make it, who signs it, and whom its clients have to trust. */
export const servingCertificate = (
  config: Config,
  facts: ClusterFacts,
): ReadonlyArray<Rendered> => {
  switch (certificateSource(config, facts)) {
    case 'OpenShift':
      return []
    case 'user':
      return servingCa(config, facts)
    case 'cert-manager':
      return [...requestedCertificate(config, facts), ...servingCa(config, facts)]
    case 'operator':
      return [...ownSigner(facts), ...ownCertificate(config, facts), ...servingCa(config, facts)]
  }
}

/**
 * What keeps pods from being made: a serving certificate that is on its way. Without it no pod can start, and pods that were
 * made before it would be replaced as soon as it is there.
 *
 * Where nothing is known of the cluster, nothing is known to be missing.
 */
export const awaitedCertificate = (config: Config, facts: ClusterFacts): O.Option<RenderProblem> =>
  isClusterKnown(facts) && contentDigests(facts, 'Secret', SECRET) === undefined
    ? O.some({
        _tag: 'CertificateAwaited',
        ...SECRET,
        ...makerOf(certificateSource(config, facts)),
      })
    : O.none

/** A cluster that somebody has looked at; of an OpenShift it shows in what it says of itself. */
const isClusterKnown = ({ platform, infrastructure, now }: ClusterFacts): boolean =>
  platform === 'OpenShift' ? E.isRight(infrastructure) : now !== undefined

const makerOf = (source: CertificateSource): { readonly maker?: CertificateMaker } => {
  if (source === 'OpenShift') return {}
  return { maker: source === 'operator' ? 'the operator' : 'cert-manager' }
}
