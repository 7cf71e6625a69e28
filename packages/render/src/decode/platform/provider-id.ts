import type { InfrastructureFacts } from '../../model'

/** What a machine says of the cloud that it is in. */
export type MachinePlace = Pick<InfrastructureFacts, 'platformType' | 'region' | 'projectId'>

const NOWHERE: MachinePlace = { platformType: '' }

const unlessEmpty = (
  name: Exclude<keyof MachinePlace, 'platformType'>,
  value: string | undefined,
): Partial<MachinePlace> => (value === undefined || value === '' ? {} : { [name]: value })

// Zones are regions with a letter; Local and Wavelength Zones have a name behind it, e.g. us-west-2-lax-1a.
const AWS_REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+/

/** `aws:///eu-west-1a/i-0abc`, kubernetes/cloud-provider-aws pkg/providers/v1/instances.go; the zone may be missing. */
const aws = (path: string): MachinePlace => ({
  platformType: 'AWS',
  ...unlessEmpty('region', AWS_REGION.exec(path.split('/')[1] ?? '')?.[0]),
})

/** `gce://project/europe-west1-b/name`, kubernetes/cloud-provider-gcp providers/gce/gce_util.go: a zone is its region and a letter. */
const gce = (path: string): MachinePlace => {
  const [projectId, zone = ''] = path.split('/')
  return {
    platformType: 'GCP',
    ...unlessEmpty('projectId', projectId),
    ...unlessEmpty('region', zone.slice(0, Math.max(0, zone.lastIndexOf('-')))),
  }
}

/**
 * `azure:///subscriptions/…/resourceGroups/…/providers/…`, kubernetes-sigs/cloud-provider-azure pkg/provider/azure_wrap.go. The
 * group in it is that of the nodes, and goes with them: nothing that is to stay belongs there.
 */
const azure = (): MachinePlace => ({ platformType: 'Azure' })

/** `openstack:///uuid` or `openstack://region/uuid`, kubernetes/cloud-provider-openstack pkg/openstack/instancesv2.go. */
const openstack = (path: string): MachinePlace => ({
  platformType: 'OpenStack',
  ...unlessEmpty('region', path.split('/')[0]),
})

/** By the scheme. What is not here (`kind`, `k3s`, `ibm`, `digitalocean`, …) has no storage of which we would know. */
const PLACES: { readonly [scheme: string]: (path: string) => MachinePlace } = {
  aws,
  azure,
  gce,
  openstack,
}

/** Where a machine is, by the `spec.providerID` of its node; a platform without a name where that says nothing of use. */
export const machinePlace = (providerId: string): MachinePlace => {
  const [, scheme = '', path = ''] = /^([a-z0-9]+):\/\/(.*)$/s.exec(providerId) ?? []
  const read = Object.hasOwn(PLACES, scheme) ? PLACES[scheme] : undefined
  return read === undefined ? NOWHERE : read(path)
}
