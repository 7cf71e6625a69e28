/**
 * The hands on the clouds: drivers that see, make and remove storage. They decide nothing.
 * emptyDir and PersistentVolumeClaims are Kubernetes objects and need no driver.
 */
export type { StorageDriver, StorageObservation } from './storage-driver'
