import type { JsonObject, KubeObject, StorageTarget } from '@image-registry-operator/render/model'
import type { StorageDriver } from '@image-registry-operator/storage-drivers/testing'

import type { FaultyRequest } from '../storage-servers/faults/faults'
import type { FaultTrap } from './fault-trap'
import type { Reach } from './storage-life'

/** A cluster of its own, and its way to the cloud. */
export type Lane = Readonly<{
  trap: FaultTrap
  network: Reach['network']
  /** A driver that remembers nothing, as after a start of the operator. */
  driver: () => Promise<StorageDriver>
  /** What such a cluster has, besides its Config. */
  facts: (infrastructureName: string) => ReadonlyArray<KubeObject>
  /** Of its Config. */
  spec: JsonObject
  stop: () => Promise<void>
}>

/** A cloud that clusters keep their images in, seen from outside. */
export type FaultCloud = Readonly<{
  /** Another lane with each call. */
  lane: () => Promise<Lane>
  /** Everything there is of a storage that does not differ from one to the next by chance; undefined if there is none. */
  look: (target: StorageTarget) => Promise<unknown>
  /** Puts something into it. */
  put: (target: StorageTarget) => Promise<void>
  /** Whatever there is that somebody has made, by name. */
  everything: () => Promise<ReadonlyArray<string>>
  /** What is there of somebody else: it is to stay as it is. */
  bystander: () => Promise<unknown>
  /** Whether a request, when it says that a thing is not there, says so of a part as a whole. */
  tellsPresence: (request: FaultyRequest) => boolean
  stop: () => Promise<void>
}>
