import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ClusterFacts, PartSight, RegistryBuild, StorageKnown } from '../../model'
import { someFacts } from '../../testing/some-facts'
import { anAzureContainer } from '../../testing/some-storage'
import { azureLayoutKept } from './azure-layout'

const PLACE = 'azure/account/images'
const OPENSHIFT: RegistryBuild = { _tag: 'OpenShift' }
const distribution = (major: number, minor: number): RegistryBuild => ({
  _tag: 'Distribution',
  version: [major, minor],
})

const problemOf = (build: RegistryBuild, changes: Partial<ClusterFacts> = {}): unknown => {
  const release = { ...someFacts().release, registry: build }
  const found = azureLayoutKept(
    anAzureContainer(),
    someFacts({ platform: 'Kubernetes', release, ...changes }),
  )
  return E.isLeft(found) ? found.left : undefined
}

const remembered = (build: RegistryBuild, place = PLACE): Pick<ClusterFacts, 'writers'> => ({
  writers: { remembered: { [place]: build }, said: {} },
})

const present: PartSight = { _tag: 'Present', settings: {}, details: {} }

const looked = (
  container: PartSight,
  account: PartSight = present,
  place = PLACE,
): { readonly storage: StorageKnown } => ({
  storage: {
    _tag: 'Looked',
    target: 'sha256:t',
    place,
    keys: {},
    troubles: [],
    sight: { parts: { account, container } },
  },
})

describe('images in a container of Azure', () => {
  it.each([
    [OPENSHIFT, distribution(2, 8)],
    [distribution(2, 8), OPENSHIFT],
    [distribution(3, 0), distribution(3, 1)],
    [distribution(3, 1), distribution(3, 0)],
  ])('that %j has written are found by %j', (written, build) => {
    expect(problemOf(build, remembered(written))).toBeUndefined()
  })

  it.each([
    [OPENSHIFT, distribution(3, 1)],
    [distribution(2, 8), distribution(3, 0)],
    [distribution(3, 1), OPENSHIFT],
    [distribution(3, 0), distribution(2, 8)],
  ])('that %j has written are not left to %j', (written, build) => {
    expect(problemOf(build, remembered(written))).toEqual({
      _tag: 'StorageLayoutDiffers',
      place: PLACE,
      written,
      build,
    })
  })

  it('are those of the registry of OpenShift, where nothing is remembered on OpenShift', () => {
    const onOpenShift = { platform: 'OpenShift' as const }
    expect(problemOf(OPENSHIFT, onOpenShift)).toBeUndefined()
    expect(problemOf(distribution(2, 8), onOpenShift)).toBeUndefined()
    expect(problemOf(distribution(3, 1), onOpenShift)).toMatchObject({
      written: OPENSHIFT,
      isAssumed: true,
    })
    expect(problemOf(distribution(3, 1))).toBeUndefined()
  })

  it('are only those of this container', () => {
    expect(problemOf(OPENSHIFT, remembered(distribution(3, 1), 'azure/account/other'))).toBe(
      undefined,
    )
  })

  it('may be none: then any registry may begin', () => {
    const written = remembered(OPENSHIFT)
    const build = distribution(3, 1)
    const withSight = (sight: { readonly storage: StorageKnown }) =>
      problemOf(build, { ...written, ...sight })
    expect(withSight(looked({ _tag: 'Absent' }))).toBeUndefined()
    expect(withSight(looked({ ...present, isEmpty: true }))).toBeUndefined()
    expect(withSight(looked(present, { _tag: 'Absent' }))).toBeUndefined()
    expect(withSight(looked({ ...present, isEmpty: false }))).toBeDefined()
    expect(withSight(looked(present))).toBeDefined()
    const other = looked({ _tag: 'Absent' }, present, 'azure/account/other')
    expect(withSight(other)).toBeDefined()
    expect(withSight({ storage: { _tag: 'Awaited' } })).toBeDefined()
  })

  it('are as people say that they are', () => {
    const writers = {
      remembered: { [PLACE]: OPENSHIFT },
      said: { [PLACE]: distribution(3, 0) },
    }
    expect(problemOf(distribution(3, 1), { writers })).toBeUndefined()
    expect(problemOf(OPENSHIFT, { writers })).toMatchObject({ written: distribution(3, 0) })
  })
})
