import type { RenderProblem } from './errors'
import type { KubeObject } from './kube-object'
import type { ObjectRef } from './object-ref'
import type { StorageTarget } from './storage-target'
import type { ValueSource } from './value-source'

/** One value to be filled in when the object is written. Until then its digest stands at `path`. */
export type Fill = {
  readonly path: ReadonlyArray<string>
  readonly encoding: 'base64' | 'text'
  readonly source: ValueSource
}

/** An object as it should be. It holds digests where secret values go, so it can be printed and committed. */
export type DesiredObject = {
  readonly object: KubeObject
  readonly fills: ReadonlyArray<Fill>
  /**
   * - `converge`: put back whenever it differs
   * - `create-only`: made when missing, then left alone, because most of it cannot be changed later
   * - `bootstrap`: made when missing, then the user's: who changes a field of it owns that field
   * - `decide`: never made; only those of its fields are written that are missing or ours, nobody else's
   */
  readonly mode: 'converge' | 'create-only' | 'bootstrap' | 'decide'
  /** The fields are those of the status, which is written on its own. Absent: those of the object itself. */
  readonly subresource?: 'status'
}

/** An object that should exist but cannot be said yet. What is live of it stays as it is. */
export type Withheld = { readonly ref: ObjectRef; readonly problem: RenderProblem }

export type DesiredState = {
  /** In the order in which they are applied. */
  readonly objects: ReadonlyArray<DesiredObject>
  readonly withheld: ReadonlyArray<Withheld>
  /** The storage outside of the cluster: the one that is wanted, or the one that has to go. Absent: none, or it cannot be said. */
  readonly storage?: StorageTarget
  /** Why it cannot be said. */
  readonly storageProblem?: RenderProblem
}
