import { groupOf, pluralOf, WRITTEN_KINDS, type WrittenKind } from '../model'
import { isOf } from './is-of'
import type { InstallOptions } from './install-options'
import type { PolicyRule } from './policy-rule'

/**
 * What stays is never deleted, and what was left behind is never made.
 *
 * A server-side apply is a patch, and a create besides when the object is not there. Unlike with a POST, the
 * name is known when the create is authorized, so that it can be restricted to names as well.
 */
const verbsFor = ({ part, deletion }: WrittenKind): ReadonlyArray<string> => {
  if (part === 'legacy') return ['delete']
  return deletion === undefined ? ['create', 'patch'] : ['create', 'delete', 'patch']
}

const writeRule = (written: WrittenKind, resource: string, verbs: PolicyRule['verbs']) => ({
  group: groupOf(written.apiVersion),
  resources: [resource],
  ...(written.names === 'named by the Config' ? {} : { resourceNames: written.names }),
  verbs,
})

const rulesFor = (written: WrittenKind): ReadonlyArray<PolicyRule> => {
  const plural = pluralOf(written.kind, groupOf(written.apiVersion))
  if (plural === undefined) return []
  return [
    writeRule(written, plural, verbsFor(written)),
    // A status comes into being with its object: it is only ever changed.
    ...(written.writesStatus === true ? [writeRule(written, `${plural}/status`, ['patch'])] : []),
  ]
}

/** What the operator has to be allowed to write in a namespace of such a cluster; `undefined` is what has none. */
export const writeRules = (
  platform: InstallOptions['platform'],
  namespace: string | undefined,
): ReadonlyArray<PolicyRule> =>
  WRITTEN_KINDS.filter((written) => written.namespace === namespace)
    .filter(isOf(platform))
    .flatMap(rulesFor)
