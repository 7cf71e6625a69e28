import { afterAll, beforeAll, describe } from 'vitest'

import { describeGuide } from '../../../guides/describe-guide'
import { freshRegistry } from '../../../guides/fresh-registry'
import { type RunningWorld, startNodeWorld } from '../../../guides/running-world'

const namespace = '/apis/batch/v1/namespaces/openshift-image-registry'

let world: RunningWorld

beforeAll(async () => {
  world = await startNodeWorld()
})

afterAll(async () => {
  await world?.stop()
})

const onClaim = { managementState: 'Managed', replicas: 1, storage: { pvc: {} } }

const fresh = { world: () => world, before: () => freshRegistry(world.client, onClaim) }

describe('guides on plain Kubernetes with pods that run', () => {
  describeGuide('docs/guides/push-and-pull.md', 'kubernetes', fresh)
  describeGuide('docs/node-trust.md', 'kubernetes', fresh)
  describeGuide('docs/guides/status.md', 'kubernetes', fresh)
  describeGuide('docs/guides/logs.md', 'kubernetes', fresh)
  describeGuide('docs/guides/metrics.md', 'kubernetes', fresh)
  describeGuide('docs/guides/prune.md', 'kubernetes', {
    ...fresh,
    after: () => world.client.send('DELETE', `${namespace}/jobs/image-pruner-now`),
  })
  // With the ImagePruner of the one before.
  describeGuide('docs/pruning.md', 'kubernetes', fresh)
  describeGuide('docs/runbooks/ImageRegistryStorageFull.md', 'kubernetes', fresh)
  describeGuide('docs/runbooks/ImageRegistryCorrectionsContested.md', 'kubernetes', fresh)
  describeGuide('docs/runbooks/ImageRegistryOperatorNotReconciling.md', 'kubernetes', fresh)
})
