import type { PlatformStatus } from '../../harness/storage/life-cycle-backend'
import type { Machines } from '../../harness/simulated-kubernetes'
import type { ClusterClient } from '../../cluster/cluster-client'
import type { KubeconfigSource } from '../../cluster/simulation'
import type { Network } from '../../storage-servers/front/request-through'

/** Where a cluster runs, and what its administrator has besides when a guide begins. */
export type StoragePlace = Readonly<{
  /** What an Infrastructure of OpenShift says of it; nothing of a platform if not given. */
  platform?: PlatformStatus
  /** What the nodes of plain Kubernetes say of it; nothing if not given. */
  machines?: Machines
  /** The network that leads to the clouds; there is none if not given. */
  network?: Network
  /** Variables that the guide tells the reader to set. */
  variables?: Readonly<Record<string, string>>
  /** Files that the reader has: texts by name. */
  files?: Readonly<Record<string, string>>
  /** Objects that are in the cluster, as YAML. */
  objects?: string
  /** Whether the registry of a Config among them is there before the reader begins; false if not given. */
  hasRegistry?: boolean
  /** What else acts in the cluster. */
  begin?: (controlPlane: KubeconfigSource) => Promise<Stoppable>
  /** What the guide says is so, seen by somebody else when all was done; throws if it is not. */
  look: (client: ClusterClient) => Promise<unknown>
  stop: () => Promise<void>
}>

/** What has to be stopped. */
export type Stoppable = Readonly<{ stop: () => Promise<unknown> }>

/** Stops them, the last one first. */
export const stopAll =
  (...started: ReadonlyArray<Stoppable>): (() => Promise<void>) =>
  async () => {
    for (const each of [...started].reverse()) await each.stop()
  }
