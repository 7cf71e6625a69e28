/**
 * What was read, undecoded: a set of manifests in any order, as `kubectl get -o yaml`, a must-gather
 * folder or `image-registry-operator observe` give them. Secret values have been replaced by digests
 * (see `redact`). The served API groups are in it as an `APIGroupDiscoveryList`, if known.
 */
export type Snapshot = ReadonlyArray<unknown>
