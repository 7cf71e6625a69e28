import { fieldStep } from '../fields/field-path'
import { valueAt } from '../fields/value-at'
import {
  type DesiredObject,
  type Fill,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
} from '../model'

/**
 * The desired object with what is live where composed or issued values stand, if they were made from the same values: only the
 * checksum can tell, for it is made from what they are made from. Who has edited one since holds the field, and shows.
 */
export const withComposedAsLive = (desired: DesiredObject, live: KubeObject): DesiredObject => {
  const composed = desired.fills.filter(
    ({ source }) => source._tag === 'Composed' || source._tag === 'Issued',
  )
  return composed.length === 0 || !isMadeFromSame(desired.object, live)
    ? desired
    : { ...desired, object: composed.reduce(asLive(live), desired.object) }
}

const checksumOf = ({ metadata }: KubeObject): string | undefined =>
  metadata.annotations?.[names.CHECKSUM_ANNOTATION]

const isMadeFromSame = (desired: KubeObject, live: KubeObject): boolean =>
  checksumOf(desired) !== undefined && checksumOf(desired) === checksumOf(live)

const asLive =
  (live: KubeObject) =>
  (object: KubeObject, { path }: Fill): KubeObject => {
    const value = valueAt(live, path.map(fieldStep))
    const [field, ...rest] = path
    const before = field === undefined ? undefined : object[field]
    return field === undefined || typeof value !== 'string' || !isJsonObject(before)
      ? object
      : { ...object, [field]: replaced(before, rest, value) }
  }

const replaced = (
  object: JsonObject,
  [name, ...rest]: ReadonlyArray<string>,
  value: Json,
): JsonObject => {
  if (name === undefined) return object
  const inner = object[name]
  return { ...object, [name]: isJsonObject(inner) ? replaced(inner, rest, value) : value }
}
