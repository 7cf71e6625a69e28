import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { Json } from '../../model'

import { infrastructureFacts } from './infrastructure-facts'
import { foreignReadings } from '../readings'

const infrastructure = (status: Json) => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'Infrastructure',
  metadata: { name: 'cluster' },
  status,
})

const objectStore = (status: Json) => ({
  apiVersion: 'image-registry-operator/v1',
  kind: 'ObjectStore',
  metadata: { name: 'cluster' },
  status,
})

const factsOf = (...objects: ReadonlyArray<ReturnType<typeof infrastructure>>) =>
  infrastructureFacts(foreignReadings(objects))

describe('what the cluster runs on', () => {
  it('is read from its Infrastructure', () => {
    const status = {
      infrastructureName: 'demo-7xk2p',
      infrastructureTopology: 'HighlyAvailable',
      platformStatus: { type: 'AWS' },
    }
    expect(factsOf(infrastructure(status))).toEqual(
      E.right({
        platformType: 'AWS',
        infrastructureName: 'demo-7xk2p',
        singleReplicaInfrastructure: false,
        objectStore: 'unknown',
      }),
    )
  })

  it.each([
    ['SingleReplica', true],
    ['HighlyAvailableArbiter', false],
    ['DualReplica', false],
    ['External', false],
  ])('with the topology %s it is one node: %s', (infrastructureTopology, expected) => {
    const status = { infrastructureTopology, platformStatus: { type: 'AWS' } }
    expect(factsOf(infrastructure(status))).toMatchObject(
      E.right({ singleReplicaInfrastructure: expected }),
    )
  })

  const endpoints = (name: string) => [
    { name: 'other', url: 'https://other' },
    { name, url: 'https://store' },
  ]
  const addresses = (name: string) => ({ other: 'https://other', [name]: 'https://store' })

  it.each([
    [{ type: 'AWS', aws: { region: 'us-east-1' } }, { region: 'us-east-1' }],
    [
      { type: 'AWS', aws: { serviceEndpoints: endpoints('s3') } },
      { storageEndpoint: 'https://store', serviceEndpoints: addresses('s3') },
    ],
    [{ type: 'Azure', azure: { cloudName: 'AzureChinaCloud' } }, { cloudName: 'AzureChinaCloud' }],
    [{ type: 'IBMCloud', ibmcloud: { location: 'eu-gb' } }, { region: 'eu-gb' }],
    [
      { type: 'IBMCloud', ibmcloud: { serviceEndpoints: endpoints('COS') } },
      { storageEndpoint: 'https://store', serviceEndpoints: addresses('COS') },
    ],
    [{ type: 'PowerVS', powervs: { region: 'lon' } }, { region: 'eu-gb' }],
    [
      { type: 'PowerVS', powervs: { region: 'moon', serviceEndpoints: endpoints('COS') } },
      { storageEndpoint: 'https://store', serviceEndpoints: addresses('COS') },
    ],
    [{ type: 'OpenStack', openstack: { cloudName: 'mine' } }, { cloudsEntry: 'mine' }],
    [{ type: 'OpenStack', openstack: { cloudName: '' } }, {}],
    [{ type: 'AWS', azure: { cloudName: 'AzureChinaCloud' } }, {}],
    [{ type: 'Azure' }, {}],
    [{ type: 'IBMCloud' }, {}],
    [{ type: 'PowerVS' }, {}],
  ])('with the platform %j its cloud is %j', (platformStatus, expected) => {
    expect(factsOf(infrastructure({ platformStatus }))).toEqual(
      E.right({
        platformType: platformStatus.type,
        infrastructureName: '',
        singleReplicaInfrastructure: false,
        objectStore: 'unknown',
        ...expected,
      }),
    )
  })

  it('is not known without an Infrastructure', () => {
    expect(factsOf()).toEqual(E.left({ _tag: 'InfrastructureMissing' }))
  })

  it.each([null, {}, { platform: 'AWS' }, { platformStatus: null }])(
    'is not known from the status %j',
    (status) => {
      expect(factsOf(infrastructure(status))).toEqual(E.left({ _tag: 'PlatformStatusMissing' }))
    },
  )

  it('may be a platform without a name', () => {
    expect(factsOf(infrastructure({ platformStatus: {} }))).toMatchObject(
      E.right({ platformType: '' }),
    )
  })
})

describe('the object store of the cloud', () => {
  const platform = infrastructure({ platformStatus: { type: 'OpenStack' } })

  it.each([
    [{ usable: true }, 'present'],
    [{ usable: false }, 'absent'],
    [{}, 'unknown'],
  ])('with the answer %j is %s', (status, expected) => {
    expect(factsOf(platform, objectStore(status))).toMatchObject(E.right({ objectStore: expected }))
  })

  it('is unknown for the reason that whoever asked gives', () => {
    expect(factsOf(platform, objectStore({ message: 'nobody answers' }))).toMatchObject(
      E.right({ objectStore: 'unknown', objectStoreProblem: 'nobody answers' }),
    )
  })
})
