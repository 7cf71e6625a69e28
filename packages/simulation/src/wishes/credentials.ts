import type { KubeObject } from '@image-registry-operator/render/model'

/** What nobody may ever read where it does not belong. */
export const CANARY = 'canary-K7Q9'

export const REGISTRY_NAMESPACE = 'openshift-image-registry'

const encoded = (texts: { readonly [key: string]: string }): { readonly [key: string]: string } =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  )

/** A Secret of the registry's namespace with these texts. */
export const secretOf = (name: string, texts: { readonly [key: string]: string }): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: REGISTRY_NAMESPACE },
  data: encoded(texts),
})

const CLOUDS = [
  'clouds:',
  '  openstack:',
  '    region_name: RegionOne',
  '    auth:',
  '      auth_url: https://keystone.example.com:5000/v3',
  '      project_name: registry',
  '      user_domain_name: Default',
  `      username: ${CANARY}-user`,
  `      password: ${CANARY}-password`,
].join('\n')

/** What lets the cluster in to all clouds at once. */
export const CLUSTER_CREDENTIALS = secretOf('installer-cloud-credentials', {
  aws_access_key_id: `${CANARY}-id`,
  aws_secret_access_key: `${CANARY}-secret`,
  'service_account.json': JSON.stringify({
    type: 'service_account',
    project_id: 'demo',
    private_key: `${CANARY}-key`,
  }),
  azure_client_id: 'a-client',
  azure_client_secret: `${CANARY}-secret`,
  azure_tenant_id: 'a-tenant',
  azure_subscription_id: 'a-subscription',
  azure_resourcegroup: 'demo',
  azure_region: 'westus',
  'clouds.yaml': CLOUDS,
  ibmcloud_api_key: `${CANARY}-key`,
})

const USER_SECRET = 'image-registry-private-configuration-user'

/** What a person gives for all clouds; what the cluster has does not count beside it. */
export const USER_CREDENTIALS = secretOf(USER_SECRET, {
  REGISTRY_STORAGE_S3_ACCESSKEY: `${CANARY}-own-id`,
  REGISTRY_STORAGE_S3_SECRETKEY: `${CANARY}-own-secret`,
  REGISTRY_STORAGE_GCS_KEYFILE: JSON.stringify({
    type: 'service_account',
    private_key: `${CANARY}-own-key`,
  }),
  REGISTRY_STORAGE_AZURE_ACCOUNTKEY: Buffer.from(`${CANARY}-own-key`).toString('base64'),
  REGISTRY_STORAGE_SWIFT_USERNAME: `${CANARY}-own-user`,
  REGISTRY_STORAGE_SWIFT_PASSWORD: `${CANARY}-own-password`,
})

/** What opens nothing, wherever it is shown. */
export const WRONG = 'opens-nothing'

/** What a person gives, mistyped. */
export const WRONG_CREDENTIALS = secretOf(USER_SECRET, {
  REGISTRY_STORAGE_S3_ACCESSKEY: WRONG,
  REGISTRY_STORAGE_S3_SECRETKEY: WRONG,
  REGISTRY_STORAGE_GCS_KEYFILE: JSON.stringify({ type: 'service_account', private_key: WRONG }),
  REGISTRY_STORAGE_AZURE_ACCOUNTKEY: Buffer.from(WRONG).toString('base64'),
  REGISTRY_STORAGE_SWIFT_USERNAME: WRONG,
  REGISTRY_STORAGE_SWIFT_PASSWORD: WRONG,
})
