import type { StorageBackend } from '@image-registry-operator/render/model'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

import type { OpenBackend } from './backend'
import { driverOfParts } from './driver-of-parts'
import { type CallDeps, storageCaller, type ToStorageError } from './storage-call'
import type { StorageDriver } from './storage-driver'

/** What all drivers together need of the world besides the network. */
export type DriverDeps = CallDeps & {
  /** Milliseconds since 1970. */
  readonly now: IO<number>
  /** The text of a file, e.g. of a token that others renew; rejects when there is none. */
  readonly readText: (path: string) => Promise<string>
  /** How requests name who sends them. */
  readonly userAgent: string
  /** Told of every question for the key of an Azure account: whether it was known, or had to be asked for. */
  readonly onAccountKey?: (wasKnown: boolean) => IO<void>
}

/** The driver of a kind of storage, which is the same one every time. */
export type DriverFor = (backend: StorageBackend) => Task<StorageDriver>

type Opened = { readonly open: OpenBackend; readonly toError: ToStorageError }

/** The only switch on the backend. Nothing of a backend is loaded before it is used. */
const opener = async (backend: StorageBackend, deps: DriverDeps): Promise<Opened> => {
  switch (backend) {
    case 'S3': {
      const [{ openS3 }, { s3Error }] = await Promise.all([
        import('./s3/open-s3'),
        import('./s3-compatible/s3-error'),
      ])
      return { open: openS3(deps), toError: s3Error('S3') }
    }
    case 'Gcs': {
      const [{ openGcs }, { gcsError }] = await Promise.all([
        import('./gcs/open-gcs'),
        import('./gcs/gcs-error'),
      ])
      return { open: openGcs(deps), toError: gcsError }
    }
    case 'Azure': {
      const [{ openAzure }, { azureError }] = await Promise.all([
        import('./azure/open-azure'),
        import('./azure/azure-error'),
      ])
      return { open: openAzure(deps), toError: azureError }
    }
    case 'Swift': {
      const [{ openSwift }, { toSwiftError }] = await Promise.all([
        import('./swift/open-swift'),
        import('./swift/swift-error'),
      ])
      return { open: openSwift(deps), toError: toSwiftError }
    }
    case 'IbmCos': {
      const [{ openIbmCos }, { ibmCosError }] = await Promise.all([
        import('./ibm-cos/open-ibm-cos'),
        import('./ibm-cos/ibm-cos-error'),
      ])
      return { open: openIbmCos(deps), toError: ibmCosError }
    }
  }
}

/** The drivers. Each is made once: some remember tokens. */
export const storageDrivers = (deps: DriverDeps): DriverFor => {
  const made = new Map<StorageBackend, Promise<StorageDriver>>()
  const make = async (backend: StorageBackend): Promise<StorageDriver> => {
    const { open, toError } = await opener(backend, deps)
    return driverOfParts(open, storageCaller(deps, backend, toError))
  }
  const remembered = (backend: StorageBackend): Promise<StorageDriver> => {
    const driver = make(backend)
    made.set(backend, driver)
    // What could not be loaded once may be the next time.
    driver.catch(() => made.delete(backend))
    return driver
  }
  return (backend) => () => made.get(backend) ?? remembered(backend)
}
