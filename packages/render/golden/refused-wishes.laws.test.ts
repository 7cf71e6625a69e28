import { describe, expect, it } from 'vitest'

import {
  isJsonObject,
  type JsonObject,
  type KubeObject,
  objectsOf,
  partOf,
  type Problem,
  textOf,
} from '../src/model'
import { redact } from '../src/decode/manifest/redact'
import { chosenOf, LONGEST_TEST_MS } from '../src/testing/effort'
import { said, type Said } from './stages'
import {
  RESOURCES,
  type Resource,
  running,
  textOfWish,
  type Wish,
  wished,
  wishesOf,
} from './wishes'

const PART = { Config: 'registry', ImagePruner: 'pruner' } as const

const saidWith = (resource: KubeObject): Said =>
  said(running.map((object) => redact(object.kind === resource.kind ? resource : object)))

const statusOf = ({ status }: Said, kind: string): JsonObject => {
  const patch = status.patches.find(({ object }) => object.kind === kind)?.object['status']
  return patch !== undefined && isJsonObject(patch) ? patch : {}
}

const conditionOf = (all: Said, kind: string, type: string): JsonObject =>
  objectsOf(statusOf(all, kind)['conditions']).find((one) => one['type'] === type) ?? {}

const isTold = (problem: Problem, message: string): boolean =>
  message.includes(problem.path) && message.includes(problem.remedy)

/** Nothing of what runs is touched, and the condition says which field, what is wrong and what to do. */
const isLeftAndTold = (kind: Resource['kind'], problems: ReadonlyArray<Problem>, all: Said) => {
  const degraded = conditionOf(all, kind, 'Degraded')
  const available = conditionOf(all, kind, 'Available')
  return (
    all.plan.every(({ ref }) => partOf(ref) !== PART[kind]) &&
    degraded['status'] === 'True' &&
    problems.slice(0, 20).every((problem) => isTold(problem, textOf(degraded['message']))) &&
    (kind === 'ImagePruner' || available['status'] === 'True')
  )
}

describe.each(RESOURCES)(
  'a value that is refused in $kind',
  { timeout: LONGEST_TEST_MS },
  ({ kind, problemsOf, ...rest }) => {
    const wishes = chosenOf(wishesOf({ kind, problemsOf, ...rest }), 60)

    it('leaves everything as it is, and is told in a condition', () => {
      const wrong = wishes.filter((wish) => {
        const resource = wished(kind, [wish])
        const problems = problemsOf(resource)
        return problems.length > 0 && !isLeftAndTold(kind, problems, saidWith(resource))
      })
      expect(wrong.map(textOfWish)).toEqual([])
    })
  },
)

/** Neither hides the other. */
const areApart = ([one, other]: readonly [Wish, Wish]): boolean =>
  !one.place.path.startsWith(other.place.path) &&
  !other.place.path.startsWith(one.place.path) &&
  !(one.place.path.includes('[') && other.place.path.includes('[')) &&
  // Two storages are one too many, whatever else is wrong with them.
  !(one.place.path.startsWith('spec.storage.') && other.place.path.startsWith('spec.storage.'))

const namesBoth = (
  { kind, problemsOf }: Resource,
  [one, other]: readonly [Wish, Wish],
): boolean => {
  const [first, second] = [one, other].map((wish) => problemsOf(wished(kind, [wish])))
  if (first?.length === 0 || second?.length === 0) return true
  const both = problemsOf(wished(kind, [one, other])).map(({ path }) => path)
  return [first, second].every((alone) => alone?.some(({ path }) => both.includes(path)) ?? false)
}

describe.each(RESOURCES)(
  'two values that are refused in $kind',
  { timeout: LONGEST_TEST_MS },
  (resource) => {
    const wishes = chosenOf(wishesOf(resource), 400)
    const pairs = wishes
      .map((wish, index) => [wish, wishes[(index * 7 + 13) % wishes.length] ?? wish] as const)
      .filter(areApart)

    it('are both named', () => {
      const wrong = pairs.filter((pair) => !namesBoth(resource, pair))
      expect(wrong.map((pair) => pair.map(textOfWish).join(' and '))).toEqual([])
    })
  },
)
