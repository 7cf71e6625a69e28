import { readFile } from 'node:fs/promises'

import { openS3 } from '../s3/open-s3'
import { s3Error } from '../s3-compatible/s3-error'
import { type DriverUnderTest, driverUnderTest } from './driver-under-test'

/** The driver of S3, for tests. */
export const s3UnderTest = (): DriverUnderTest =>
  driverUnderTest('S3', s3Error('S3'), (wait) =>
    openS3({
      wait,
      now: () => Date.now(),
      readText: (path) => readFile(path, 'utf8'),
      userAgent: 'cluster-image-registry-operator/test',
    }),
  )
