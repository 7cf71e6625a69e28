import { COLLECTION_DEFAULTS, type CollectionWishes, type KubeObject, names } from '../../model'
import { collectorPod, type CollectorSettings } from './collector-pod'
import { STARTING_DEADLINE_SECONDS } from './pruner-cron-job'
import { prunerJobLabels } from './pruner-labels'

/**
 * How long a dry run may take: as long as it may take to delete what it finds, and an hour at least, for it hinders nobody. One
 * that hangs would keep every later one from starting.
 */
const deadlineSeconds = ({ windowSeconds }: CollectionWishes): number =>
  Math.max(windowSeconds, COLLECTION_DEFAULTS.windowSeconds)

/** When the registry's storage is looked through for garbage, on plain Kubernetes. Nothing is deleted by it. */
export const dryRunCronJob = (settings: CollectorSettings): KubeObject => {
  const { pruner } = settings
  const collection = pruner.collection ?? COLLECTION_DEFAULTS
  const { deleteUntagged } = collection
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: names.PRUNER_NAME, namespace: names.REGISTRY_NAMESPACE },
    spec: {
      suspend: pruner.suspend,
      schedule: pruner.schedule,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
      failedJobsHistoryLimit: pruner.failedJobsHistoryLimit,
      // What it has found is read from the log of the last one.
      successfulJobsHistoryLimit: Math.max(1, pruner.successfulJobsHistoryLimit),
      jobTemplate: {
        metadata: {
          labels: prunerJobLabels,
          // Whoever deletes what it has found deletes by the same rule.
          annotations: { [names.DELETE_UNTAGGED_ANNOTATION]: String(deleteUntagged) },
        },
        spec: {
          backoffLimit: 0,
          activeDeadlineSeconds: deadlineSeconds(collection),
          template: collectorPod(settings, { dryRun: true, deleteUntagged }),
        },
      },
    },
  }
}
