import type { RenderProblem } from './errors'
import type { KubeObject } from './kube-object'
import type { ObjectRef } from './object-ref'

/** The value at `path` of another object (base64 where that is a Secret); refused if its digest has changed meanwhile. */
export type CopiedValue = {
  readonly _tag: 'CopyOf'
  readonly ref: ObjectRef
  readonly path: ReadonlyArray<string>
  readonly digest: string
}

/**
 * A text that is put together from fixed texts and values of other objects. Nobody knows its digest before it is: until
 * then the digest of what it is made from stands in its place.
 */
export type ComposedValue = {
  readonly _tag: 'Composed'
  readonly parts: ReadonlyArray<string | CopiedValue>
  /** `variable`: written the way the registry reads its variables (see `envScalar`). */
  readonly form: 'text' | 'variable'
}

/** Where a value that the core must not see comes from. It is fetched at the last moment. */
export type ValueSource =
  | CopiedValue
  | ComposedValue
  /** That many fresh random bytes, written as lower-case hexadecimal text. */
  | { readonly _tag: 'Generated'; readonly bytes: number }
  /** A fixed text that is no secret but stands where secrets stand. */
  | { readonly _tag: 'Literal'; readonly text: string }

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
}
