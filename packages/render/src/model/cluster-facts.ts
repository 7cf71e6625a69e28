import type { Either } from 'fp-ts/Either'

import type { ProxySettings } from './config'
import type { FactProblem } from './errors'
import type { Release } from './release'

/** Digests by key of a Secret's or ConfigMap's entries; the values themselves stay outside. */
export type ContentDigests = {
  readonly kind: 'Secret' | 'ConfigMap'
  readonly namespace: string
  readonly name: string
  readonly entries: { readonly [key: string]: string }
}

export type ClaimFacts = {
  readonly name: string
  readonly accessModes: ReadonlyArray<string>
  /** It carries our ownership annotation. */
  readonly ours: boolean
}

/** Everything that `render` may know of the cluster. */
export type ClusterFacts = {
  readonly platform: 'OpenShift' | 'Kubernetes'
  /** API groups that the cluster serves, sorted; the core group is ''. */
  readonly servedGroups: ReadonlyArray<string>
  readonly singleReplicaControlPlane: boolean
  readonly clusterProxy: ProxySettings
  /** The group that owns the volumes of pods in our namespace, from the namespace's annotation. */
  readonly fsGroup: Either<FactProblem, number>
  /** Keys of the labels that at least one node carries and that we spread pods over. */
  readonly nodeTopologyLabels: ReadonlyArray<string>
  /** Secrets and ConfigMaps that the registry's objects depend on, sorted by kind, namespace and name. */
  readonly contents: ReadonlyArray<ContentDigests>
  readonly claims: ReadonlyArray<ClaimFacts>
  /** Names of Routes in our namespace that carry neither our annotation nor our field manager, sorted. */
  readonly foreignRoutes: ReadonlyArray<string>
  /** Parts of the Config's schema that older definitions lack; what the cluster's one lacks must not be sent. */
  readonly configSchema: { readonly conditionObservedGeneration: boolean }
  readonly release: Release
}
