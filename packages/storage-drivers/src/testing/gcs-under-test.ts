import { readFile } from 'node:fs/promises'

import { gcsError } from '../gcs/gcs-error'
import { openGcs } from '../gcs/open-gcs'
import { type DriverUnderTest, driverUnderTest } from './driver-under-test'

/** The driver of Google Cloud Storage, for tests. */
export const gcsUnderTest = (): DriverUnderTest =>
  driverUnderTest('Gcs', gcsError, (wait) =>
    openGcs({
      wait,
      now: Date.now,
      readText: (path) => readFile(path, 'utf8'),
      userAgent: 'registry-operator/1',
    }),
  )
