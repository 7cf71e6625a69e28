import type { KubeObject } from '../../model'
import { awsGrant } from './aws'
import { azureGrant } from './azure'
import { credentialsRequest, type Grant } from './credentials-request'
import { gcpGrant } from './gcp'
import { ibmGrants } from './ibm'

/** OpenStack's credentials are of one kind: nothing can be chosen. */
const openstackGrant: Grant = {
  name: 'openshift-image-registry-openstack',
  provider: 'OpenStackProviderSpec',
  fields: {},
  tokens: false,
}

/** What the operator and the registry need of each cloud, no more. */
export const credentialsRequests: ReadonlyArray<KubeObject> = [
  awsGrant,
  azureGrant,
  gcpGrant,
  ...ibmGrants,
  openstackGrant,
].map(credentialsRequest)
