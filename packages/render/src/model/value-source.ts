import type { CloudSecret } from './credential-reading'
import type { ObjectRef } from './object-ref'

/** The value at `path` of another object (base64 where that is a Secret); refused if its digest has changed meanwhile. */
export type CopiedValue = {
  readonly _tag: 'CopyOf'
  readonly ref: ObjectRef
  readonly path: ReadonlyArray<string>
  readonly digest: string
}

/** One secret value out of a document, that stands where a `CopiedValue` would; `digest` is that of the document. */
export type ExtractedValue = Omit<CopiedValue, '_tag'> & {
  readonly _tag: 'Extracted'
  readonly document: 'clouds.yaml'
  /** Which cloud of it. */
  readonly cloud: string
  readonly field: CloudSecret
}

/**
 * A text that is put together from fixed texts and values of other objects. Nobody knows its digest before it is: until
 * then the digest of what it is made from stands in its place.
 */
export type ComposedValue = {
  readonly _tag: 'Composed'
  readonly parts: ReadonlyArray<string | CopiedValue | ExtractedValue>
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
