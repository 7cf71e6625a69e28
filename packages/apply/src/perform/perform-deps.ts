import type { IO } from 'fp-ts/IO'
import type { Option } from 'fp-ts/Option'
import type { Task } from 'fp-ts/Task'
import type { TaskEither } from 'fp-ts/TaskEither'

import type {
  CertificateRequest,
  EnsureStorage,
  ExtractedValue,
  KubeObject,
  ObjectRef,
  RemoveStorage,
} from '@image-registry-operator/render/model'

import type { KubeClient } from '../client/kube-client'
import type { Redact, Written } from '../ports'

/** What is to be done outside of the cluster. */
export type StorageErrand = EnsureStorage | RemoveStorage

/** A certificate and its key, as PEM; both texts end a line. */
export type IssuedPair = { readonly certificate: string; readonly key: string }

/** What a certificate is issued with, as PEM. */
export type IssueMaterial = {
  /** The key that it is for; absent: a new one. */
  readonly key?: string
  /** Who signs it; absent: it signs itself. */
  readonly authority?: IssuedPair
}

/** Issues a certificate; or says what keeps it from that, without a word of what is secret. */
export type Issue = (
  request: CertificateRequest,
  material: IssueMaterial,
) => TaskEither<string, IssuedPair>

/** The hash of a password as a registry of the distribution project reads it: another one each time. */
export type HashPassword = (password: string) => Task<string>

/** What performing needs from the world. */
export type PerformDeps = {
  readonly client: Pick<KubeClient, 'apply' | 'patch' | 'remove' | 'read'>
  /** The secret values of an object that is watched, where they are known: then they need not be read. */
  readonly valuesOf: (ref: ObjectRef) => Option<KubeObject>
  /** One secret value out of the text of a document; none where the document does not have it. */
  readonly extracted: (document: string, value: ExtractedValue) => Option<string>
  readonly redact: Redact
  /** That many bytes that nobody can guess. */
  readonly randomBytes: (count: number) => IO<Uint8Array>
  readonly issue: Issue
  readonly hashPassword: HashPassword
  /** Tells the watch cache what a write left behind, redacted, so that the next pass sees it. */
  readonly remember: (written: Written) => IO<void>
  /** Has it done in the background; nothing happens where the same is under way. */
  readonly beginStorageWork: (errand: StorageErrand) => IO<void>
  /** Whether this process still leads; asked right before every write. */
  readonly mayWrite: IO<boolean>
}
