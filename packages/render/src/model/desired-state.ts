import type { RenderProblem } from './errors'
import type { KubeObject } from './kube-object'
import type { ObjectRef } from './object-ref'

/** Where a value that the core must not see comes from. It is fetched at the last moment. */
export type ValueSource =
  /** The value at `path` of another object (base64 where that is a Secret); refused if its digest has changed meanwhile. */
  | {
      readonly _tag: 'CopyOf'
      readonly ref: ObjectRef
      readonly path: ReadonlyArray<string>
      readonly digest: string
    }
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
  /** `create-only`: made when missing, then left alone, because most of it cannot be changed later. */
  readonly mode: 'converge' | 'create-only'
}

/** An object that should exist but cannot be said yet. What is live of it stays as it is. */
export type Withheld = { readonly ref: ObjectRef; readonly problem: RenderProblem }

export type DesiredState = {
  /** In the order in which they are applied. */
  readonly objects: ReadonlyArray<DesiredObject>
  readonly withheld: ReadonlyArray<Withheld>
}
