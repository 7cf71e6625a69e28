import type { IO } from 'fp-ts/IO'

import type { Option } from 'fp-ts/Option'

import type { KubeObject, ObjectRef } from '@image-registry-operator/render/model'

import type { KubeClient } from '../client/kube-client'
import type { Redact, Written } from '../ports'

/** What performing needs from the world. */
export type PerformDeps = {
  readonly client: Pick<KubeClient, 'apply' | 'patch' | 'remove' | 'read'>
  /** The secret values of an object that is watched, where they are known: then they need not be read. */
  readonly valuesOf: (ref: ObjectRef) => Option<KubeObject>
  readonly redact: Redact
  /** That many bytes that nobody can guess. */
  readonly randomBytes: (count: number) => IO<Uint8Array>
  /** Tells the watch cache what a write left behind, redacted, so that the next pass sees it. */
  readonly remember: (written: Written) => IO<void>
  /** Whether this process still leads; asked right before every write. */
  readonly mayWrite: IO<boolean>
}
