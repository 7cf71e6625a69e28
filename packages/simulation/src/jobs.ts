import { loaded, replaced, type ObjectDatabase } from '@image-registry-operator/apply/testing'
import {
  isJsonObject,
  objectsOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import type { Deed } from './deeds'
import { REGISTRY_NAMESPACE } from './wishes/credentials'

const PRUNER = 'image-pruner'

/** What every clean-up logs. */
export const CLEANUP_LOG = '10 blobs marked, 3 blobs and 0 manifests eligible for deletion\n'

const objectAt = (value: unknown): JsonObject => (isJsonObject(value) ? value : {})

const ownedBy = ({ apiVersion, kind, metadata }: KubeObject): JsonObject => ({
  ownerReferences: [
    { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true },
  ],
})

/** A CronJob’s time has come. */
export const cleanUpNow: Deed = {
  words: 'it is time for a clean-up',
  when: 'at rest',
  act: ({ database }) => {
    const cronJob = database
      .everything()
      .map(([, object]) => object)
      .find(({ kind, metadata }) => kind === 'CronJob' && metadata.name === PRUNER)
    if (cronJob === undefined) throw new Error('there is no CronJob')
    const template = objectAt(objectAt(cronJob['spec'])['jobTemplate'])
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: `${PRUNER}-1`,
        namespace: REGISTRY_NAMESPACE,
        labels: { 'created-by': PRUNER },
        ...ownedBy(cronJob),
      },
      spec: objectAt(template['spec']),
    }
    const refusal = replaced(database, job, 'cronjob-controller')
    if (refusal !== undefined) throw new Error(refusal.message)
  },
}

/** A Job that has done what it was to do, with the pod that has done it; undefined where it has ended before. */
export const jobDone = (database: ObjectDatabase, job: KubeObject): JsonObject | undefined => {
  const status = objectAt(job['status'])
  if (objectsOf(status['conditions']).some(({ type }) => type === 'Complete')) return undefined
  loaded(
    database,
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${job.metadata.name}-pod`,
        namespace: job.metadata.namespace ?? '',
        ...ownedBy(job),
      },
      spec: objectAt(objectAt(objectAt(job['spec'])['template'])['spec']),
      status: { phase: 'Succeeded' },
    },
    'job-controller',
  )
  const now = new Date(database.nowMs()).toISOString().replace(/[.]\d+Z/, 'Z')
  return {
    ...status,
    succeeded: 1,
    completionTime: now,
    conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: now }],
  }
}
