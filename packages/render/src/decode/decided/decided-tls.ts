import { isJsonObject, type Json, type JsonObject, type TlsSettings } from '../../model'

import type { Asked } from '../asked'
import { isOthers, othersBelow, type OthersFields } from './others-fields'

/** A field of the spec once we have decided in it: its value, and the part of that which is ours to write. */
export type DecidedField = { readonly value: Json | undefined; readonly ours: JsonObject }

const isSet = (value: Json | undefined): value is Json => value !== undefined && value !== null

const settingsOf = ({ minVersion, cipherSuites }: TlsSettings): JsonObject => ({
  ...(minVersion === '' ? {} : { minTLSVersion: minVersion }),
  ...(cipherSuites.length === 0 ? {} : { cipherSuites }),
})

/** What others have set of the settings; it stays. */
const theirSettings = (settings: JsonObject, others: OthersFields): JsonObject =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => isSet(value) && isOthers(othersBelow(others, [name])),
    ),
  )

const merged = (theirs: JsonObject, profile: TlsSettings): DecidedField => {
  const ours = Object.fromEntries(
    Object.entries(settingsOf(profile)).filter(([name]) => !Object.hasOwn(theirs, name)),
  )
  const value = { servingInfo: { ...theirs, ...ours } }
  return { value, ours: Object.keys(ours).length === 0 ? {} : { servingInfo: ours } }
}

/** `spec.observedConfig` with what the cluster asks of TLS servers, as far as nobody else has set it. In every management state. */
export const decidedTls = ({ spec, others, facts: { tlsProfile } }: Asked): DecidedField => {
  const { observedConfig } = spec
  const untouched = { value: observedConfig, ours: {} }
  if (tlsProfile === undefined) return untouched
  const below = othersBelow(others, ['observedConfig'])
  if (!isSet(observedConfig)) return merged({}, tlsProfile)
  if (!isJsonObject(observedConfig)) return isOthers(below) ? untouched : merged({}, tlsProfile)
  const { servingInfo } = observedConfig
  const settings = othersBelow(below, ['servingInfo'])
  if (isSet(servingInfo) && !isJsonObject(servingInfo)) {
    return isOthers(settings) ? untouched : merged({}, tlsProfile)
  }
  return merged(theirSettings(servingInfo ?? {}, settings), tlsProfile)
}
