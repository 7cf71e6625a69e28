import { createHash } from 'node:crypto'

import type { S3 } from '@aws-sdk/client-s3'

import { bucketLook, userClient } from '../../cases/storage/s3-bucket-world'
import type { KubeObject } from '../../cluster/cluster-client'
import { type Faults, startFaults } from '../../storage-servers/faults/faults'
import { type Front, startFront } from '../../storage-servers/front/front'
import { startMinio } from '../../storage-servers/s3/minio'
import { startMoto } from '../../storage-servers/s3/moto'
import type { PolicyDocument } from '../../storage-servers/s3/policy-document'
import type { S3Access } from '../../storage-servers/s3/s3-server'
import { MINTED_SECRET, USER_SECRET } from './cloud-cluster'
import { storageName } from './config-storage'
import { heldRequests } from './held-requests'
import type { Credentials, LifeCycleBackend, OwnLook, OwnStorage } from './life-cycle-backend'

const REGION = 'us-east-1'
const KUBERNETES_MARK = 'kubernetes.io/cluster/demo-x7k2p'
export const UID_MARK = 'imageregistry.operator.openshift.io/config-uid'

/** Who may do everything with buckets, and nothing else. */
const FOR_REGISTRY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
}

/** The form that tools of AWS share. */
const sharedFile = ({ accessKey, secretKey }: S3Access): Credentials => ({
  credentials: `[default]\naws_access_key_id = ${accessKey}\naws_secret_access_key = ${secretKey}\n`,
})

const userKeys = ({ accessKey, secretKey }: S3Access): Credentials => ({
  REGISTRY_STORAGE_S3_ACCESSKEY: accessKey,
  REGISTRY_STORAGE_S3_SECRETKEY: secretKey,
})

/** All buckets with their settings, without what is in them. */
export const allBuckets = async (s3: S3): Promise<Readonly<Record<string, unknown>>> => {
  const { Buckets = [] } = await s3.listBuckets({})
  const seen = await Promise.all(
    Buckets.map(async ({ Name = '' }) => {
      const {
        versions: _versions,
        uploads: _uploads,
        ...settings
      } = (await bucketLook(s3, Name)) ?? {}
      return [Name, settings] as const
    }),
  )
  return Object.fromEntries(seen)
}

const tagsFor = ({ metadata }: KubeObject): Readonly<Record<string, string>> => ({
  Name: 'demo-x7k2p-image-registry',
  [KUBERNETES_MARK]: 'owned',
  [UID_MARK]: metadata.uid ?? '',
})

/** What is left of uploads that never ended goes after a day. */
export const CLEAN_UP_RULE = {
  ID: 'cleanup-incomplete-multipart-registry-uploads',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
}

const hardened = (config: KubeObject): unknown => ({
  [storageName(config, ['s3', 'bucket'])]: {
    tags: tagsFor(config),
    publicAccess: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    encryption: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
        BucketKeyEnabled: true,
      },
    ],
    rules: [CLEAN_UP_RULE],
  },
})

/** Somebody opens the bucket to the public. */
const openToPublic = async (s3: S3): Promise<void> => {
  const { Buckets = [] } = await s3.listBuckets({})
  for (const { Name: Bucket = '' } of Buckets) await s3.deletePublicAccessBlock({ Bucket })
}

/** Somebody renames it, as far as one can. */
const retag = async (s3: S3): Promise<void> => {
  const { Buckets = [] } = await s3.listBuckets({})
  for (const { Name: Bucket = '' } of Buckets) {
    const { TagSet = [] } = await s3.getBucketTagging({ Bucket })
    const others = TagSet.filter(({ Key }) => Key !== 'Name')
    await s3.putBucketTagging({ Bucket, Tagging: { TagSet: others } })
  }
}

const digest = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

export const objectsOf = async (s3: S3, Bucket: string): Promise<OwnLook['objects']> => {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket })
  const all = await Promise.all(
    Contents.map(async ({ Key = '' }) => {
      const { Body } = await s3.getObject({ Bucket, Key })
      return [Key, digest((await Body?.transformToByteArray()) ?? new Uint8Array())] as const
    }),
  )
  return Object.fromEntries(all)
}

const ownLook = async (s3: S3, Bucket: string): Promise<OwnLook> => {
  const { versions: _versions, ...settings } = (await bucketLook(s3, Bucket)) ?? {}
  const { Policy = '' } = await s3.getBucketPolicy({ Bucket })
  return { settings: { ...settings, Policy }, objects: await objectsOf(s3, Bucket) }
}

