import { azureDriverNeeds } from './azure-needs'
import { gcsDriverNeeds } from './gcs-needs'
import { ibmGroupNeeds, ibmStorageNeeds } from './ibm-needs'
import type { Needs } from './needs'
import { s3DriverNeeds } from './s3-needs'
import { swiftDriverNeeds } from './swift-needs'

/** What the requests of each driver take, by the driver's folder in packages/storage-drivers. */
export const driverNeeds = {
  azure: azureDriverNeeds,
  gcs: gcsDriverNeeds,
  'ibm-cos': { ...ibmGroupNeeds, ...ibmStorageNeeds },
  s3: s3DriverNeeds,
  swift: swiftDriverNeeds,
} as const satisfies { readonly [folder: string]: Needs }
