import { isFields, withField } from './fields'

/** Changes an object, or a part of one; what it is not about stays as it is. */
export type Step = (object: unknown) => unknown

/** Does something to a field, wherever a path with `*` leads. */
export const at =
  (...path: ReadonlyArray<string>) =>
  (change: Step): Step =>
  (object) =>
    withField(object, path, change)

/** Several changes, one after the other. */
export const inOrder =
  (...steps: ReadonlyArray<Step>): Step =>
  (object) =>
    steps.reduce((done, step) => step(done), object)

/** Changes a text that is not empty. */
export const textAs =
  (change: (text: string) => unknown): Step =>
  (value) =>
    typeof value === 'string' && value !== '' ? change(value) : value

/** Sorts a list by some text of its items. */
export const byText =
  (textOf: (item: unknown) => unknown): Step =>
  (list) => {
    if (!Array.isArray(list)) return list
    const items: ReadonlyArray<unknown> = list
    return [...items].sort((a, b) => (String(textOf(a)) < String(textOf(b)) ? -1 : 1))
  }

/** Changes every text in an object, however deep. */
export const everyText =
  (change: (text: string) => string): Step =>
  (value) => {
    if (typeof value === 'string') return change(value)
    if (Array.isArray(value)) return value.map(everyText(change))
    if (!isFields(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, everyText(change)(inner)]),
    )
  }
