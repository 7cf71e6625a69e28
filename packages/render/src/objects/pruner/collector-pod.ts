import {
  type ClusterFacts,
  type Config,
  isDistributionSince,
  type JsonObject,
  names,
  type Pruner,
  registryBuild,
} from '../../model'
import { registrySelector } from '../labels'
import { podSurroundings, type PodNeeds } from '../deployment/pod-template'
import { DEFAULT_RESOURCES, registryProcess } from '../deployment/registry-container'
import { isOnOneNode, onNodeOf } from './one-node'
import { prunerPodLabels } from './pruner-labels'

/** What a pod that works on the registry's storage is made from. */
export type CollectorSettings = {
  readonly config: Config
  readonly pruner: Pruner
  readonly facts: ClusterFacts
  readonly needs: PodNeeds
}

type CollectorRun = {
  readonly dryRun: boolean
  readonly deleteUntagged: boolean
}

/** It must not go on for long when it has to end: the registry may take pushes again soon afterwards. */
const TERMINATION_GRACE_SECONDS = 5

/** Where the image has the file that the registry itself starts with; it is told the rest by variables. */
const configFile = (facts: ClusterFacts): string =>
  isDistributionSince(registryBuild(facts), [3, 0])
    ? '/etc/distribution/config.yml'
    : '/etc/docker/registry/config.yml'

const argumentsFor = (facts: ClusterFacts, { dryRun, deleteUntagged }: CollectorRun) => [
  'garbage-collect',
  ...(dryRun ? ['--dry-run'] : []),
  ...(deleteUntagged ? ['--delete-untagged'] : []),
  configFile(facts),
]

const container = (
  { config, pruner, facts, needs }: CollectorSettings,
  run: CollectorRun,
): JsonObject => ({
  name: names.PRUNER_NAME,
  ...registryProcess(
    { ...config, registryLogLevel: pruner.logLevel === 'Normal' ? 'info' : 'debug' },
    facts,
    needs.storage,
  ),
  args: argumentsFor(facts, run),
  resources: pruner.resources ?? DEFAULT_RESOURCES,
})

/** What is empty is left out: the API server does not store it, so it would look like drift for ever. */
const placement = ({ config, pruner, facts }: CollectorSettings): JsonObject => {
  const tolerations = pruner.tolerations ?? config.tolerations ?? []
  const affinity = isOnOneNode(config, facts)
    ? onNodeOf(registrySelector, pruner.affinity)
    : (pruner.affinity ?? {})
  return {
    nodeSelector: { 'kubernetes.io/os': 'linux', ...pruner.nodeSelector },
    ...(Object.keys(affinity).length === 0 ? {} : { affinity }),
    ...(tolerations.length === 0 ? {} : { tolerations }),
  }
}

/**
 * A pod that counts garbage, or deletes it: with the registry's own program, settings, volumes and identity. That identity
 * opens the storage in some clouds; the registry's program gets no token for the cluster's API all the same.
 */
export const collectorPod = (settings: CollectorSettings, run: CollectorRun): JsonObject => ({
  metadata: { labels: prunerPodLabels },
  spec: {
    restartPolicy: 'Never',
    serviceAccountName: names.SERVICE_ACCOUNT_NAME,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: TERMINATION_GRACE_SECONDS,
    ...podSurroundings(settings.config, settings.facts, settings.needs),
    ...placement(settings),
    containers: [container(settings, run)],
  },
})
