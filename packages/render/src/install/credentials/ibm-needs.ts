import type { Needs } from './needs'

const IAM = 'crn:v1:bluemix:public:iam::::'
const VIEWER = `${IAM}role:Viewer`
const EDITOR = `${IAM}role:Editor`
const ADMINISTRATOR = `${IAM}role:Administrator`
const READER = `${IAM}serviceRole:Reader`
const WRITER = `${IAM}serviceRole:Writer`

/** The roles for resource groups that the requests of the driver for IBM Cloud take. */
export const ibmGroupNeeds: Needs = {
  ListResourceGroups: [VIEWER],
  GetResourceGroup: [VIEWER],
}

/** The roles for object storage that they take. With the key that they make of it, everything else is signed. */
export const ibmStorageNeeds: Needs = {
  CreateIamToken: [],
  GetResourceInstance: [VIEWER],
  ListResourceInstances: [VIEWER],
  CreateResourceInstance: [EDITOR],
  DeleteResourceInstance: [EDITOR],
  // Others are shown a key without what can be signed with.
  GetResourceKey: [ADMINISTRATOR],
  ListResourceKeysForInstance: [ADMINISTRATOR],
  // Nobody gives a key a role that he does not have.
  CreateResourceKey: [ADMINISTRATOR, WRITER],
  DeleteResourceKey: [ADMINISTRATOR],
  ListBuckets: [READER],
  HeadBucket: [READER],
}
