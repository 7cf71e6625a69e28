import { isJsonArray } from '../model'

const LONGEST_SHOWN = 60

/** What kind of value it is, without the value: fit for what must not be seen. */
export const showKind = (value: unknown): string => {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (isJsonArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

const showText = (text: string): string =>
  text.length <= LONGEST_SHOWN ? JSON.stringify(text) : `a string of ${text.length} characters`

/** A short value as it is, and of anything longer its kind. */
export const showValue = (value: unknown): string => {
  if (typeof value === 'string') return showText(value)
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`
  return showKind(value)
}
