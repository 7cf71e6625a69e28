import type { JsonObject } from '@image-registry-operator/render/model'

import { secretOf, USER_CREDENTIALS } from './credentials'
import { pruner, wish, type Wish } from './wish'

const S3 = { region: 'eu-central-1' }
const GCS = { region: 'europe-west1', projectID: 'demo' }
const SWIFT = { authURL: 'https://keystone.example.com:5000/v3', regionName: 'RegionOne' }
const IBM = { location: 'eu-de' }
const EMPTY_DIR: JsonObject = { storage: { emptyDir: {} } }

const SOMEBODYS_INSTANCE = 'crn:v1:bluemix:public:cloud-object-storage:global:a/1:theirs::'

const emptyDirWith = (spec: JsonObject): JsonObject => ({ ...EMPTY_DIR, ...spec })

/** Everywhere where images may be. */
const STORAGES: ReadonlyArray<Wish> = [
  wish('emptyDir', EMPTY_DIR),
  wish('a claim that is made', { replicas: 2, storage: { pvc: { claim: '' } } }),
  wish('a claim of somebody', { replicas: 2, storage: { pvc: { claim: 'of-somebody' } } }),
  wish('a claim of somebody for one node', {
    rolloutStrategy: 'Recreate',
    storage: { pvc: { claim: 'of-somebody-for-one-node' } },
  }),
  wish('S3 that is made', { replicas: 2, storage: { s3: { ...S3, bucket: 'images' } } }),
  wish('S3 that is made and named', { replicas: 2, storage: { s3: S3 } }),
  wish('S3 that is made, with a key', {
    storage: { managementState: 'Managed', s3: { ...S3, bucket: 'images-with-a-key', keyID: 'k' } },
  }),
  wish('S3 of somebody', { replicas: 2, storage: { s3: { ...S3, bucket: 'theirs' } } }),
  wish('S3 of somebody, which he says', {
    storage: { managementState: 'Unmanaged', s3: { ...S3, bucket: 'theirs' } },
  }),
  wish('S3 of somebody with versions', { storage: { s3: { ...S3, bucket: 'theirs-versioned' } } }),
  wish('S3 of somebody, otherwise', {
    storage: {
      s3: { ...S3, bucket: 'theirs', virtualHostedStyle: true, chunkSizeMiB: 10, encrypt: false },
    },
  }),
  wish(
    'S3 of somebody with his keys',
    { storage: { s3: { ...S3, bucket: 'theirs' } } },
    { objects: [USER_CREDENTIALS] },
  ),
  wish('Google that is made', { replicas: 2, storage: { gcs: GCS } }),
  wish('Google that is made and named', {
    storage: { gcs: { ...GCS, bucket: 'images', keyID: 'k' } },
  }),
  wish('Google of somebody', { replicas: 2, storage: { gcs: { ...GCS, bucket: 'theirs' } } }),
  wish('Azure that is made', { replicas: 2, storage: { azure: {} } }),
  wish('Azure, a container that is made', {
    storage: { azure: { accountName: 'theirs', container: 'images' } },
  }),
  wish('Azure of somebody', {
    replicas: 2,
    storage: { azure: { accountName: 'theirs', container: 'theirs' } },
  }),
  wish('Azure in private', {
    storage: { azure: { networkAccess: { type: 'Internal' } } },
  }),
  wish('Swift that is made', { replicas: 2, storage: { swift: SWIFT } }),
  wish('Swift of somebody', { storage: { swift: { ...SWIFT, container: 'theirs' } } }),
  wish('IBM that is made', { replicas: 2, storage: { ibmcos: IBM } }),
  wish('IBM of somebody', {
    storage: { ibmcos: { ...IBM, bucket: 'theirs', serviceInstanceCRN: SOMEBODYS_INSTANCE } },
  }),
]

/** Whether there is a registry, and how it runs. */
const REGISTRIES: ReadonlyArray<Wish> = [
  wish('nothing', { managementState: 'Removed', storage: {} }),
  wish('nothing, and a bucket that would be made', {
    managementState: 'Removed',
    replicas: 2,
    storage: { s3: { ...S3, bucket: 'images' } },
  }),
  wish('nothing, and its claim goes as well', {
    managementState: 'Removed',
    storage: { pvc: { claim: '' } },
  }),
  wish('nothing, and its storage goes as well', {
    managementState: 'Removed',
    storage: { managementState: 'Managed' },
  }),
  wish('to be left alone', { managementState: 'Unmanaged', ...EMPTY_DIR }),
  wish('no pods', emptyDirWith({ replicas: 0 })),
  wish('three pods', { replicas: 3, storage: { s3: { ...S3, bucket: 'images' } } }),
  wish('one pod after the other', emptyDirWith({ rolloutStrategy: 'Recreate' })),
  wish('read only', emptyDirWith({ readOnly: true })),
  wish('no redirects', {
    disableRedirect: true,
    storage: { s3: { ...S3, bucket: 'theirs' } },
  }),
  wish('a proxy', emptyDirWith({ proxy: { http: 'http://proxy.example:1', noProxy: 'here' } })),
  wish(
    'limits',
    emptyDirWith({ requests: { read: { maxRunning: 1, maxInQueue: 2, maxWaitInQueue: '3s' } } }),
  ),
  wish('a log', emptyDirWith({ logLevel: 'Debug', operatorLogLevel: 'Debug' })),
  wish('a secret', emptyDirWith({ httpSecret: 'of somebody' })),
  wish(
    'chosen nodes',
    emptyDirWith({
      nodeSelector: { place: 'here' },
      tolerations: [{ key: 'place', operator: 'Exists' }],
      topologySpreadConstraints: [],
    }),
  ),
  wish('resources', emptyDirWith({ resources: { requests: { cpu: '1', memory: '1Gi' } } })),
]

const ROUTE_SECRET = secretOf('of-somebody-tls', {
  'tls.crt': 'no certificate',
  'tls.key': 'no key',
})

/** Ways to it, and what is beside it. */
const SURROUNDINGS: ReadonlyArray<Wish> = [
  wish('a default route', emptyDirWith({ defaultRoute: true })),
  wish(
    'two routes',
    emptyDirWith({
      routes: [
        { name: 'public', hostname: 'registry.example.com', secretName: 'of-somebody-tls' },
        { name: 'inner', hostname: 'registry.inner.example' },
      ],
    }),
    { objects: [ROUTE_SECRET] },
  ),
  wish('other TLS', emptyDirWith({}), {
    objects: [
      {
        apiVersion: 'config.openshift.io/v1',
        kind: 'APIServer',
        metadata: { name: 'cluster' },
        spec: { audit: { profile: 'Default' }, tlsSecurityProfile: { type: 'Old', old: {} } },
      },
    ],
  }),
  wish('no clean-up', EMPTY_DIR, { objects: [pruner({ suspend: true })] }),
  wish('another clean-up', EMPTY_DIR, {
    objects: [pruner({ keepTagRevisions: 5, schedule: '5 4 * * *', resources: {} })],
  }),
  wish(
    'a guard',
    { storage: { s3: { ...S3, bucket: 'images' } } },
    {
      annotations: { 'deletion-guard': '1Gi' },
    },
  ),
]

/** What may be wanted on OpenShift: from each of them to each other one there is a way. */
export const OPENSHIFT_WISHES: ReadonlyArray<Wish> = [...STORAGES, ...REGISTRIES, ...SURROUNDINGS]
