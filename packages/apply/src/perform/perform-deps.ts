import type { IO } from 'fp-ts/IO'

import type { KubeObject, ObjectRef } from '@image-registry-operator/render/model'

import type { KubeClient } from '../client/kube-client'

/** Replaces the secret values in an object by digests. */
export type Redact = (object: KubeObject) => KubeObject

/** What a write of ours left behind. */
export type Written =
  | { readonly _tag: 'Put'; readonly object: KubeObject }
  | { readonly _tag: 'Gone'; readonly ref: ObjectRef; readonly uid: string }

/** What performing needs from the world. */
export type PerformDeps = {
  readonly client: Pick<KubeClient, 'apply' | 'patch' | 'remove' | 'read'>
  readonly redact: Redact
  /** That many bytes that nobody can guess. */
  readonly randomBytes: (count: number) => IO<Uint8Array>
  /** Tells the watch cache what a write left behind, redacted, so that the next pass sees it. */
  readonly remember: (written: Written) => IO<void>
  /** Whether this process still leads; asked right before every write. */
  readonly mayWrite: IO<boolean>
}
