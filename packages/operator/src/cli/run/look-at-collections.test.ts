import type { KubeClient } from '@image-registry-operator/apply'
import type { KubeObject } from '@image-registry-operator/render/model'
import * as TE from 'fp-ts/TaskEither'
import { expect, it } from 'vitest'

import { withCollections } from './look-at-collections'

const namespace = 'openshift-image-registry'

const JOB: KubeObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name: 'image-pruner-1',
    namespace,
    uid: 'uid',
    labels: { 'created-by': 'image-pruner' },
    ownerReferences: [{ kind: 'CronJob', name: 'image-pruner' }],
  },
  status: { conditions: [{ type: 'Complete', status: 'True' }] },
}

const POD: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace, ownerReferences: [{ kind: 'Job', uid: 'uid' }] },
}

const client: Pick<KubeClient, 'list' | 'readLog'> = {
  list: () => TE.right({ resourceVersion: '1', items: [POD] }),
  readLog: () => TE.right('9 blobs marked, 2 blobs and 0 manifests eligible for deletion\n'),
}

it('adds what a dry run has found', async () => {
  expect(await withCollections(client)([JOB])()).toMatchObject([
    JOB,
    { kind: 'Collection', metadata: { name: 'uid' }, status: { blobs: 2, manifests: 0 } },
  ])
})

it('leaves a snapshot as it is where there was none, or nobody may read of it', async () => {
  const silent = { ...client, list: () => TE.left({ _tag: 'NoAnswer' as const, cause: 'no' }) }
  expect(await withCollections(silent)([JOB])()).toEqual([JOB])
  expect(await withCollections(client)([POD])()).toEqual([POD])
})
