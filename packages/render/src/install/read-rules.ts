import { groupOf, type WatchedKind, WATCHED_KINDS } from '../model'
import { isOf } from './is-of'
import type { InstallOptions } from './install-options'
import type { PolicyRule } from './policy-rule'

/** Kinds that values are copied from, by a GET of the one object. */
const COPIED_FROM: ReadonlyArray<string> = ['Secret', 'Config']

const readRule = ({ apiVersion, kind, plural, name }: WatchedKind): PolicyRule => ({
  group: groupOf(apiVersion),
  resources: [plural],
  // A list or watch with the field selector metadata.name counts as one of that name.
  ...(name === undefined ? {} : { resourceNames: [name] }),
  verbs: COPIED_FROM.includes(kind) ? ['get', 'list', 'watch'] : ['list', 'watch'],
})

/** What the operator has to be allowed to look at in a namespace of such a cluster; `undefined` is what has none. */
export const readRules = (
  platform: InstallOptions['platform'],
  namespace: string | undefined,
): ReadonlyArray<PolicyRule> =>
  WATCHED_KINDS.filter((watched) => watched.namespace === namespace)
    .filter(isOf(platform))
    .map(readRule)
