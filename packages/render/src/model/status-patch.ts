import type { JsonArray } from './json'
import type { KubeObject } from './kube-object'

/** What is to be written into the status of an object. */
export type StatusPatch = {
  /** The complete body for a server-side apply. */
  readonly object: KubeObject
  /**
   * A JSON patch to be sent first; absent when the original operator holds nothing of the object. It leaves that one
   * nothing, and makes us the holder of what it said and we do not, so that applying removes it.
   */
  readonly reclaim?: JsonArray
}
