import type { Needs } from './needs'

/** What the requests of the driver for S3 take; see "Actions, resources, and condition keys for Amazon S3" of AWS. */
export const s3DriverNeeds: Needs = {
  // The role itself says whom it lets in.
  AssumeRoleWithWebIdentity: [],
  HeadBucket: ['s3:ListBucket'],
  CreateBucket: ['s3:CreateBucket'],
  DeleteBucket: ['s3:DeleteBucket'],
  GetBucketTagging: ['s3:GetBucketTagging'],
  PutBucketTagging: ['s3:PutBucketTagging'],
  GetPublicAccessBlock: ['s3:GetBucketPublicAccessBlock'],
  PutPublicAccessBlock: ['s3:PutBucketPublicAccessBlock'],
  GetBucketEncryption: ['s3:GetEncryptionConfiguration'],
  PutBucketEncryption: ['s3:PutEncryptionConfiguration'],
  GetBucketLifecycleConfiguration: ['s3:GetLifecycleConfiguration'],
  PutBucketLifecycleConfiguration: ['s3:PutLifecycleConfiguration'],
  ListObjectsV2: ['s3:ListBucket'],
  ListObjectVersions: ['s3:ListBucketVersions'],
  ListMultipartUploads: ['s3:ListBucketMultipartUploads'],
  DeleteObjects: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  AbortMultipartUpload: ['s3:AbortMultipartUpload'],
}

/** What the requests of the registry to S3 take. */
export const s3RegistryNeeds: Needs = {
  ListObjectsV2: ['s3:ListBucket'],
  HeadObject: ['s3:GetObject'],
  GetObject: ['s3:GetObject'],
  PutObject: ['s3:PutObject'],
  CopyObject: ['s3:GetObject', 's3:PutObject'],
  DeleteObjects: ['s3:DeleteObject'],
  CreateMultipartUpload: ['s3:PutObject'],
  UploadPart: ['s3:PutObject'],
  UploadPartCopy: ['s3:GetObject', 's3:PutObject'],
  CompleteMultipartUpload: ['s3:PutObject'],
  ListMultipartUploads: ['s3:ListBucketMultipartUploads'],
  ListParts: ['s3:ListMultipartUploadParts'],
  AbortMultipartUpload: ['s3:AbortMultipartUpload'],
}

/** What S3 does with a key of one's own in the name of whoever uploads and downloads. */
export const s3KeyNeeds: Needs = {
  // The parts of an upload are put together by reading them again.
  PutObject: ['kms:GenerateDataKey', 'kms:Decrypt'],
  GetObject: ['kms:Decrypt'],
}
