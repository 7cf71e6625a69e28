import { isJsonArray, isJsonObject, textOf, type Json } from '@image-registry-operator/render/model'

import type { WorldEnd } from './world-end'

const LONGEST = 300

const shown = (value: Json | undefined): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, LONGEST)

/** Members of a list that have names are compared by them. */
const named = (list: Json): Json => {
  if (!isJsonArray(list)) return list
  const names = list.map((item) =>
    isJsonObject(item) ? textOf(item['type']) || textOf(item['name']) : '',
  )
  return names.includes('') || new Set(names).size < names.length
    ? list
    : Object.fromEntries(list.map((item, index) => [names[index] ?? '', item]))
}

const within = (
  path: string,
  now: Json | undefined,
  then: Json | undefined,
): ReadonlyArray<string> => {
  if (JSON.stringify(now) === JSON.stringify(then)) return []
  const [one, other] = [named(now ?? null), named(then ?? null)]
  return isJsonObject(one) && isJsonObject(other)
    ? [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
        within(`${path}.${name}`, one[name], other[name]),
      )
    : [`${path} is ${shown(now)} and should be ${shown(then)}`]
}

/** In what a world is not as it should be, a line each. */
export const endDifferences = (end: WorldEnd, expected: WorldEnd): ReadonlyArray<string> =>
  [...new Set([...end.keys(), ...expected.keys()])].flatMap((key) =>
    within(key, end.get(key), expected.get(key)),
  )
