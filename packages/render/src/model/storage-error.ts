import type { StorageBackend } from './storage-target'

/** Which call failed. Nothing in it is secret. */
export type StorageCall = {
  readonly backend: StorageBackend
  /** The service's own name of it, e.g. `PutBucketTagging`. */
  readonly operation: string
  /** What the service answered: its own code, else the HTTP status; `none` without an answer. */
  readonly code: string
  /** What the service said of it, in one line; it does not differ from one attempt to the next. */
  readonly message: string
}

/** Why something outside of the cluster was not seen, made or removed. */
export type StorageError =
  /** These credentials may not do this (403). Cured by permissions, or by whoever owns the thing. */
  | (StorageCall & { readonly _tag: 'AccessDenied' })
  /** The credentials are wrong, expired or incomplete. Cured by others in the Secret. */
  | (StorageCall & { readonly _tag: 'CredentialsRefused' })
  /** The name belongs to somebody else. Cured by another name in the Config. */
  | (StorageCall & { readonly _tag: 'NameTaken' })
  /** There may not be more of them. Cured by a higher quota. */
  | (StorageCall & { readonly _tag: 'QuotaExceeded' })
  /** The service asks us to slow down. */
  | (StorageCall & { readonly _tag: 'StorageThrottled'; readonly retryAfterMs: number })
  /** The service does not have that call. Nothing is wrong, and nothing will change it. */
  | (StorageCall & { readonly _tag: 'Unsupported' })
  /** What was asked for is not there (404). */
  | (StorageCall & { readonly _tag: 'StorageNotFound' })
  /** It is as something else has just made it, or something is still under way (409, 412). Cures itself. */
  | (StorageCall & { readonly _tag: 'StorageConflict' })
  /** The service does not understand the request (400), e.g. a name it does not allow. Cured by editing the Config. */
  | (StorageCall & { readonly _tag: 'StorageRefused' })
  /** The service failed (5xx), or answered what nobody can read. Cures itself. */
  | (StorageCall & { readonly _tag: 'StorageFailed' })
  /** No answer: timeout, reset, TLS, DNS. What was asked may or may not have happened. */
  | (StorageCall & { readonly _tag: 'StorageUnreachable' })
  /** What was to be changed or removed does not carry our marks any more. Nothing was done. */
  | (StorageCall & { readonly _tag: 'MarksMissing' })
