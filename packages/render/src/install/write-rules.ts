import { groupOf, type WatchedKind, WATCHED_KINDS, WRITTEN_KINDS, type WrittenKind } from '../model'
import type { PolicyRule } from './policy-rule'

/**
 * A server-side apply is a patch, and a create besides when the object is not there. Unlike with a POST, the
 * name is known when the create is authorized, so that it can be restricted to names as well.
 */
const VERBS = ['create', 'delete', 'patch']

const writeRule = ({ apiVersion, plural }: WatchedKind, written: WrittenKind): PolicyRule => ({
  group: groupOf(apiVersion),
  resources: [plural],
  ...(written.names === 'named by the Config' ? {} : { resourceNames: written.names }),
  verbs: VERBS,
})

/** What the operator has to be allowed to write in a namespace; `undefined` is what has none. */
export const writeRules = (namespace: string | undefined): ReadonlyArray<PolicyRule> =>
  WRITTEN_KINDS.flatMap((written) =>
    WATCHED_KINDS.filter((watched) => watched.kind === written.kind)
      .filter((watched) => watched.namespace === namespace)
      .map((watched) => writeRule(watched, written)),
  )
