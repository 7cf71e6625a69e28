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

/** The bcrypt hash of a password that stands where a `CopiedValue` would, as a registry of the distribution project reads it. */
export type HashedValue = Omit<CopiedValue, '_tag'> & { readonly _tag: 'Hashed' }

/** Those lines of a file of users that a registry can read (see `userLines`); `digest` is that of the file. */
export type UserLinesValue = Omit<CopiedValue, '_tag'> & { readonly _tag: 'UserLines' }

/**
 * A text that is put together from fixed texts and values of other objects. Nobody knows its digest before it is: until
 * then the digest of what it is made from stands in its place.
 */
export type ComposedValue = {
  readonly _tag: 'Composed'
  readonly parts: ReadonlyArray<
    string | CopiedValue | ExtractedValue | HashedValue | UserLinesValue
  >
  /** `variable`: written the way the registry reads its variables (see `envScalar`). */
  readonly form: 'text' | 'variable'
}

/** What a certificate says, and which one in a row it is: the same request is issued once. */
export type CertificateRequest = {
  readonly commonName: string
  /** Host names and addresses of whom it is for. An authority, which is for nobody, has none. */
  readonly names: ReadonlyArray<string>
  readonly days: number
  /** From 1. */
  readonly issue: number
}

/**
 * A certificate, or the key that it is for. Both parts of one request that stand in one object come from one issue. Nobody
 * knows its digest before it is: until then the digest of what it is made from stands in its place.
 */
export type IssuedValue = {
  readonly _tag: 'Issued'
  readonly part: 'certificate' | 'key'
  readonly request: CertificateRequest
  /** The key that it is for; absent: a new one. */
  readonly key?: CopiedValue
  /** Who signs it; absent: it signs itself, as an authority. */
  readonly authority?: { readonly certificate: CopiedValue; readonly key: CopiedValue }
}

/** Where a value that the core must not see comes from. It is fetched at the last moment. */
export type ValueSource =
  | CopiedValue
  | ComposedValue
  | IssuedValue
  /** That many fresh random bytes, written as lower-case hexadecimal text. */
  | { readonly _tag: 'Generated'; readonly bytes: number }
  /** A fixed text that is no secret but stands where secrets stand. */
  | { readonly _tag: 'Literal'; readonly text: string }
