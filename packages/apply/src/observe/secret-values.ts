import * as O from 'fp-ts/Option'

import {
  isJsonArray,
  isJsonObject,
  keyOf,
  refOf,
  type Json,
  type JsonObject,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

/**
 * The values that `redact` took out of watched objects, so that they need not be read again to be written.
 *
 * Guarantees: they never leave this package; whoever prints, compares or plans sees the redacted objects.
 * Caveats: a value may be older or newer than what was planned with; who uses it compares its digest.
 */
export type SecretValues = {
  /** Of the object as it came, and as it is without its values. */
  readonly put: (raw: KubeObject, redacted: KubeObject) => void
  readonly remove: (ref: ObjectRef) => void
  /** Forgets everything. */
  readonly clear: () => void
  /** The object with nothing but its identity and its secret values. */
  readonly of: (ref: ObjectRef) => O.Option<KubeObject>
}

/** Only these hold values that are copied into others: Secrets, and the Config's `spec.httpSecret`. */
const SOURCES: ReadonlyArray<string> = ['Secret', 'Config']

/** Redacted objects share what holds no secret with what they were made from. */
const hiddenPart = (raw: Json, redacted: Json | undefined): Json | undefined => {
  if (raw === redacted || redacted === undefined) return undefined
  if (!isJsonObject(raw) || !isJsonObject(redacted)) return isJsonArray(raw) ? undefined : raw
  const parts = Object.entries(raw).flatMap(([key, value]) => {
    const part = hiddenPart(value, redacted[key])
    return part === undefined ? [] : [[key, part] as const]
  })
  return parts.length === 0 ? undefined : Object.fromEntries(parts)
}

const hidden = (raw: KubeObject, redacted: KubeObject): JsonObject | undefined => {
  const { metadata: _metadata, ...content } = raw
  const part = SOURCES.includes(raw.kind) ? hiddenPart(content, redacted) : undefined
  return isJsonObject(part) ? part : undefined
}

const identityOf = ({ apiVersion, kind, metadata: { name, namespace } }: KubeObject) => ({
  apiVersion,
  kind,
  metadata: namespace === undefined ? { name } : { name, namespace },
})

/** An empty store. */
export const secretValues = (): SecretValues => {
  const known = new Map<string, KubeObject>()
  return {
    put: (raw, redacted) => {
      const values = hidden(raw, redacted)
      const key = keyOf(refOf(raw))
      if (values === undefined) known.delete(key)
      else known.set(key, { ...values, ...identityOf(raw) })
    },
    remove: (ref) => void known.delete(keyOf(ref)),
    clear: () => known.clear(),
    of: (ref) => O.fromNullable(known.get(keyOf(ref))),
  }
}
