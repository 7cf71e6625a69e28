export type JsonArray = ReadonlyArray<Json>

export type JsonObject = { readonly [field: string]: Json }

/** Any value that can stand in a Kubernetes manifest. */
export type Json = null | boolean | number | string | JsonArray | JsonObject

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isJsonArray = (value: unknown): value is JsonArray => Array.isArray(value)

/** A text as it is; anything else is as good as an empty one. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** The objects in a list; none where there is no list. */
export const objectsOf = (value: Json | undefined): ReadonlyArray<JsonObject> =>
  isJsonArray(value) ? value.filter(isJsonObject) : []

/** The same fields in alphabetical order. */
export const inKeyOrder = <A>(fields: {
  readonly [key: string]: A
}): {
  readonly [key: string]: A
} => Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))
