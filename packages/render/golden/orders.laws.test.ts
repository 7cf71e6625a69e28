import { describe, expect, it } from 'vitest'

import { isJsonArray, isJsonObject, type Json, type KubeObject } from '../src/model'
import { chosenOf, LONGEST_TEST_MS } from '../src/testing/effort'
import { caseNames, snapshotOf } from './cases'
import { said } from './stages'

/** A list of an object, and where it stands. */
type List = {
  readonly name: string
  readonly index: number
  readonly path: ReadonlyArray<number | string>
  readonly words: string
}

/** Lists whose order is a part of what they say. Every other list of an object is a set to us, and how a server sorts it must not show. */
const ORDERED: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /^(ClusterRole|NetworkPolicy)\./,
    'we write them as a whole: another order is a change of somebody',
  ],
  [/\.(args|command)$/, 'the words of a command'],
  [/^ClusterOperator\.status\.relatedObjects$/, 'we write it as a whole'],
  [/\.(cipherSuites|ciphers)$/, 'the first one is preferred'],
  [/^Config\.spec\.(routes|tolerations)$/, 'handed on as somebody has written them'],
  [
    /^Image\.metadata\.managedFields$/,
    'two entries of one applier, which no server has, are in two cases',
  ],
]

const isOrdered = ({ words }: List): boolean => ORDERED.some(([lists]) => lists.test(words))

const listsBelow = (list: List, value: Json): ReadonlyArray<List> => {
  if (isJsonArray(value))
    return [
      ...(value.length > 1 ? [list] : []),
      ...value.flatMap((item, index) =>
        listsBelow({ ...list, path: [...list.path, index], words: `${list.words}[]` }, item),
      ),
    ]
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([key, field]) =>
        listsBelow({ ...list, path: [...list.path, key], words: `${list.words}.${key}` }, field),
      )
    : []
}

const listsOf = (name: string): ReadonlyArray<List> =>
  snapshotOf(name).flatMap((object, index) =>
    listsBelow({ name, index, path: [], words: object.kind }, object),
  )

const reversedAt = (value: Json, path: ReadonlyArray<number | string>): Json => {
  const [step, ...rest] = path
  if (isJsonArray(value))
    return step === undefined
      ? [...value].reverse()
      : value.map((item, index) => (index === step ? reversedAt(item, rest) : item))
  return isJsonObject(value) && typeof step === 'string'
    ? { ...value, [step]: reversedAt(value[step] ?? null, rest) }
    : value
}

/** What was live, and places in its lists, by which a JSON patch calls its items. */
const OF_LIVE = ['before', 'live', 'reclaim', 'operations']

const json = (objects: ReadonlyArray<KubeObject>): string => {
  const { desired, plan, status, events } = said(objects)
  return JSON.stringify([desired, plan, status, events], (key, value: unknown) =>
    OF_LIVE.includes(key) ? undefined : value,
  )
}

const isSeen = (list: List): boolean => {
  const snapshot = snapshotOf(list.name)
  const other = snapshot.map((object, index) =>
    // It is still what it was.
    index === list.index ? (reversedAt(object, list.path) as KubeObject) : object,
  )
  return json(other) !== json(snapshot)
}

const textOfList = ({ name, words }: List): string => `${name}: ${words}`

const lists = caseNames.flatMap(listsOf)

/** Each list of each kind of object, in some of the cases that have it. */
const some = chosenOf(lists, 100)

describe('another order of a list', { timeout: LONGEST_TEST_MS }, () => {
  it('in whatever object of the cluster does not show in what is written and told', () => {
    const wrong = some.filter((list) => !isOrdered(list)).filter(isSeen)
    expect(wrong.map(textOfList)).toEqual([])
  })

  it.each(ORDERED)('shows somewhere where it matters: %s', (words) => {
    const ordered = lists.filter((list) => words.test(list.words))
    expect(ordered.some(isSeen)).toBe(true)
  })
})
