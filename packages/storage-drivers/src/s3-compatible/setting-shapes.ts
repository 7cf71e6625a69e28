import type { Json, JsonObject } from '@image-registry-operator/render/model'

import type {
  LifecycleRule,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionRule,
} from './s3-client'

/** The id that the original operator gives to the rule, too. */
const CLEANUP_RULE = 'cleanup-incomplete-multipart-registry-uploads'

const memberOf = (wanted: Json, name: string): Json | undefined =>
  typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)
    ? Object.entries(wanted).find(([key]) => key === name)?.[1]
    : undefined

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** What is wanted of tags: all that are texts. */
export const tagsOf = (wanted: Json): { readonly [name: string]: string } =>
  typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)
    ? Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, textOf(value)]))
    : {}

/** Who is kept out, as a setting says it. */
export const fromPublicAccessBlock = (found: PublicAccessBlockConfiguration): JsonObject => ({
  blockPublicAcls: found.BlockPublicAcls ?? false,
  ignorePublicAcls: found.IgnorePublicAcls ?? false,
  blockPublicPolicy: found.BlockPublicPolicy ?? false,
  restrictPublicBuckets: found.RestrictPublicBuckets ?? false,
})

/** Who is kept out, as S3 says it. */
export const toPublicAccessBlock = (wanted: Json): PublicAccessBlockConfiguration => ({
  BlockPublicAcls: memberOf(wanted, 'blockPublicAcls') === true,
  IgnorePublicAcls: memberOf(wanted, 'ignorePublicAcls') === true,
  BlockPublicPolicy: memberOf(wanted, 'blockPublicPolicy') === true,
  RestrictPublicBuckets: memberOf(wanted, 'restrictPublicBuckets') === true,
})

/** How new objects are encrypted, as a setting says it; nothing when they are not. */
export const fromEncryption = (rules: ReadonlyArray<ServerSideEncryptionRule>): JsonObject => {
  const [rule] = rules
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: keyId } =
    rule?.ApplyServerSideEncryptionByDefault ?? {}
  if (rule === undefined || algorithm === undefined) return {}
  return {
    algorithm,
    // AWS always says it. A service that does not has no such keys, and none that could be turned on.
    bucketKey: rule.BucketKeyEnabled ?? true,
    ...(keyId === undefined ? {} : { keyId }),
  }
}

/** How new objects shall be encrypted, as S3 says it. */
export const toEncryption = (wanted: Json): ServerSideEncryptionRule => {
  const keyId = textOf(memberOf(wanted, 'keyId'))
  return {
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: textOf(memberOf(wanted, 'algorithm')) === 'aws:kms' ? 'aws:kms' : 'AES256',
      ...(keyId === '' ? {} : { KMSMasterKeyID: keyId }),
    },
    BucketKeyEnabled: memberOf(wanted, 'bucketKey') === true,
  }
}

const isForEverything = ({ Filter, Prefix = '' }: LifecycleRule): boolean =>
  Prefix === '' &&
  (Filter?.Prefix ?? '') === '' &&
  Filter?.Tag === undefined &&
  Filter?.And === undefined

/** After how many days the rules of a bucket drop every upload that nobody has finished. */
export const fromLifecycle = (rules: ReadonlyArray<LifecycleRule>): ReadonlyArray<JsonObject> =>
  rules
    .filter((rule) => rule.Status === 'Enabled' && isForEverything(rule))
    .flatMap(({ AbortIncompleteMultipartUpload: abort }) =>
      abort?.DaysAfterInitiation === undefined ? [] : [{ days: abort.DaysAfterInitiation }],
    )

const isList = (value: Json): value is ReadonlyArray<Json> => Array.isArray(value)

const daysOf = (wanted: Json): number => {
  const days = isList(wanted) ? memberOf(wanted[0] ?? null, 'days') : undefined
  return typeof days === 'number' ? days : 1
}

/** The rules of a bucket, with ours among them. */
export const withCleanup = (rules: ReadonlyArray<LifecycleRule>, wanted: Json): LifecycleRule[] => [
  ...rules.filter(({ ID }) => ID !== CLEANUP_RULE),
  {
    ID: CLEANUP_RULE,
    Status: 'Enabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: daysOf(wanted) },
  },
]
