import type { PartKind, SettingName, StorageTarget } from '@image-registry-operator/render/model'

import type { StorageAccess, StorageDriver } from '../storage-driver'

/**
 * A service as its users see and touch it. Nothing here goes through the driver, so what the driver says of the
 * service can be held against it.
 */
export type ContractWorld = {
  /**
   * Everything there is of a storage, as plain data that is equal when nothing has changed: marks, settings,
   * names of what is in it. `undefined` when the part that holds images is not there.
   */
  readonly look: (target: StorageTarget) => Promise<unknown>
  /** Makes all parts as a user would: under the names of the target, with neither marks nor settings. */
  readonly makeAsUser: (target: StorageTarget) => Promise<void>
  /** Puts an object of a few bytes under each of the names. */
  readonly put: (target: StorageTarget, names: ReadonlyArray<string>) => Promise<void>
  /** Takes all our marks off every part, and leaves the rest as it is. */
  readonly unmark: (target: StorageTarget) => Promise<void>
  /** Removes the part that holds images, with what is in it. */
  readonly destroy: (target: StorageTarget) => Promise<void>
  /** Makes a setting of a part another one than wanted; absent when the target has none. */
  readonly spoil?: (target: StorageTarget, part: PartKind, setting: SettingName) => Promise<void>
  /** What users add to settings of ours: a tag, a label, a rule. Absent when they cannot. */
  readonly additions?: {
    readonly add: (target: StorageTarget) => Promise<void>
    readonly areThere: (target: StorageTarget) => Promise<boolean>
  }
  /** Puts in what no listing shows: older versions, uploads that are under way. Absent when there is no such thing. */
  readonly hide?: (target: StorageTarget) => Promise<void>
}

/** What the contract is tried on. */
export type ContractServer = {
  readonly driver: StorageDriver
  readonly world: ContractWorld
  /**
   * A storage that nobody has made, under a name that nobody uses: another one with each call. Its parts have
   * marks, and the settings that the service has.
   */
  readonly unused: () => Promise<StorageAccess>
  /** The parts whose marks are put on after they were made, so that `Mark` is a step of its own. */
  readonly markedLater: ReadonlyArray<PartKind>
  /** The same with credentials that the service refuses; absent where the service takes any. */
  readonly withWrongCredentials?: (access: StorageAccess) => StorageAccess
  readonly close: () => Promise<void>
}

/** What is used of a test framework; vitest's own functions fit. */
export type SuiteFunctions = {
  readonly describe: (name: string, body: () => void) => void
  readonly it: (name: string, body: () => Promise<void>) => void
  readonly beforeAll: (body: () => Promise<void>) => void
  readonly afterAll: (body: () => Promise<void>) => void
}
