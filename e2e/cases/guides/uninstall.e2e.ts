import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'

import { loadManifests, openshiftFacts } from '../../cluster/load-manifests'
import { describeGuide } from '../../guides/describe-guide'
import { freshRegistry } from '../../guides/fresh-registry'
import { type RunningWorld, startDeployedWorld } from '../../guides/running-world'

let world: RunningWorld

beforeAll(async () => {
  world = await startDeployedWorld()
  await loadManifests(world, join(openshiftFacts, '50-storage.yaml'))
})

afterAll(async () => {
  await world?.stop()
})

const onClaim = { managementState: 'Managed', replicas: 1, storage: { pvc: { claim: '' } } }

describe('to take the operator away', () => {
  describeGuide('docs/guides/uninstall.md', 'kubernetes', {
    world: () => world,
    before: () => freshRegistry(world.client, onClaim),
  })
})
