import type { KubeObject, ObjectRef } from '@image-registry-operator/render/model'

/** Replaces the secret values in an object by digests. */
export type Redact = (object: KubeObject) => KubeObject

/** What a write of ours left behind. */
export type Written =
  | { readonly _tag: 'Put'; readonly object: KubeObject }
  | { readonly _tag: 'Gone'; readonly ref: ObjectRef; readonly uid: string }
