import { expect } from 'vitest'

import { asYaml } from '../../../harness/installed-objects'
import { startOpenstack } from '../../../harness/storage/swift-life-cycle'
import { deployedOn } from '../deployed-on'
import { type StoragePlace, stopAll } from '../storage-place'

const CINDER_ZONE = 'nova'

/** A cluster on OpenStack with Swift, and a user of it. */
export const openstackPlace = async (): Promise<StoragePlace> => {
  const openstack = await startOpenstack()
  const { swift, front } = openstack
  const auth = {
    auth_url: swift.v3.authUrl,
    username: swift.v3.user,
    password: openstack.password(),
    project_name: 'demo',
    user_domain_name: 'Default',
  }
  const clouds = `clouds:
  openstack:
    auth: ${JSON.stringify(auth)}
    region_name: RegionOne
    identity_api_version: '3'
`
  return {
    objects: asYaml([
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'installer-cloud-credentials', namespace: 'openshift-image-registry' },
        stringData: { 'clouds.yaml': clouds },
      },
    ]),
    platform: { type: 'OpenStack', openstack: { cloudName: 'openstack' } },
    network: front,
    variables: {
      OS_AUTH_URL: swift.v3.authUrl,
      OS_USERNAME: swift.v3.user,
      OS_PASSWORD: openstack.password(),
      OS_PROJECT_NAME: 'demo',
      OS_USER_DOMAIN_NAME: 'Default',
      OS_REGION_NAME: 'RegionOne',
      CINDER_ZONE,
    },
    look: async (client) => {
      await deployedOn(client, 'registry-volume')
      const containers = await (await swift.ask('GET', '/?format=json')).text()
      expect(containers).toContain('-image-registry-')
    },
    stop: stopAll(openstack),
  }
}

/** A cluster of plain Kubernetes on OpenStack. */
export const kubernetesOnOpenstack = async (): Promise<StoragePlace> => ({
  machines: { providerId: 'openstack:///0123abcd-0123-0123-0123-0123456789ab' },
  variables: { CINDER_ZONE },
  look: (client) => deployedOn(client, 'registry-volume'),
  stop: async () => undefined,
})
