/**
 * The hands on the clouds: drivers that see, make and remove storage. They decide nothing.
 * emptyDir and PersistentVolumeClaims are Kubernetes objects and need no driver.
 */
export { sendRequest } from './send-request'
export type { StorageDriver, StorageObservation } from './storage-driver'
export { probeObjectStore } from './swift/object-store-probe'
export type { ObjectStoreAnswer, OpenstackCredentials } from './swift/object-store-probe'
export { describeProbeError } from './swift/probe-error'
export type { ProbeError } from './swift/probe-error'
