import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'

import { loadManifests } from '../../cluster/load-manifests'
import { describeGuide } from '../../guides/describe-guide'
import { freshRegistry } from '../../guides/fresh-registry'
import { type RunningWorld, startOpenshiftWorld } from '../../guides/running-world'

let world: RunningWorld

beforeAll(async () => {
  world = await startOpenshiftWorld({ auditLog: false })
  await loadManifests(world, join(import.meta.dirname, 'openshift-roles.yaml'))
})

afterAll(async () => {
  await world?.stop()
})

const fresh = { world: () => world, before: () => freshRegistry(world.client) }

const onSharedClaim = { managementState: 'Managed', replicas: 1, storage: { pvc: { claim: '' } } }

const freshOnSharedClaim = {
  world: () => world,
  before: () => freshRegistry(world.client, onSharedClaim),
}

describe('guides on OpenShift', () => {
  describeGuide('docs/guides/state.md', 'openshift', fresh)
  describeGuide('docs/guides/status.md', 'openshift', fresh)
  describeGuide('docs/guides/replicas.md', 'openshift', freshOnSharedClaim)
  describeGuide('docs/guides/nodes.md', 'openshift', fresh)
  describeGuide('docs/guides/load.md', 'openshift', fresh)
  describeGuide('docs/guides/log-level.md', 'openshift', fresh)
  describeGuide('docs/guides/read-only.md', 'openshift', fresh)
  describeGuide('docs/guides/proxy.md', 'openshift', fresh)
  describeGuide('docs/guides/redirect.md', 'openshift', fresh)
  describeGuide('docs/guides/http-secret.md', 'openshift', fresh)
  describeGuide('docs/guides/expose.md', 'openshift', fresh)
  describeGuide('docs/guides/push-and-pull.md', 'openshift', fresh)
  describeGuide('docs/guides/users.md', 'openshift', fresh)
  describeGuide('docs/guides/trust.md', 'openshift', fresh)
  describeGuide('docs/guides/metrics.md', 'openshift', fresh)
  describeGuide('docs/guides/prune.md', 'openshift', fresh)
  // It brings a Deployment of the operator, beside the process that is there.
  describeGuide('README.md', 'openshift', fresh)
})
