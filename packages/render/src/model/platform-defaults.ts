import * as E from 'fp-ts/Either'

import type { InfrastructureFacts } from './cluster-facts'
import type { ManagementState, RolloutStrategy } from './config'
import type { FactProblem } from './errors'
import { DEFAULT_CLAIM_NAME } from './names'

/** What stands in `spec.storage` where the platform chooses. Its bucket, container or account is made, or named, later. */
export type DefaultStorage = {
  readonly azure?: Record<never, never>
  readonly emptyDir?: Record<never, never>
  readonly gcs?: Record<never, never>
  readonly ibmcos?: Record<never, never>
  readonly pvc?: { readonly claim: string }
  readonly s3?: Record<never, never>
  readonly swift?: Record<never, never>
}

/** How the registry is where nobody has said anything: the defaults of a platform. */
export type PlatformDefaults = {
  readonly managementState: ManagementState
  readonly replicas: number
  /** Absent: what the storage needs is decided with it. */
  readonly rolloutStrategy?: RolloutStrategy
  /** Absent: the platform has nowhere to keep images, somebody has to choose. */
  readonly storage?: DefaultStorage
  /** The StorageClass of the claim that the storage is on; absent: that of the cluster. */
  readonly claimClass?: string
}

const shared = (storage: DefaultStorage): PlatformDefaults => ({
  managementState: 'Managed',
  replicas: 2,
  rolloutStrategy: 'RollingUpdate',
  storage,
})

// Their classes have no volumes for several nodes: one pod at a time may mount the claim.
const onClaim = (claimClass: string): PlatformDefaults => ({
  managementState: 'Managed',
  replicas: 1,
  rolloutStrategy: 'Recreate',
  storage: { pvc: { claim: DEFAULT_CLAIM_NAME } },
  claimClass,
})

const NO_STORAGE_OF_ITS_OWN: PlatformDefaults = {
  managementState: 'Removed',
  replicas: 1,
  rolloutStrategy: 'RollingUpdate',
}

/** For trying things out, and for what is not known: it works anywhere. */
const ON_THE_NODE: PlatformDefaults = {
  managementState: 'Managed',
  replicas: 1,
  rolloutStrategy: 'RollingUpdate',
  storage: { emptyDir: {} },
}

const SWIFT = shared({ swift: {} })
const CINDER = onClaim('standard-csi')

/** By `status.platformStatus.type` of the Infrastructure. OpenStack is decided by its object store; what is not here is ON_THE_NODE. */
const PLATFORMS: { readonly [platformType: string]: PlatformDefaults } = {
  AWS: shared({ s3: {} }),
  Azure: shared({ azure: {} }),
  GCP: shared({ gcs: {} }),
  IBMCloud: shared({ ibmcos: {} }),
  PowerVS: shared({ ibmcos: {} }),
  oVirt: onClaim('ovirt-csi-sc'),
  BareMetal: NO_STORAGE_OF_ITS_OWN,
  VSphere: NO_STORAGE_OF_ITS_OWN,
  None: NO_STORAGE_OF_ITS_OWN,
  Nutanix: NO_STORAGE_OF_ITS_OWN,
  KubeVirt: NO_STORAGE_OF_ITS_OWN,
  EquinixMetal: NO_STORAGE_OF_ITS_OWN,
  AlibabaCloud: NO_STORAGE_OF_ITS_OWN,
  External: NO_STORAGE_OF_ITS_OWN,
  Libvirt: ON_THE_NODE,
}

const ofOpenStack = ({
  objectStore,
  objectStoreProblem: problem,
}: InfrastructureFacts): E.Either<FactProblem, PlatformDefaults> =>
  objectStore === 'unknown'
    ? E.left({ _tag: 'ObjectStoreUnknown', ...(problem === undefined ? {} : { problem }) })
    : E.right(objectStore === 'present' ? SWIFT : CINDER)

const ofType = (infrastructure: InfrastructureFacts): E.Either<FactProblem, PlatformDefaults> => {
  const { platformType } = infrastructure
  if (platformType === 'OpenStack') return ofOpenStack(infrastructure)
  const known = Object.hasOwn(PLATFORMS, platformType) ? PLATFORMS[platformType] : undefined
  return E.right(known ?? ON_THE_NODE)
}

/** The defaults of the platform that the cluster runs on; a problem while it is not known what it offers. One node gets one pod. */
export const platformDefaults = (
  infrastructure: InfrastructureFacts,
): E.Either<FactProblem, PlatformDefaults> =>
  E.map((defaults: PlatformDefaults) =>
    infrastructure.singleReplicaInfrastructure ? { ...defaults, replicas: 1 } : defaults,
  )(ofType(infrastructure))
