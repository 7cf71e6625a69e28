import { describe, expect, it } from 'vitest'

import { someFacts } from '../testing/some-facts'
import {
  azureLayout,
  isDistributionSince,
  namedRegistryBuild,
  REGISTRY_BUILDS,
  registryBuild,
  registryBuildName,
  type RegistryBuild,
} from './registry-build'

const distribution = (major: number, minor: number): RegistryBuild => ({
  _tag: 'Distribution',
  version: [major, minor],
})

describe('the registry of a cluster', () => {
  it('is that of the platform, unless the release names another one', () => {
    const { release } = someFacts()
    expect(registryBuild({ platform: 'OpenShift', release })).toEqual({ _tag: 'OpenShift' })
    expect(registryBuild({ platform: 'Kubernetes', release })).toEqual(distribution(3, 1))
    const named = { ...release, registry: distribution(2, 8) }
    expect(registryBuild({ platform: 'OpenShift', release: named })).toEqual(distribution(2, 8))
    expect(registryBuild({ platform: 'Kubernetes', release: named })).toEqual(distribution(2, 8))
  })

  it.each(REGISTRY_BUILDS)('is known again by its name: %s', (name) => {
    const build = namedRegistryBuild(name)
    expect(build === undefined ? undefined : registryBuildName(build)).toBe(name)
  })

  it.each(['', 'OpenShift', 'distribution', 'distribution-3', 'distribution-3.x', '3.1'])(
    'has no such name: %j',
    (name) => {
      expect(namedRegistryBuild(name)).toBeUndefined()
    },
  )

  it.each([
    [distribution(3, 0), false],
    [distribution(3, 1), true],
    [distribution(3, 12), true],
    [distribution(4, 0), true],
    [distribution(2, 8), false],
    [{ _tag: 'OpenShift' } as const, false],
  ])('%j is distribution since 3.1: %s', (build, expected) => {
    expect(isDistributionSince(build, [3, 1])).toBe(expected)
  })

  it('names its blobs on Azure as OpenShift does, unless it is distribution since 3.0', () => {
    expect(azureLayout({ _tag: 'OpenShift' })).toBe('leading-slash')
    expect(azureLayout(distribution(2, 8))).toBe('leading-slash')
    expect(azureLayout(distribution(3, 0))).toBe('no-leading-slash')
  })
})
