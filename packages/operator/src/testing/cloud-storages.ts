import { generateKeyPairSync } from 'node:crypto'

import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

import { credentialsSecret, OF_CLUSTER, OF_PERSON, s3KeysSecret } from './credentials-secret'

/** A storage in a cloud, with credentials that nobody has given, and who is asked first because of it. */
export type CloudStorage = {
  readonly name: string
  readonly storage: { readonly [backend: string]: { readonly [field: string]: string } }
  readonly objects: ReadonlyArray<KubeObject>
  /** Host and port. */
  readonly asks: string
}

const S3_KEYS = s3KeysSecret('nobody', 'nothing')

const infrastructure = (platformStatus: JsonObject): KubeObject => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'Infrastructure',
  metadata: { name: 'cluster' },
  status: { infrastructureName: 'demo-x7k2p', platformStatus },
})

const privateKey = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey

/** One for each way in which a library for a cloud, or none of them, is used first. */
export const cloudStorages = (tokenFile: string): ReadonlyArray<CloudStorage> => [
  {
    name: 'S3 with keys',
    storage: { s3: { bucket: 'images', region: 'us-east-1' } },
    objects: [S3_KEYS],
    asks: 'images.s3.dualstack.us-east-1.amazonaws.com:443',
  },
  {
    name: 'S3 with a role',
    storage: { s3: { bucket: 'images', region: 'us-east-1' } },
    objects: [
      credentialsSecret(OF_CLUSTER, {
        credentials: `[default]\nrole_arn = arn:aws:iam::1:role/a\nweb_identity_token_file = ${tokenFile}\n`,
      }),
    ],
    asks: 'sts.us-east-1.amazonaws.com:443',
  },
  {
    name: 'Azure with a key',
    storage: { azure: { accountName: 'demo', container: 'images' } },
    objects: [
      credentialsSecret(OF_PERSON, {
        REGISTRY_STORAGE_AZURE_ACCOUNTKEY: Buffer.from('nothing').toString('base64'),
      }),
    ],
    asks: 'demo.blob.core.windows.net:443',
  },
  {
    name: 'Azure with a principal',
    storage: { azure: { accountName: 'demo', container: 'images' } },
    objects: [
      infrastructure({ type: 'Azure', azure: { resourceGroupName: 'demo' } }),
      credentialsSecret(OF_CLUSTER, {
        azure_client_id: '00000000-0000-4000-8000-000000000001',
        azure_client_secret: 'nothing',
        azure_tenant_id: '00000000-0000-4000-8000-000000000002',
        azure_subscription_id: '00000000-0000-4000-8000-000000000003',
        azure_resourcegroup: 'demo',
        azure_region: 'westus',
      }),
    ],
    asks: 'login.microsoftonline.com:443',
  },
  {
    name: 'Google Cloud Storage',
    storage: { gcs: { bucket: 'images', region: 'us-central1', projectID: 'demo' } },
    objects: [
      credentialsSecret(OF_PERSON, {
        REGISTRY_STORAGE_GCS_KEYFILE: JSON.stringify({
          type: 'service_account',
          project_id: 'demo',
          private_key_id: 'nothing',
          private_key: privateKey(),
          client_email: 'nobody@demo.iam.gserviceaccount.com',
          token_uri: 'https://oauth2.googleapis.com/token',
        }),
      }),
    ],
    asks: 'oauth2.googleapis.com:443',
  },
  {
    name: 'Swift',
    storage: {
      swift: {
        authURL: 'https://keystone.example.com:5000/v3',
        container: 'images',
        domain: 'Default',
        tenant: 'registry',
        regionName: 'RegionOne',
      },
    },
    objects: [
      credentialsSecret(OF_PERSON, {
        REGISTRY_STORAGE_SWIFT_USERNAME: 'nobody',
        REGISTRY_STORAGE_SWIFT_PASSWORD: 'nothing',
      }),
    ],
    asks: 'keystone.example.com:5000',
  },
  {
    name: 'IBM Cloud Object Storage',
    storage: { ibmcos: { bucket: 'images', location: 'us-east' } },
    objects: [infrastructure({ type: 'IBMCloud', ibmcloud: { location: 'us-east' } }), S3_KEYS],
    asks: 's3.us-east.cloud-object-storage.appdomain.cloud:443',
  },
]
