import type { ClusterFacts, Config, JsonObject } from '../../model'
import { names, registryBuild } from '../../model'
import { accessContribution } from '../access/access-contribution'
import { podAffinity } from './affinity'
import { dependenciesChecksum } from './dependencies-checksum'
import { registryLabels } from '../labels'
import { registryContainer } from './registry-container'
import { restrictedPod } from './restricted'
import type { Contribution } from '../storage/contribution'
import { topologySpread } from './topology-spread'
import { podVolumes } from './volumes'

/** The drain (25 s) and the registry's own shutdown (29 s) fit in. */
const TERMINATION_GRACE_SECONDS = 55

/** What a pod cannot do without. */
export type PodNeeds = {
  /** The group that its volumes belong to. */
  readonly fsGroup: number
  readonly storage: Contribution
}

/** The pod of the registry. */
export const podTemplate = (
  config: Config,
  facts: ClusterFacts,
  { fsGroup, storage }: PodNeeds,
): JsonObject => ({
  metadata: {
    labels: registryLabels,
    annotations: {
      ...ofOpenshift(facts),
      [names.DEPENDENCIES_ANNOTATION]: dependenciesChecksum(config, facts, storage),
      ...config.overrides.annotations,
    },
  },
  spec: {
    serviceAccountName: names.SERVICE_ACCOUNT_NAME,
    ...withoutToken(facts),
    ...priority(facts),
    terminationGracePeriodSeconds: TERMINATION_GRACE_SECONDS,
    ...podSurroundings(config, facts, { fsGroup, storage }),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...config.nodeSelector },
    ...placement(config, facts),
    ...runtimeClass(config),
    containers: [registryContainer(config, facts, storage)],
  },
})

/** As whom the registry's program runs, and its volumes: what every pod has that works on its storage. */
export const podSurroundings = (
  config: Config,
  facts: ClusterFacts,
  { fsGroup, storage }: PodNeeds,
): JsonObject => ({
  securityContext: {
    ...restrictedPod(facts, fsGroup),
    fsGroup,
    fsGroupChangePolicy: 'OnRootMismatch',
  },
  volumes: [
    ...podVolumes(storage, registryBuild(facts)),
    ...accessContribution(config, facts).volumes.map(({ source }) => source),
  ],
})

/** Elsewhere this priority may be kept for the pods of the system (a ResourceQuota of the class, as managed clusters have it). */
const priority = ({ platform }: ClusterFacts): JsonObject =>
  platform === 'OpenShift' ? { priorityClassName: 'system-cluster-critical' } : {}

/** Only OpenShift's registry asks the cluster's API for anything. */
const withoutToken = (facts: ClusterFacts): JsonObject =>
  registryBuild(facts)._tag === 'OpenShift' ? {} : { automountServiceAccountToken: false }

const ofOpenshift = ({ platform }: ClusterFacts): JsonObject =>
  platform === 'OpenShift'
    ? {
        // The space is part of what the node's workload partitioning has always been given.
        'target.workload.openshift.io/management': '{"effect": "PreferredDuringScheduling"}',
        'openshift.io/required-scc': 'restricted-v2',
      }
    : {}

/** An empty list is left out: the API server does not store it, so it would look like drift for ever. */
const placement = (config: Config, facts: ClusterFacts): JsonObject => {
  const affinity = podAffinity(config)
  const spread = topologySpread(config, facts)
  const tolerations = config.tolerations ?? []
  return {
    ...(affinity === undefined ? {} : { affinity }),
    ...(spread.length === 0 ? {} : { topologySpreadConstraints: spread }),
    ...(tolerations.length === 0 ? {} : { tolerations }),
  }
}

const runtimeClass = ({ overrides: { runtimeClassName } }: Config): JsonObject =>
  runtimeClassName === undefined ? {} : { runtimeClassName }
