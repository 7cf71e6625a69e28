import type { S3ClientConfig } from '@aws-sdk/client-s3'
import { Agent } from 'node:https'

import type { S3Access } from './s3-server'

/** How a client of AWS's library gets to a server here: by its port, with a bucket's name in the path. */
export const s3ClientOptions = ({
  endpoint,
  region,
  accessKey,
  secretKey,
  authorities,
}: S3Access): S3ClientConfig => ({
  endpoint,
  region,
  forcePathStyle: true,
  credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
  ...(authorities === undefined
    ? {}
    : { requestHandler: { httpsAgent: new Agent({ ca: authorities }) } }),
})
