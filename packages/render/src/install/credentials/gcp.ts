import type { JsonObject } from '../../model'
import type { Grant } from './credentials-request'
import { gcsDriverNeeds, gcsRegistryNeeds } from './gcs-needs'
import { takenBy } from './needs'
import { ROLE_PURPOSE, ROLE_TITLE } from './role-title'

const PERMISSIONS = takenBy(gcsDriverNeeds, gcsRegistryNeeds)

/** A bucket, its settings and tags, and what is in it. */
export const gcpGrant: Grant = {
  name: 'openshift-image-registry-gcs',
  provider: 'GCPProviderSpec',
  fields: { permissions: PERMISSIONS, skipServiceCheck: true },
  tokens: true,
}

/** A custom role of Google Cloud, as `gcloud iam roles create --file` takes it. */
export const gcpRole: JsonObject = {
  title: ROLE_TITLE,
  description: ROLE_PURPOSE,
  stage: 'GA',
  includedPermissions: PERMISSIONS,
}
