import type { Json } from '../../model'
import { type AwsScope, awsPolicy } from './aws'
import { azureRole } from './azure'
import { gcpRole } from './gcp'
import { ibmPolicies } from './ibm'
import { swiftRules } from './openstack'

/** Clouds whose permissions somebody may have to grant by hand. */
export type Cloud = 'aws' | 'azure' | 'gcp' | 'ibmcloud' | 'openstack'

/** What permissions are limited to; what a cloud knows no limit of is passed over. */
export type PermissionScope = AwsScope & {
  /** Where a role of Azure may be assigned, e.g. `/subscriptions/…`. */
  readonly assignableScope?: string
}

/** Stands where a scope has to be that nobody has named. */
const SOME_SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000'

/** What the operator and the registry have to be allowed in a cloud, in the form in which that cloud is told. */
export const cloudPermissions = (cloud: Cloud, scope: PermissionScope): Json => {
  switch (cloud) {
    case 'aws':
      return awsPolicy(scope)
    case 'azure':
      return azureRole(scope.assignableScope ?? SOME_SUBSCRIPTION)
    case 'gcp':
      return gcpRole
    case 'ibmcloud':
      return ibmPolicies
    case 'openstack':
      return swiftRules(scope.bucket)
  }
}
