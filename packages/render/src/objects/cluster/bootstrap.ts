import * as E from 'fp-ts/Either'

import {
  clusterDefaults,
  type ClusterFacts,
  type JsonObject,
  type KubeObject,
  names,
  type PlatformDefaults,
  refOf,
  type Wishes,
} from '../../model'
import { bootstrapped, type Rendered, withheld } from '../rendered'

/**
 * What is made where there is no Config or no ImagePruner: the defaults of the platform. Plain Kubernetes has no image streams
 * to prune, and may offer no storage: there a registry begins with a Config that somebody writes.
 *
 * The claim that some platforms need is made like any other, once the Config is there.
 */
export const bootstrap = (
  { config, pruner }: Wishes,
  facts: ClusterFacts,
): ReadonlyArray<Rendered> => [
  ...(E.isLeft(config) && config.left._tag === 'NoConfig' ? [firstConfig(facts)] : []),
  ...(facts.platform === 'OpenShift' && E.isLeft(pruner) && pruner.left._tag === 'NoPruner'
    ? [FIRST_PRUNER]
    : []),
]

const ours = (kind: string): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind,
  metadata: { name: names.SINGLETON_NAME },
})

const firstConfig = (facts: ClusterFacts): Rendered => {
  const defaults = clusterDefaults(facts)
  return E.isLeft(defaults)
    ? withheld(refOf(ours('Config')), defaults.left)
    : bootstrapped({
        ...ours('Config'),
        metadata: { name: names.SINGLETON_NAME, finalizers: [names.FINALIZER] },
        spec: firstSpec(defaults.right, facts),
      })
}

const firstSpec = (
  { managementState, replicas, rolloutStrategy, storage }: PlatformDefaults,
  facts: ClusterFacts,
): JsonObject => ({
  logLevel: 'Normal',
  managementState,
  // So that the first pods already have it.
  ...observedConfig(facts),
  operatorLogLevel: 'Normal',
  replicas,
  ...(rolloutStrategy === undefined ? {} : { rolloutStrategy }),
  ...(storage === undefined ? {} : { storage }),
})

const observedConfig = ({ tlsProfile }: ClusterFacts): JsonObject =>
  tlsProfile === undefined
    ? {}
    : {
        observedConfig: {
          servingInfo: {
            cipherSuites: tlsProfile.cipherSuites,
            minTLSVersion: tlsProfile.minVersion,
          },
        },
      }

const FIRST_PRUNER: Rendered = bootstrapped({
  ...ours('ImagePruner'),
  spec: {
    failedJobsHistoryLimit: 3,
    ignoreInvalidImageReferences: true,
    keepTagRevisions: 3,
    schedule: '',
    successfulJobsHistoryLimit: 3,
    suspend: false,
  },
})
