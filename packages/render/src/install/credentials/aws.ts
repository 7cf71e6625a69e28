import type { JsonObject } from '../../model'
import type { Grant } from './credentials-request'
import { takenBy } from './needs'
import { s3DriverNeeds, s3KeyNeeds, s3RegistryNeeds } from './s3-needs'

const ACTIONS = takenBy(s3DriverNeeds, s3RegistryNeeds)

/** A bucket, its settings and what is in it. Its name is not known yet, so that no narrower resource can be named. */
export const awsGrant: Grant = {
  name: 'openshift-image-registry',
  provider: 'AWSProviderSpec',
  fields: { statementEntries: [{ effect: 'Allow', action: ACTIONS, resource: '*' }] },
  tokens: true,
}

/** What a policy of AWS is limited to. */
export type AwsScope = {
  /** Name of the bucket, or its ARN where that is of another partition than `aws`. Not given: all buckets. */
  readonly bucket?: string
  /** ARN of the key that images are encrypted with. Not given: S3's own key, for which nothing has to be allowed. */
  readonly kmsKey?: string
}

const isOfObjects = (action: string): boolean =>
  /^s3:((Get|Put|Delete)Object|AbortMultipartUpload$|ListMultipartUploadParts$)/.test(action)

const bucketArn = (bucket: string): string =>
  bucket.startsWith('arn:') ? bucket : `arn:aws:s3:::${bucket}`

const allowed = (
  sid: string,
  actions: ReadonlyArray<string>,
  resource: string,
  limits: JsonObject = {},
): JsonObject => ({ Sid: sid, Effect: 'Allow', Action: actions, Resource: resource, ...limits })

// Whoever has the permission uses the key by way of S3, and for nothing else.
const THROUGH_S3: JsonObject = { Condition: { StringLike: { 'kms:ViaService': 's3.*' } } }

/** A policy of AWS IAM that allows as much as the operator and the registry do, in one bucket if that is given. */
export const awsPolicy = ({ bucket, kmsKey }: AwsScope): JsonObject => {
  const [one, within] =
    bucket === undefined ? ['*', '*'] : [bucketArn(bucket), `${bucketArn(bucket)}/*`]
  const ofBucket = ACTIONS.filter((action) => !isOfObjects(action))
  return {
    Version: '2012-10-17',
    Statement: [
      allowed('Bucket', ofBucket, one),
      allowed('Objects', ACTIONS.filter(isOfObjects), within),
      ...(kmsKey === undefined ? [] : [allowed('Key', takenBy(s3KeyNeeds), kmsKey, THROUGH_S3)]),
    ],
  }
}
