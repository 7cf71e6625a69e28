import { isJsonObject, type Json, type JsonObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

/** What an object store can do for whoever empties a container. */
export type Capabilities = {
  /** Many objects in one request. */
  readonly deletesInBulk: boolean
  /** How many names a request may list, or delete. */
  readonly batch: number
}

/** A request has to be done before its time is over; a thousand at once need too long on a busy cluster. */
const LARGEST_BATCH = 250

/** Of an object store that does not tell. */
export const NO_CAPABILITIES: Capabilities = { deletesInBulk: false, batch: LARGEST_BATCH }

const memberOf = (parent: JsonObject, name: string): JsonObject | undefined => {
  const member = parent[name]
  return isJsonObject(member) ? member : undefined
}

const limit = (value: Json | undefined): number =>
  typeof value === 'number' && value >= 1 ? Math.floor(value) : LARGEST_BATCH

/** What `/info` says. */
export const capabilities = (info: string): Capabilities => {
  const parsed = E.tryCatch((): unknown => JSON.parse(info), E.toError)
  if (E.isLeft(parsed) || !isJsonObject(parsed.right)) return NO_CAPABILITIES
  const bulk = memberOf(parsed.right, 'bulk_delete')
  const listed = limit(memberOf(parsed.right, 'swift')?.['container_listing_limit'])
  return {
    deletesInBulk: bulk !== undefined,
    batch: Math.min(LARGEST_BATCH, listed, limit(bulk?.['max_deletes_per_request'])),
  }
}
