import {
  type LifecycleRule,
  S3,
  type PublicAccessBlockConfiguration,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3'
import type { StorageTarget } from '@image-registry-operator/render/model'
import type { ContractWorld } from '@image-registry-operator/storage-drivers/testing'

import { s3ClientOptions } from '../../storage-servers/s3/s3-client-options'
import type { S3Access } from '../../storage-servers/s3/s3-server'

/** A client of nobody in particular. */
export const userClient = (access: S3Access): S3 => new S3(s3ClientOptions(access))

const bucketOf = ({ parts }: StorageTarget): string => parts[0]?.name ?? ''

/** What is not set, or what the server does not have, is nothing. */
const orNothing = async <A>(answer: Promise<A>): Promise<A | undefined> => {
  try {
    return await answer
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (/^NoSuch(TagSet|Lifecycle|PublicAccess)|NotFoundError$|NotImplemented/.test(name))
      return undefined
    throw error
  }
}

type Bucket = Readonly<{
  tags: Readonly<Record<string, string>>
  publicAccess: PublicAccessBlockConfiguration | undefined
  encryption: ReadonlyArray<ServerSideEncryptionRule>
  rules: ReadonlyArray<LifecycleRule>
  versions: ReadonlyArray<string>
  uploads: ReadonlyArray<string>
}>

const tagsOf = async (s3: S3, Bucket: string): Promise<Readonly<Record<string, string>>> => {
  const { TagSet = [] } = (await orNothing(s3.getBucketTagging({ Bucket }))) ?? {}
  const tags = TagSet.map(({ Key = '', Value = '' }): [string, string] => [Key, Value])
  return Object.fromEntries(tags)
}

const rulesOf = async (s3: S3, Bucket: string): Promise<LifecycleRule[]> =>
  (await orNothing(s3.getBucketLifecycleConfiguration({ Bucket })))?.Rules ?? []

const exists = async (s3: S3, Bucket: string): Promise<boolean> => {
  const { Buckets = [] } = await s3.listBuckets({})
  return Buckets.some(({ Name }) => Name === Bucket)
}

/** Everything there is of a bucket; undefined when it is not there. */
export const bucketLook = async (s3: S3, Bucket: string): Promise<Bucket | undefined> => {
  if (!(await exists(s3, Bucket))) return undefined
  const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket })
  const { Uploads = [] } = await s3.listMultipartUploads({ Bucket })
  return {
    tags: await tagsOf(s3, Bucket),
    publicAccess: (await orNothing(s3.getPublicAccessBlock({ Bucket })))
      ?.PublicAccessBlockConfiguration,
    encryption:
      (await orNothing(s3.getBucketEncryption({ Bucket })))?.ServerSideEncryptionConfiguration
        ?.Rules ?? [],
    rules: await rulesOf(s3, Bucket),
    versions: [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => `${Key} ${VersionId}`),
    uploads: Uploads.map(({ Key, UploadId }) => `${Key} ${UploadId}`),
  }
}

const setTags = (s3: S3, Bucket: string, tags: Readonly<Record<string, string>>) =>
  s3.putBucketTagging({
    Bucket,
    Tagging: { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
  })

const spoilers: Readonly<Record<string, (s3: S3, Bucket: string) => Promise<unknown>>> = {
  PublicAccessBlocked: (s3, Bucket) => s3.deletePublicAccessBlock({ Bucket }),
  Tagged: async (s3, Bucket) =>
    setTags(s3, Bucket, { ...(await tagsOf(s3, Bucket)), Name: 'another' }),
  Encrypted: (s3, Bucket) => s3.deleteBucketEncryption({ Bucket }),
  IncompleteUploadCleanupEnabled: async (s3, Bucket) => {
    const others = (await rulesOf(s3, Bucket)).filter(({ ID }) => ID === 'of-a-user')
    return others.length === 0
      ? s3.deleteBucketLifecycle({ Bucket })
      : s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules: others } })
  },
}

const ofUsers: LifecycleRule = {
  ID: 'of-a-user',
  Status: 'Enabled',
  Filter: { Prefix: 'logs/' },
  Expiration: { Days: 30 },
}

const additions = (s3: S3): Required<ContractWorld>['additions'] => ({
  add: async (target) => {
    const Bucket = bucketOf(target)
    await setTags(s3, Bucket, { ...(await tagsOf(s3, Bucket)), 'cost centre': '42' })
    const Rules = [...(await rulesOf(s3, Bucket)), ofUsers]
    await s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules } })
  },
  areThere: async (target) => {
    const [tags, rules] = [await tagsOf(s3, bucketOf(target)), await rulesOf(s3, bucketOf(target))]
    const kept = rules.find(({ ID }) => ID === ofUsers.ID)
    return tags['cost centre'] === '42' && kept?.Expiration?.Days === 30
  },
})

const hide = async (s3: S3, Bucket: string, suspends: boolean): Promise<void> => {
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })
  for (const Body of ['older', 'newer']) await s3.putObject({ Bucket, Key: 'versioned', Body })
  await s3.deleteObject({ Bucket, Key: 'versioned' })
  if (suspends)
    await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })
  await s3.putObject({ Bucket, Key: 'after', Body: 'versions' })
  await s3.createMultipartUpload({ Bucket, Key: 'never/finished' })
}

const destroy = async (s3: S3, Bucket: string): Promise<void> => {
  const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket })
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
  if (Objects.length > 0) await s3.deleteObjects({ Bucket, Delete: { Objects } })
  await s3.deleteBucket({ Bucket })
}

/**
 * Buckets as their users see and touch them. `suspends`: versions are kept no more once there are some; moto crashes
 * when such a version is deleted.
 */
export const bucketWorld = (
  s3: S3,
  { suspends }: Readonly<{ suspends: boolean }>,
): ContractWorld => ({
  look: (target) => bucketLook(s3, bucketOf(target)),
  makeAsUser: async (target) => {
    await s3.createBucket({ Bucket: bucketOf(target) })
  },
  put: async (target, names) => {
    for (const Key of names) await s3.putObject({ Bucket: bucketOf(target), Key, Body: 'bytes' })
  },
  unmark: async (target) => {
    const marks = Object.keys(target.parts[0]?.marks ?? {})
    const tags = Object.entries(await tagsOf(s3, bucketOf(target)))
    const others = Object.fromEntries(tags.filter(([name]) => !marks.includes(name)))
    await (Object.keys(others).length === 0
      ? s3.deleteBucketTagging({ Bucket: bucketOf(target) })
      : setTags(s3, bucketOf(target), others))
  },
  destroy: (target) => destroy(s3, bucketOf(target)),
  spoil: async (target, _part, setting) => {
    await spoilers[setting]?.(s3, bucketOf(target))
  },
  additions: additions(s3),
  hide: (target) => hide(s3, bucketOf(target), suspends),
})
