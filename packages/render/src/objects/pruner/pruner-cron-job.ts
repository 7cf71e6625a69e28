import { type JsonObject, type KubeObject, names, type Pruner } from '../../model'
import { pruneArguments } from './prune-arguments'
import { prunerContainer, SERVICE_CA_VOLUME_NAME } from './pruner-container'
import { prunerJobLabels, prunerPodLabels } from './pruner-labels'

/** A run that could not start within an hour is left out. */
export const STARTING_DEADLINE_SECONDS = 3600

type Surroundings = {
  readonly image: string
  /** The registry's host name inside the cluster; empty: there is none. */
  readonly hostname: string
}

/** When images are cleaned up, and how. */
export const prunerCronJob = (pruner: Pruner, surroundings: Surroundings): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: names.PRUNER_NAME, namespace: names.REGISTRY_NAMESPACE },
  spec: {
    suspend: pruner.suspend,
    schedule: pruner.schedule,
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
    failedJobsHistoryLimit: pruner.failedJobsHistoryLimit,
    successfulJobsHistoryLimit: pruner.successfulJobsHistoryLimit,
    jobTemplate: {
      metadata: { labels: prunerJobLabels },
      // The script tries again itself.
      spec: { backoffLimit: 0, template: podTemplate(pruner, surroundings) },
    },
  },
})

const podTemplate = (pruner: Pruner, { image, hostname }: Surroundings): JsonObject => ({
  metadata: {
    labels: prunerPodLabels,
    annotations: { 'openshift.io/required-scc': 'restricted-v2' },
  },
  spec: {
    restartPolicy: 'Never',
    serviceAccountName: names.PRUNER_SERVICE_ACCOUNT_NAME,
    priorityClassName: 'system-cluster-critical',
    affinity: pruner.affinity ?? {},
    ...placement(pruner),
    containers: [prunerContainer(pruner, image, pruneArguments(pruner, hostname))],
    volumes: [{ name: SERVICE_CA_VOLUME_NAME, configMap: { name: names.SERVICE_CA_CONFIG_MAP } }],
  },
})

/** What is empty is left out: the API server does not store it, so it would look like drift for ever. */
const placement = ({ nodeSelector = {}, tolerations = [] }: Pruner): JsonObject => ({
  ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
  ...(tolerations.length === 0 ? {} : { tolerations }),
})
