import { azureError } from '../azure/azure-error'
import { openAzure } from '../azure/open-azure'
import { type DriverUnderTest, driverUnderTest } from './driver-under-test'

/** The driver of Azure, for tests. */
export const azureUnderTest = (): DriverUnderTest =>
  driverUnderTest('Azure', azureError, (wait) => openAzure({ wait, now: Date.now }))
