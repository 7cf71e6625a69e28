import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  type PublicAccessBlockConfiguration,
  PutObjectCommand,
  S3Client,
  type ServerSideEncryptionByDefault,
} from '@aws-sdk/client-s3'

import { s3ClientOptions } from './s3-client-options'
import type { S3Access } from './s3-server'

/** What is in a storage, seen and changed as somebody with a client of their own would. */
export type S3Admin = Readonly<{
  buckets: () => Promise<ReadonlyArray<string>>
  createBucket: (bucket: string, region?: string) => Promise<void>
  deleteBucket: (bucket: string) => Promise<void>
  /** Keys and sizes of all objects. */
  objects: (bucket: string) => Promise<Readonly<Record<string, number>>>
  object: (bucket: string, key: string) => Promise<Buffer>
  putObject: (bucket: string, key: string, content: string | Uint8Array) => Promise<void>
  /** Removes all objects, in all their versions. */
  emptyBucket: (bucket: string) => Promise<void>
  /** Keys of uploads that were begun and neither completed nor aborted. */
  unfinishedUploads: (bucket: string) => Promise<ReadonlyArray<string>>
  /** Empty if there are none. */
  tags: (bucket: string) => Promise<Readonly<Record<string, string>>>
  setTags: (bucket: string, tags: Readonly<Record<string, string>>) => Promise<void>
  /** Undefined if there is no default encryption. */
  encryption: (bucket: string) => Promise<ServerSideEncryptionByDefault | undefined>
  /** Makes the storage's own keys the default encryption. */
  setEncryption: (bucket: string) => Promise<void>
  /** Empty if there are none. */
  lifecycleRules: (bucket: string) => Promise<ReadonlyArray<LifecycleRule>>
  /** Undefined if nothing is blocked. */
  publicAccessBlock: (bucket: string) => Promise<PublicAccessBlockConfiguration | undefined>
  isVersioned: (bucket: string) => Promise<boolean>
  setVersioned: (bucket: string, versioned: boolean) => Promise<void>
  close: () => void
}>

/** What a setting is, or undefined where the answer is that it was never made. */
const unlessUnset = async <A>(setting: Promise<A>, unset: string): Promise<A | undefined> => {
  try {
    return await setting
  } catch (error) {
    if (error instanceof Error && error.name === unset) return undefined
    throw error
  }
}

const settingsOf = (client: S3Client) => ({
  tags: async (Bucket: string) => {
    const tagging = client.send(new GetBucketTaggingCommand({ Bucket }))
    const { TagSet = [] } = (await unlessUnset(tagging, 'NoSuchTagSet')) ?? {}
    return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]))
  },
  setTags: async (Bucket: string, tags: Readonly<Record<string, string>>) => {
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
    await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
  },
  encryption: async (Bucket: string) => {
    const found = await unlessUnset(
      client.send(new GetBucketEncryptionCommand({ Bucket })),
      'ServerSideEncryptionConfigurationNotFoundError',
    )
    const [rule] = found?.ServerSideEncryptionConfiguration?.Rules ?? []
    return rule?.ApplyServerSideEncryptionByDefault
  },
  setEncryption: async (Bucket: string) => {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } as const
    const ServerSideEncryptionConfiguration = { Rules: [rule] }
    await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }))
  },
  lifecycleRules: async (Bucket: string) => {
    const found = client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
    return (await unlessUnset(found, 'NoSuchLifecycleConfiguration'))?.Rules ?? []
  },
  publicAccessBlock: async (Bucket: string) => {
    const found = client.send(new GetPublicAccessBlockCommand({ Bucket }))
    const answer = await unlessUnset(found, 'NoSuchPublicAccessBlockConfiguration')
    return answer?.PublicAccessBlockConfiguration
  },
  isVersioned: async (Bucket: string) =>
    (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status === 'Enabled',
  setVersioned: async (Bucket: string, versioned: boolean) => {
    const Status = versioned ? 'Enabled' : 'Suspended'
    await client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }),
    )
  },
})

const sizes = async (
  client: S3Client,
  Bucket: string,
  ContinuationToken?: string,
): Promise<Readonly<Record<string, number>>> => {
  const answer = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken }))
  const { Contents = [], NextContinuationToken } = answer
  const page = Object.fromEntries(Contents.map(({ Key = '', Size = 0 }) => [Key, Size]))
  return NextContinuationToken === undefined
    ? page
    : { ...page, ...(await sizes(client, Bucket, NextContinuationToken)) }
}

const emptyBucket = async (client: S3Client, Bucket: string): Promise<void> => {
  const answer = await client.send(new ListObjectVersionsCommand({ Bucket }))
  const { Versions = [], DeleteMarkers = [], IsTruncated = false } = answer
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
  if (Objects.length === 0) return
  await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
  if (IsTruncated) await emptyBucket(client, Bucket)
}

const contentsOf = (client: S3Client) => ({
  objects: (bucket: string) => sizes(client, bucket),
  object: async (Bucket: string, Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  },
  putObject: async (Bucket: string, Key: string, Body: string | Uint8Array) => {
    await client.send(new PutObjectCommand({ Bucket, Key, Body }))
  },
  emptyBucket: (bucket: string) => emptyBucket(client, bucket),
  unfinishedUploads: async (Bucket: string) => {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }))
    return Uploads.map(({ Key = '' }) => Key)
  },
})

/** Looks at a storage, and changes it, without anything of the operator's own. */
export const s3Admin = (access: S3Access): S3Admin => {
  const client = new S3Client(s3ClientOptions(access))
  return {
    buckets: async () => {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}))
      return Buckets.map(({ Name = '' }) => Name)
    },
    createBucket: async (Bucket, region = access.region) => {
      // The first region of all must not be named.
      const place =
        region === 'us-east-1'
          ? {}
          : {
              CreateBucketConfiguration: {
                LocationConstraint: region as BucketLocationConstraint,
              },
            }
      await client.send(new CreateBucketCommand({ Bucket, ...place }))
    },
    deleteBucket: async (Bucket) => {
      await client.send(new DeleteBucketCommand({ Bucket }))
    },
    ...contentsOf(client),
    ...settingsOf(client),
    close: () => client.destroy(),
  }
}
