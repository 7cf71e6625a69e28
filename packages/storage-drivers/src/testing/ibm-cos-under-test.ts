import { ibmCosError } from '../ibm-cos/ibm-cos-error'
import { openIbmCos } from '../ibm-cos/open-ibm-cos'
import { type DriverUnderTest, driverUnderTest } from './driver-under-test'

/** The driver of IBM Cloud Object Storage, for tests. */
export const ibmCosUnderTest = (): DriverUnderTest =>
  driverUnderTest('IbmCos', ibmCosError, (wait) =>
    openIbmCos({ wait, userAgent: 'cluster-image-registry-operator/test' }),
  )
