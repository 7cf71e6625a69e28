import type { JsonObject } from '../../model'
import { AZURE_BLOBS, azureDriverNeeds, azureRegistryNeeds } from './azure-needs'
import type { Grant } from './credentials-request'
import { takenBy } from './needs'
import { ROLE_PURPOSE, ROLE_TITLE } from './role-title'

const ALL = takenBy(azureDriverNeeds, azureRegistryNeeds)

// Azure asks for them in a list of their own.
const isOfBlobs = (permission: string): boolean => permission.startsWith(AZURE_BLOBS)
const PERMISSIONS = ALL.filter((permission) => !isOfBlobs(permission))
const DATA_PERMISSIONS = ALL.filter(isOfBlobs)

/** An account, its container and the blobs in it, and a private way to it. */
export const azureGrant: Grant = {
  name: 'openshift-image-registry-azure',
  provider: 'AzureProviderSpec',
  fields: { permissions: PERMISSIONS, dataPermissions: DATA_PERMISSIONS },
  tokens: true,
}

/** A custom role of Azure, as `az role definition create` takes it, for a scope such as `/subscriptions/…`. */
export const azureRole = (scope: string): JsonObject => ({
  Name: ROLE_TITLE,
  IsCustom: true,
  Description: ROLE_PURPOSE,
  Actions: PERMISSIONS,
  NotActions: [],
  DataActions: DATA_PERMISSIONS,
  NotDataActions: [],
  AssignableScopes: [scope],
})
