export type JsonArray = ReadonlyArray<Json>

export type JsonObject = { readonly [field: string]: Json }

/** Any value that can stand in a Kubernetes manifest. */
export type Json = null | boolean | number | string | JsonArray | JsonObject

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isJsonArray = (value: unknown): value is JsonArray => Array.isArray(value)