/** A bucket of a user's, with tags, a policy, a rule and objects. */
const ownBucket = async (s3: S3, place: object): Promise<OwnStorage> => {
  const Bucket = 'images-of-a-user'
  await s3.createBucket({ Bucket })
  await s3.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'blue' }] } })
  await s3.putBucketPolicy({
    Bucket,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${Bucket}/public/*`,
        },
      ],
    }),
  })
  const Filter = { Prefix: 'logs/' }
  const Rules = [{ ID: 'logs', Status: 'Enabled' as const, Filter, Expiration: { Days: 30 } }]
  await s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules } })
  for (const Key of ['public/index', 'docker/of-a-user', 'logs/today'])
    await s3.putObject({ Bucket, Key, Body: `what is in ${Key}` })
  await s3.createMultipartUpload({ Bucket, Key: 'never/finished' })
  return { spec: { s3: { bucket: Bucket, ...place } }, look: () => ownLook(s3, Bucket) }
}

const awsHosts = (port: number) =>
  Object.fromEntries(
    ['s3.dualstack', 's3'].flatMap((name) =>
      ['', '*.'].map((prefix) => [`${prefix}${name}.${REGION}.amazonaws.com`, { port }]),
    ),
  )

/** Buckets of AWS, and what stands between them and whoever asks. */
export type S3OnAws = Readonly<{
  backend: LifeCycleBackend
  faults: Faults
  front: Front
  /** All buckets go; there is nothing in them. */
  removeBuckets: () => Promise<void>
}>

/** Buckets of AWS by their own host names, with every setting and with keys that are checked: moto. */
export const startS3OnAws = async (): Promise<S3OnAws> => {
  const moto = await startMoto({ enforcePolicies: true })
  const faults = await startFaults({ target: { port: moto.port }, dialect: 's3' })
  const front = await startFront({ hosts: awsHosts(faults.port) })
  const s3 = userClient(moto)
  const first = await moto.createUser('first-registry', FOR_REGISTRY)
  const platform = { type: 'AWS', aws: { region: REGION } }
  const backend: LifeCycleBackend = {
    platform,
    registry: { build: 'distribution-3.1', program: 'distribution-3' },
    network: front,
    secret: MINTED_SECRET,
    credentials: sharedFile(first),
    rotated: async () => sharedFile(await moto.createUser('second-registry', FOR_REGISTRY)),
    wrong: sharedFile({ ...first, secretKey: 'a secret that is wrong' }),
    look: () => allBuckets(s3),
    nothing: {},
    made: hardened,
    drift: () => openToPublic(s3),
    gate: heldRequests(faults, ({ method }) => method === 'PUT'),
    requests: faults.requests,
    own: () => ownBucket(s3, { region: REGION }),
    stop: async () => {
      s3.destroy()
      for (const server of [front, faults, moto]) await server.stop()
    },
  }
  const removeBuckets = async (): Promise<void> => {
    for (const Bucket of Object.keys(await allBuckets(s3))) await s3.deleteBucket({ Bucket })
  }
  return { backend, faults, front, removeBuckets }
}

/** The same, where nobody needs what is in between. */
export const s3OnAws = async (): Promise<LifeCycleBackend> => (await startS3OnAws()).backend

/** A store of one's own that encrypts, behind TLS of an authority that only the Config names: MinIO. */
export const s3OnMinio = async (): Promise<LifeCycleBackend> => {
  const minio = await startMinio({ kms: true, tls: true })
  const s3 = userClient(minio)
  const place = {
    region: REGION,
    regionEndpoint: minio.endpoint,
    trustedCA: { name: 'object-storage-ca' },
  }
  return {
    platform: { type: 'None' },
    registry: { build: 'distribution-3.1', program: 'distribution-3' },
    redirectAuthorities: minio.authorities ?? '',
    spec: { managementState: 'Managed', replicas: 1, storage: { s3: place } },
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'object-storage-ca', namespace: 'openshift-config' },
        data: { 'ca-bundle.crt': minio.authorities ?? '' },
      },
    ],
    secret: USER_SECRET,
    credentials: userKeys(minio),
    wrong: userKeys({ ...minio, secretKey: 'a secret that is wrong' }),
    look: () => allBuckets(s3),
    nothing: {},
    made: (config) => ({
      [storageName(config, ['s3', 'bucket'])]: {
        tags: tagsFor(config),
        publicAccess: undefined,
        encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        rules: [],
      },
    }),
    drift: () => retag(s3),
    own: () => ownBucket(s3, place),
    stop: async () => {
      s3.destroy()
      await minio.stop()
    },
  }
}
