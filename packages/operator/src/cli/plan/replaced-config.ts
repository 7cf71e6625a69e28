import { isJsonObject, type Json, type JsonObject } from '@image-registry-operator/render/model'

/** What nobody changes by applying a manifest. */
const KEPT: ReadonlyArray<string> = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'finalizers',
  'managedFields',
]

const members = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

const withStatus = (status: Json | undefined): JsonObject =>
  status === undefined ? {} : { status }

/**
 * A Config after somebody has applied another one: it is still the same object. What the cluster says of it, and what the
 * operator has written down on it, stays; where images were, and which storage is ours, hangs on that.
 */
export const replacedConfig = (before: JsonObject, after: JsonObject): JsonObject => {
  const [live, wanted] = [members(before['metadata']), members(after['metadata'])]
  const kept = Object.entries(live).filter(([name]) => KEPT.includes(name))
  const { status, ...others } = after
  return {
    ...others,
    metadata: {
      ...wanted,
      ...Object.fromEntries(kept),
      annotations: { ...members(live['annotations']), ...members(wanted['annotations']) },
    },
    ...withStatus(before['status'] ?? status),
  }
}
