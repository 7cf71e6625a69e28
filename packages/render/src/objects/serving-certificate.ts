import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'

import { type ClusterFacts, names, type RenderProblem } from '../model'
import { contentDigests } from './content-digests'

const SECRET = { namespace: names.REGISTRY_NAMESPACE, name: names.SERVING_CERTIFICATE_SECRET }

/**
 * What keeps pods from being made: on OpenShift a serving certificate that is on its way. Without it no pod can start, and
 * pods that were made before it would be replaced as soon as it is there.
 *
 * Nobody makes one on plain Kubernetes: there the pods wait for a person, and say so. And where nothing is known of the
 * cluster, nothing is known to be missing.
 */
export const awaitedCertificate = (facts: ClusterFacts): O.Option<RenderProblem> =>
  facts.platform === 'OpenShift' &&
  E.isRight(facts.infrastructure) &&
  contentDigests(facts, 'Secret', SECRET) === undefined
    ? O.some({ _tag: 'CertificateAwaited', ...SECRET })
    : O.none
