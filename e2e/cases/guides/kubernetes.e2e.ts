import { afterAll, beforeAll, describe } from 'vitest'

import { describeGuide } from '../../guides/describe-guide'
import { freshRegistry } from '../../guides/fresh-registry'
import { type RunningWorld, startKubernetesWorld } from '../../guides/running-world'

let world: RunningWorld

beforeAll(async () => {
  world = await startKubernetesWorld()
})

afterAll(async () => {
  await world?.stop()
})

const fresh = { world: () => world, before: () => freshRegistry(world.client) }

describe('guides on plain Kubernetes', () => {
  describeGuide('docs/guides/state.md', 'kubernetes', fresh)
  describeGuide('docs/guides/nodes.md', 'kubernetes', fresh)
  describeGuide('docs/guides/load.md', 'kubernetes', fresh)
  describeGuide('docs/guides/log-level.md', 'kubernetes', fresh)
  describeGuide('docs/guides/read-only.md', 'kubernetes', fresh)
  describeGuide('docs/guides/proxy.md', 'kubernetes', fresh)
  describeGuide('docs/guides/redirect.md', 'kubernetes', fresh)
  describeGuide('docs/guides/http-secret.md', 'kubernetes', fresh)
  describeGuide('docs/guides/expose.md', 'kubernetes', fresh)
  describeGuide('docs/guides/users.md', 'kubernetes', fresh)
  describeGuide('docs/guides/trust.md', 'kubernetes', fresh)
  describeGuide('docs/guides/gitops.md', 'kubernetes', fresh)
})
