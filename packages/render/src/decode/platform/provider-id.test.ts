import { describe, expect, it } from 'vitest'

import { machinePlace, type MachinePlace } from './provider-id'

const AWS = { platformType: 'AWS' }
const GCP = { platformType: 'GCP' }
const AZURE = { platformType: 'Azure' }
const OPENSTACK = { platformType: 'OpenStack' }

const VM = 'providers/Microsoft.Compute/virtualMachineScaleSets/aks/virtualMachines/0'

describe('the providerID of a node', () => {
  it.each<readonly [providerId: string, place: MachinePlace]>([
    ['aws:///eu-west-1a/i-0123456789abcdef0', { ...AWS, region: 'eu-west-1' }],
    ['aws:///us-gov-west-1b/i-01234567', { ...AWS, region: 'us-gov-west-1' }],
    ['aws:///us-west-2-lax-1a/i-01234567', { ...AWS, region: 'us-west-2' }],
    [
      'aws:///us-east-1c/0a1b2c3d/fargate-ip-192-168-1-1.ec2.internal',
      { ...AWS, region: 'us-east-1' },
    ],
    ['aws:////i-01234567', AWS],
    ['aws://', AWS],
    [
      'gce://my-project/europe-west1-b/gke-node-1',
      { ...GCP, projectId: 'my-project', region: 'europe-west1' },
    ],
    ['gce://my-project/nowhere/node', { ...GCP, projectId: 'my-project' }],
    ['gce:///', GCP],
    [`azure:///subscriptions/0-1/resourceGroups/Mine/${VM}`, AZURE],
    [`azure:///subscriptions/0-1/resourcegroups/mc_a/${VM}`, AZURE],
    ['azure:///vm', AZURE],
    ['openstack:///6d1f2c3a-0000-4000-8000-000000000000', OPENSTACK],
    ['openstack://RegionOne/6d1f2c3a', { ...OPENSTACK, region: 'RegionOne' }],
  ])('%s says where it is', (providerId, place) => {
    expect(machinePlace(providerId)).toEqual(place)
  })

  it.each([
    '',
    'kind://docker/kind/kind-control-plane',
    'k3s://server-0',
    'digitalocean://1234',
    'ibm://account///cluster/node',
    'hcloud://1',
    'vsphere://4208',
    'toString://x',
    'aws',
    'aws:/x',
    'AWS:///eu-west-1a/i-0',
    '://',
  ])('%j tells of no cloud that we know', (providerId) => {
    expect(machinePlace(providerId)).toEqual({ platformType: '' })
  })
})
