const forSingleWriters = [
  'a-named-claim-for-one-node-with-a-rolling-update',
  'a-named-claim-for-one-node-with-two-replicas',
  'a-named-claim-for-one-node-without-a-strategy',
]

export const unusableClaims = [...forSingleWriters, 'a-named-claim-for-one-pod']

export const missingClaims = ['a-named-claim-that-is-missing', 'the-default-claim-by-name']

/** The original fills these in itself, and makes the storage. */
export const storageToBeMade = [
  'a-new-cluster-on-aws',
  'a-new-cluster-on-azure',
  'a-new-cluster-on-gcp',
  'a-new-cluster-on-ibm-cloud',
  'a-new-cluster-on-power-vs',
  'a-new-single-node-cluster-on-aws',
]

export const storageThatIsMade = [
  's3-without-a-bucket',
  's3-without-a-bucket-and-with-a-key',
  'swift-with-a-container-of-ones-own',
  'swift-with-an-authority',
  'swift-without-a-container',
]

export const storageThatIsGiven = [
  'gcs-with-a-bucket-of-ones-own',
  'gcs-with-credentials-of-ones-own',
  's3-outside-of-its-cloud',
  's3-with-a-bucket-of-ones-own',
  's3-with-a-bucket-to-be-managed',
  's3-with-a-cloud-authority',
  's3-with-a-cloud-authority-without-redirects',
  's3-with-a-content-delivery-network',
  's3-with-a-key-and-large-chunks',
  's3-with-an-authority-of-ones-own',
  's3-with-credentials-of-ones-own',
  'swift-with-everything-given',
]

/** Refused by the original as well. */
export const refusedByBoth = [
  'a-negative-number-of-replicas',
  'a-route-named-as-the-default',
  'two-routes-of-one-name',
]

/** Tried again and again by the original, after it has made what comes before the Deployment. */
export const refusedAtOnce = [
  'a-negative-limit-on-reads',
  'a-negative-queue-of-writes',
  'malformed-overrides',
]

export const refused = [
  ...refusedByBoth,
  ...refusedAtOnce,
  'a-kind-of-storage-that-is-gone',
  'an-observed-config-with-an-unknown-version',
  'no-management-state',
  'two-kinds-of-storage',
]

export const withoutRegistry = [
  'a-new-cluster-on-alibaba-cloud',
  'a-new-cluster-on-an-external-platform',
  'a-new-cluster-on-bare-metal',
  'a-new-cluster-on-equinix-metal',
  'a-new-cluster-on-kubevirt',
  'a-new-cluster-on-no-platform',
  'a-new-cluster-on-nutanix',
  'a-new-cluster-on-vsphere',
  'removed-with-s3',
  'removed-without-storage',
]

export const handedOverOrRemoved = [
  'a-pruner-of-a-removed-registry',
  'a-pruner-of-an-unmanaged-registry',
  'the-management-state-removed',
  'the-management-state-unmanaged',
]

export const missingAuthorities = [
  'an-additional-authority-that-is-missing',
  's3-with-an-authority-that-is-missing',
]

/** The pass of the original ends before the Service. */
export const stoppedBeforeTheService = [
  ...unusableClaims,
  ...missingClaims,
  ...storageToBeMade,
  'no-pull-secret',
  'no-storage-where-the-default-is-a-claim',
  's3-with-an-authority-that-is-missing',
  's3-without-credentials',
  'the-management-state-force',
]

/** The pass of the original ends at something that fails. */
export const stopped = [
  ...stoppedBeforeTheService,
  'a-namespace-with-a-group-and-no-range',
  'a-namespace-without-a-group',
  'no-replicas',
]
