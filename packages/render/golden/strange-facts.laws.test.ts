import { describe, expect, it } from 'vitest'

import { redact } from '../src/decode/manifest/redact'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  objectsOf,
} from '../src/model'
import { chosenOf, LONGEST_TEST_MS } from '../src/testing/effort'
import { STRANGE_JSON, type StrangeValue } from '../src/testing/strange-values'
import { caseNames, snapshotOf } from './cases'
import { ENCODED, SECRET, withSecrets } from './secrets'
import { type Said, said, saidOfFiles } from './stages'

type Step = number | string

/** One place in an object of a case. */
type FactPlace = {
  readonly name: string
  readonly index: number
  readonly path: ReadonlyArray<Step>
  /** The same in all objects of the kind. */
  readonly words: string
}

const stepsOf = (value: unknown): ReadonlyArray<readonly [Step, unknown]> => {
  if (isJsonArray(value)) return value.map((item, index) => [index, item])
  return isJsonObject(value) ? Object.entries(value) : []
}

const placesBelow = (place: FactPlace, value: unknown): ReadonlyArray<FactPlace> => [
  place,
  ...stepsOf(value).flatMap(([step, inner]) => {
    const words = `${place.words}${typeof step === 'number' ? '[]' : `.${step}`}`
    return placesBelow({ ...place, path: [...place.path, step], words }, inner)
  }),
]

const placesOf = (name: string): ReadonlyArray<FactPlace> =>
  snapshotOf(name).flatMap((object, index) =>
    placesBelow({ name, index, path: [], words: object.kind }, object),
  )

/** Each place of each kind of object once, in the first case that has it. */
const distinct = (places: ReadonlyArray<FactPlace>): ReadonlyArray<FactPlace> => [
  ...new Map(places.map((place) => [place.words, place] as const).reverse()).values(),
]

const changed = (value: unknown, path: ReadonlyArray<Step>, strange: unknown): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return strange
  if (isJsonArray(value))
    return value.map((item, index) => (index === step ? changed(item, rest, strange) : item))
  if (!isJsonObject(value)) return value
  const { [step]: inner, ...others } = value
  const after = changed(inner, rest, strange)
  return after === undefined ? others : { ...others, [step]: after }
}

/** Nothing comes from an API server that does not say what it is. */
const isIdentity = ([step, inner]: ReadonlyArray<Step>): boolean =>
  step === undefined ||
  step === 'kind' ||
  step === 'apiVersion' ||
  (step === 'metadata' && (inner === undefined || inner === 'name'))

type Fact = { readonly place: FactPlace; readonly strange: StrangeValue }

const saidWith = ({ place: { name, index, path }, strange }: Fact): Said => {
  const open = snapshotOf(name).map(withSecrets)
  // As a file may hold it, which holds anything.
  const objects = open.map((object, at) =>
    at === index ? (changed(object, path, strange.value) as KubeObject) : object,
  )
  return isIdentity(path) ? saidOfFiles(objects) : said(objects.map(redact))
}

const textOfFact = ({ place, strange }: Fact): string =>
  `${place.name}: ${place.words}: ${strange.what}`

const messagesOf = ({ status, events }: Said): ReadonlyArray<string> => [
  ...status.conditions.map(({ message }) => message),
  ...status.patches.flatMap(({ object }) => {
    const written = object['status']
    const conditions = isJsonObject(written ?? null) ? (written as JsonObject)['conditions'] : []
    return objectsOf(conditions).map(({ message }) => String(message))
  }),
  ...events.map(({ message }) => message),
]

const hasOddNumber = (value: Json | undefined): boolean => {
  if (typeof value === 'number') return !Number.isFinite(value)
  return stepsOf(value).some(([, inner]) => hasOddNumber(inner as Json))
}

const NAME = /^[a-z0-9]([-a-z0-9.:]{0,251}[a-z0-9])?$/

/** What must not be, whatever the cluster says. */
const flawsOf = (all: Said): ReadonlyArray<string> => {
  const shown = JSON.stringify(all)
  const written = all.plan.flatMap((action) =>
    action._tag === 'ApplyObject' ? [action.desired.object] : [],
  )
  return [
    ...(shown.includes(SECRET) || shown.includes(ENCODED) ? ['shows a secret'] : []),
    ...messagesOf(all).filter((message) => /undefined|\bNaN\b|\[object|Infinity/.test(message)),
    ...messagesOf(all).filter((message) => message.length > 32_768),
    ...written
      .filter((object) => !NAME.test(object.metadata.name))
      .map(() => 'writes a wrong name'),
    ...written.filter(hasOddNumber).map(() => 'writes what is no number'),
  ]
}

const flawsWith = (fact: Fact): ReadonlyArray<string> => {
  try {
    return flawsOf(saidWith(fact))
  } catch (error) {
    return [String(error)]
  }
}

const facts = (places: ReadonlyArray<FactPlace>): ReadonlyArray<Fact> =>
  places.flatMap((place) => STRANGE_JSON.map((strange) => ({ place, strange })))

describe('whatever stands in an object of the cluster', { timeout: LONGEST_TEST_MS }, () => {
  const some = chosenOf(caseNames, 20)
  const all = facts(distinct(some.flatMap(placesOf)))

  it('every stage says something, and neither a secret nor nonsense', () => {
    const wrong = chosenOf(all, 120).flatMap((fact) =>
      flawsWith(fact).map((flaw) => `${textOfFact(fact)}: ${flaw.slice(0, 200)}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('a flaw', { timeout: LONGEST_TEST_MS }, () => {
  const fact = facts(placesOf(caseNames[0] ?? ''))[0] as Fact
  const { status, ...rest } = saidWith(fact)

  it.each([
    ['a secret', SECRET],
    ['nonsense', 'waits for undefined'],
    ['an endless text', 'x'.repeat(40_000)],
  ])('is noticed: %s', (_, message) => {
    const conditions = status.conditions.map((condition) => ({ ...condition, message }))
    expect(flawsOf({ ...rest, status: { ...status, conditions } })).not.toEqual([])
  })
})
