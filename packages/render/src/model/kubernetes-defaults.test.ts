import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { clusterDefaults, type ClusterFacts, type InfrastructureFacts, names } from '.'
import { someContent, someFacts } from '../testing/some-facts'

const { USER_CREDENTIALS_SECRET: USER, MINTED_CREDENTIALS_SECRET: MINTED } = names

const secret = (name: string, key: string): Partial<ClusterFacts> => ({
  contents: [someContent('Secret', name, { [key]: 'x' })],
})

const CLASS = { defaultStorageClass: 'standard' }

const facts = (
  platformType: string,
  changes: Partial<ClusterFacts> = {},
  infrastructure: Partial<InfrastructureFacts> = {},
): ClusterFacts =>
  someFacts({
    platform: 'Kubernetes',
    infrastructure: E.right({
      platformType,
      infrastructureName: 'k0a1b2c3d4e5f',
      singleReplicaInfrastructure: false,
      objectStore: 'unknown',
      ...infrastructure,
    }),
    ...changes,
  })

const storageOf = (given: ClusterFacts) => {
  const defaults = clusterDefaults(given)
  return E.isLeft(defaults)
    ? defaults.left._tag
    : Object.keys(defaults.right.storage ?? {}).join() || 'none'
}

describe('where nobody has said anything, plain Kubernetes keeps images', () => {
  it.each([
    ['AWS', 's3', USER, 'REGISTRY_STORAGE_S3_ACCESSKEY'],
    ['AWS', 's3', MINTED, 'credentials'],
    ['AWS', 's3', MINTED, 'aws_access_key_id'],
    ['GCP', 'gcs', USER, 'REGISTRY_STORAGE_GCS_KEYFILE'],
    ['GCP', 'gcs', MINTED, 'service_account.json'],
    ['Azure', 'azure', MINTED, 'azure_client_id'],
  ])('on %s in %s, where %s has %s', (platformType, storage, name, key) => {
    expect(storageOf(facts(platformType, { ...CLASS, ...secret(name, key) }))).toBe(storage)
  })

  it.each(['AWS', 'GCP', 'Azure', 'OpenStack', '', 'BareMetal', 'constructor'])(
    'on %j in a claim of the default class, where there are no credentials',
    (platformType) => {
      const defaults = clusterDefaults(facts(platformType, { ...CLASS, contents: [] }))
      expect(defaults).toEqual(
        E.right({
          managementState: 'Managed',
          replicas: 1,
          storage: { pvc: { claim: names.DEFAULT_CLAIM_NAME } },
        }),
      )
    },
  )

  it('on Azure not in an account of which only the key is known', () => {
    const key = secret(USER, 'REGISTRY_STORAGE_AZURE_ACCOUNTKEY')
    expect(storageOf(facts('Azure', { ...CLASS, ...key }))).toBe('pvc')
  })

  it.each([
    ['AWS', 's3'],
    ['GCP', 'gcs'],
    ['Azure', 'azure'],
  ])('on %s in %s all the same, where there is nothing else', (platformType, storage) => {
    expect(storageOf(facts(platformType, { contents: [] }))).toBe(storage)
  })

  it.each(['', 'OpenStack', 'IBMCloud', 'None'])(
    'on %j nowhere without a class',
    (platformType) => {
      expect(storageOf(facts(platformType, { contents: [] }))).toBe('NoStorageOffered')
    },
  )

  it('on one node with one pod', () => {
    const single = facts('AWS', {}, { singleReplicaInfrastructure: true })
    expect(clusterDefaults(single)).toMatchObject(E.right({ replicas: 1 }))
    expect(clusterDefaults(facts('AWS'))).toMatchObject(E.right({ replicas: 2 }))
  })

  it('nowhere before its platform is known', () => {
    expect(clusterDefaults(facts('', CLASS, { unread: {} }))).toEqual(
      E.left({ _tag: 'MachineUnread' }),
    )
    expect(clusterDefaults(facts('', CLASS, { unread: { problem: 'forbidden' } }))).toEqual(
      E.left({ _tag: 'MachineUnread', problem: 'forbidden' }),
    )
  })
})

describe('on OpenStack', () => {
  const clouds = secret(MINTED, 'clouds.yaml')
  const withSwift = {
    ...clouds,
    ...CLASS,
    release: { ...someFacts().release, registry: { _tag: 'OpenShift' as const } },
  }

  it('a registry of the distribution project has no Swift', () => {
    expect(storageOf(facts('OpenStack', { ...clouds, ...CLASS }))).toBe('pvc')
  })

  it("OpenShift's registry has it where the cloud has it", () => {
    const on = (objectStore: InfrastructureFacts['objectStore']) =>
      storageOf(facts('OpenStack', withSwift, { objectStore }))
    expect([on('present'), on('absent'), on('unknown')]).toEqual([
      'swift',
      'pvc',
      'ObjectStoreUnknown',
    ])
  })

  it('nobody asks for it without a clouds.yaml', () => {
    expect(storageOf(facts('OpenStack', { ...withSwift, contents: [] }))).toBe('pvc')
  })
})
