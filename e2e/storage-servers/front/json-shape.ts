/** Whether a value has the form that a published API asks for. */
export type Check = (value: unknown) => boolean

export type JsonRecord = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isBoolean: Check = (value) => typeof value === 'boolean'

export const anything: Check = () => true

export const oneOf =
  (...words: ReadonlyArray<unknown>): Check =>
  (value) =>
    words.some((word) => word === value)

export const text =
  (pattern = /^/): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)

/** A record with no other properties than these; a null stands for one that is not there. */
export const record =
  (properties: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) &&
    Object.entries(value).every(
      ([name, inner]) => inner === null || properties[name]?.(inner) === true,
    )

export const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item)

/** The record of a JSON text; an empty one for a text that is none. */
export const parsedRecord = (body: Buffer): JsonRecord => {
  try {
    const value: unknown = JSON.parse(body.toString('utf8') || '{}')
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}
