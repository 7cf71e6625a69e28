/**
 * The hands on the clouds: drivers that see, make and remove storage. They decide nothing.
 * emptyDir and PersistentVolumeClaims are Kubernetes objects and need no driver.
 */
export { cloudsDocument, describeCloudsProblem } from './swift/clouds-document'
export { cloudsSecret } from './swift/clouds-secret'
export { sendRequest } from './send-request'
export { storageDrivers } from './storage-drivers'
export type { DriverDeps, DriverFor } from './storage-drivers'
export type { CallDeps, CallRecord } from './storage-call'
export type {
  ObserveScope,
  OnProgress,
  Seen,
  StepOutcome,
  StorageAccess,
  StorageDriver,
} from './storage-driver'
export { probeObjectStore } from './swift/object-store-probe'
export type { ObjectStoreAnswer, OpenstackCredentials } from './swift/object-store-probe'
export { describeProbeError } from './swift/probe-error'
export type { ProbeError } from './swift/probe-error'
