import type { ClusterFacts, ContentDigests } from '../model'

type Identity = { readonly namespace: string; readonly name: string }

/** What is known of a Secret or ConfigMap; undefined when there is no such object. */
export const contentOf = (
  { contents }: Pick<ClusterFacts, 'contents'>,
  kind: ContentDigests['kind'],
  { namespace, name }: Identity,
): ContentDigests | undefined =>
  contents.find(
    (content) => content.kind === kind && content.namespace === namespace && content.name === name,
  )

/** The entries of a Secret or ConfigMap, as digests by key; undefined when there is no such object. */
export const contentDigests = (
  facts: Pick<ClusterFacts, 'contents'>,
  kind: ContentDigests['kind'],
  identity: Identity,
): ContentDigests['entries'] | undefined => contentOf(facts, kind, identity)?.entries
