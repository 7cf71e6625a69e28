import { envScalar, type JsonObject, names } from '../../model'

export type Variables = ReadonlyArray<JsonObject>

/** A variable whose value is written as it is. */
export const variable = (name: string, value: string): JsonObject => ({ name, value })

/** A variable whose value the registry reads as YAML. */
export const scalarVariable = (name: string, value: boolean | number | string): JsonObject =>
  variable(name, envScalar(value))

/** A variable whose value is the entry of the same name in the Secret of the registry's own settings. */
export const secretVariable = (name: string): JsonObject => ({
  name,
  valueFrom: { secretKeyRef: { name: names.PRIVATE_CONFIGURATION_SECRET, key: name } },
})
