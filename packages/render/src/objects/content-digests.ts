import type { ClusterFacts, ContentDigests } from '../model'

/** The entries of a Secret or ConfigMap, as digests by key; undefined when there is no such object. */
export const contentDigests = (
  { contents }: ClusterFacts,
  kind: ContentDigests['kind'],
  { namespace, name }: { readonly namespace: string; readonly name: string },
): ContentDigests['entries'] | undefined =>
  contents.find(
    (content) => content.kind === kind && content.namespace === namespace && content.name === name,
  )?.entries
