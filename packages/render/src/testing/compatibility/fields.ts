/** An object of YAML or JSON, of which nothing is known yet. */
export type Fields = Readonly<{ [field: string]: unknown }>

/** True for an object that is no list. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a path; undefined where there is nothing. */
export const fieldAt = (value: unknown, ...path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>((inner, key) => (isFields(inner) ? inner[key] : undefined), value)

type Change = (value: unknown) => unknown

/** The same object with one field changed, if it has it; `*` stands for every member of an object or list. */
export const withField = (value: unknown, path: ReadonlyArray<string>, change: Change): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  if (Array.isArray(value)) {
    return key === '*' ? value.map((item) => withField(item, rest, change)) : value
  }
  if (!isFields(value)) return value
  const changed = Object.keys(value)
    .filter((each) => key === '*' || each === key)
    .map((each): [string, unknown] => [each, withField(value[each], rest, change)])
  return { ...value, ...Object.fromEntries(changed) }
}

/** The same object without some of its members. */
export const withoutMembers = (value: unknown, names: ReadonlyArray<string>): unknown =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
    : value
