import { generateKeyPairSync } from 'node:crypto'
import { expect } from 'vitest'

import { userClient } from '../../../cases/storage/s3-bucket-world'
import { allBuckets, CLEAN_UP_RULE } from '../../../harness/storage/s3-life-cycle'
import { startFront } from '../../../storage-servers/front/front'
import { startMoto } from '../../../storage-servers/s3/moto'
import type { PolicyDocument } from '../../../storage-servers/s3/policy-document'
import { type StoragePlace, stopAll } from '../storage-place'

const REGION = 'us-east-1'
const BUCKET = 'images-of-my-team'

const FOR_REGISTRY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
}

const hosts = (port: number) =>
  Object.fromEntries(
    ['s3.dualstack', 's3'].flatMap((name) =>
      ['', '*.'].map((prefix) => [`${prefix}${name}.${REGION}.amazonaws.com`, { port }]),
    ),
  )

const privateKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

const KMS_KEY = `arn:aws:kms:${REGION}:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`

const CLOSED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
}

const GENERATED = new RegExp(`-image-registry-${REGION}$`)

type OnAws = StoragePlace & Readonly<{ buckets: () => ReturnType<typeof allBuckets> }>

/** A cluster on AWS, with a user of S3, and what the reader may have besides. */
const onAws = async (own: ReadonlyArray<string>): Promise<OnAws> => {
  const moto = await startMoto({ enforcePolicies: true })
  const front = await startFront({ hosts: hosts(moto.port) })
  const s3 = userClient(moto)
  const { accessKey, secretKey } = await moto.createUser('registry', FOR_REGISTRY)
  for (const Bucket of own) await s3.createBucket({ Bucket })
  return {
    platform: { type: 'AWS', aws: { region: REGION } },
    machines: { providerId: `aws:///${REGION}a/i-0123456789abcdef0` },
    network: front,
    variables: {
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
      AWS_REGION: REGION,
      BUCKET,
      KMS_KEY,
      S3_ENDPOINT: `https://s3.${REGION}.amazonaws.com`,
      CLOUDFRONT_URL: 'https://d111111abcdef8.cloudfront.net',
      CLOUDFRONT_KEY_ID: 'K2JCJMDEHXQW5F',
    },
    files: { 'cloudfront.pem': privateKey() },
    buckets: () => allBuckets(s3),
    look: async () => undefined,
    stop: stopAll({ stop: async () => s3.destroy() }, moto, front),
  }
}

/** A cluster on AWS, with a user of S3 and a bucket of the reader's. */
export const awsPlace = async (): Promise<StoragePlace> => {
  const place = await onAws([BUCKET])
  return {
    ...place,
    look: async () => {
      const { [BUCKET]: own, ...others } = await place.buckets()
      expect(own).toEqual({ tags: {}, publicAccess: undefined, encryption: [], rules: [] })
      const algorithm = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KMS_KEY }
      expect(others).toEqual({
        [Object.keys(others).find((name) => GENERATED.test(name)) ?? 'none']: {
          tags: expect.objectContaining({
            Name: expect.stringMatching(/-image-registry$/) as string,
          }) as object,
          publicAccess: CLOSED,
          encryption: [{ ApplyServerSideEncryptionByDefault: algorithm, BucketKeyEnabled: true }],
          rules: [CLEAN_UP_RULE],
        },
      })
    },
  }
}

/** A cluster on AWS, with a user of S3. */
export const freshAwsPlace = async (): Promise<StoragePlace> => {
  const place = await onAws([])
  return {
    ...place,
    look: async () => {
      expect(Object.keys(await place.buckets())).toEqual([expect.stringMatching(GENERATED)])
    },
  }
}
