import { groupOf, type KubeObject, names, objectsOf } from '../model'
import { ownershipProof } from './ownership'

/** Whether it is a Job of the CronJob that cleans up: others in the namespace say nothing about it. */
export const isCleanUp = ({ apiVersion, kind, metadata }: KubeObject): boolean =>
  kind === 'Job' &&
  groupOf(apiVersion) === 'batch' &&
  metadata.namespace === names.REGISTRY_NAMESPACE &&
  metadata.labels?.['created-by'] === names.PRUNER_NAME &&
  objectsOf(metadata['ownerReferences']).some(
    (owner) => owner['kind'] === 'CronJob' && owner['name'] === names.PRUNER_NAME,
  )

/** Whether it is a Job of ours that deletes what a clean-up has found: nobody makes the registry read-only with a Job of their own. */
export const isCollecting = (job: KubeObject): boolean =>
  job.kind === 'Job' &&
  groupOf(job.apiVersion) === 'batch' &&
  job.metadata.namespace === names.REGISTRY_NAMESPACE &&
  job.metadata.name.startsWith(names.COLLECTING_JOB_PREFIX) &&
  ownershipProof(job) !== undefined
