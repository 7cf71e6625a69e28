import type { KubeObject } from '../../model'
import { awsGrant } from './aws'
import { azureGrant } from './azure'
import { credentialsRequest } from './credentials-request'
import { gcpGrant } from './gcp'
import { ibmGrants } from './ibm'
import { openstackGrant } from './openstack'

/** What the operator and the registry need of each cloud, no more. */
export const credentialsRequests: ReadonlyArray<KubeObject> = [
  awsGrant,
  azureGrant,
  gcpGrant,
  ...ibmGrants,
  openstackGrant,
].map(credentialsRequest)
