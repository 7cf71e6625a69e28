import type { JsonObject } from '../../model'
import type { Grant } from './credentials-request'
import { ibmGroupNeeds, ibmStorageNeeds } from './ibm-needs'
import { type Needs, takenBy } from './needs'

type Policy = {
  readonly attributes: ReadonlyArray<JsonObject>
  readonly roles: ReadonlyArray<string>
}

const policy = (name: string, value: string, needs: Needs): Policy => ({
  attributes: [{ name, value }],
  roles: takenBy(needs),
})

/** Object storage, and a look at the resource group that it belongs to. */
const POLICIES: ReadonlyArray<Policy> = [
  policy('serviceName', 'cloud-object-storage', ibmStorageNeeds),
  policy('resourceType', 'resource-group', ibmGroupNeeds),
]

const grantOf = (name: string, provider: string): Grant => ({
  name,
  provider,
  fields: { policies: POLICIES },
  tokens: false,
})

/** IBM Cloud has two kinds of cluster, with the same storage. */
export const ibmGrants: ReadonlyArray<Grant> = [
  grantOf('openshift-image-registry-ibmcos', 'IBMCloudProviderSpec'),
  grantOf('openshift-image-registry-ibmcos-powervs', 'IBMCloudPowerVSProviderSpec'),
]

/** Access policies of IBM Cloud, each as `ibmcloud iam service-policy-create --file` takes it. */
export const ibmPolicies: ReadonlyArray<JsonObject> = POLICIES.map(({ attributes, roles }) => ({
  type: 'access',
  roles: roles.map((role) => ({ role_id: role })),
  resources: [{ attributes }],
}))
