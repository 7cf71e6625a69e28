import type { JsonObject } from '../../model'
import type { Grant } from './credentials-request'

const IAM = 'crn:v1:bluemix:public:iam::::'

const policy = (attribute: string, value: string, ...roles: ReadonlyArray<string>): JsonObject => ({
  attributes: [{ name: attribute, value }],
  roles: roles.map((role) => `${IAM}${role}`),
})

/** Object storage, and a look at the resource group that it belongs to. */
const POLICIES = [
  policy(
    'serviceName',
    'cloud-object-storage',
    'role:Viewer',
    'role:Operator',
    'role:Editor',
    'role:Administrator',
    'serviceRole:Reader',
    'serviceRole:Writer',
  ),
  policy('resourceType', 'resource-group', 'role:Viewer'),
]

/** IBM Cloud has two kinds of cluster, with the same storage. */
export const ibmGrants: ReadonlyArray<Grant> = [
  {
    name: 'openshift-image-registry-ibmcos',
    provider: 'IBMCloudProviderSpec',
    fields: { policies: POLICIES },
    tokens: false,
  },
  {
    name: 'openshift-image-registry-ibmcos-powervs',
    provider: 'IBMCloudPowerVSProviderSpec',
    fields: { policies: POLICIES },
    tokens: false,
  },
]
