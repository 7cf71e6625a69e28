import * as RA from 'fp-ts/ReadonlyArray'
import * as S from 'fp-ts/string'

import type { PolicyRule } from './policy-rule'

type Merge = {
  /** What two rules have to have in common. */
  readonly key: (rule: PolicyRule) => string
  readonly joined: (a: PolicyRule, b: PolicyRule) => PolicyRule
}

const union = RA.union(S.Eq)

const sameVerbsAndNames: Merge = {
  key: ({ group, verbs, resourceNames = [] }) => JSON.stringify([group, verbs, resourceNames]),
  joined: (a, b) => ({ ...a, resources: union(b.resources)(a.resources) }),
}

/** A rule without names is about all objects: it is never joined with one that has some. */
const sameVerbsAndResources: Merge = {
  key: ({ group, verbs, resources, resourceNames }) =>
    JSON.stringify([group, verbs, resources, resourceNames === undefined]),
  joined: (a, b) =>
    a.resourceNames === undefined || b.resourceNames === undefined
      ? a
      : { ...a, resourceNames: union(b.resourceNames)(a.resourceNames) },
}

const mergedBy = (
  { key, joined }: Merge,
  rules: ReadonlyArray<PolicyRule>,
): ReadonlyArray<PolicyRule> => {
  const byKey = new Map<string, PolicyRule>()
  rules.forEach((rule) => {
    const before = byKey.get(key(rule))
    byKey.set(key(rule), before === undefined ? rule : joined(before, rule))
  })
  return [...byKey.values()]
}

/** Fewer rules that allow the same: rules are joined only where they differ in nothing but one list. */
export const mergedRules = (rules: ReadonlyArray<PolicyRule>): ReadonlyArray<PolicyRule> =>
  mergedBy(sameVerbsAndResources, mergedBy(sameVerbsAndNames, rules))
