import type { Bundle, ClusterFacts } from '../../model'

/** What a ConfigMap holds: texts, and bytes in base64. No key is in both. */
export type Content = Pick<Bundle, 'data' | 'binaryData'>

/** The ConfigMap of a name; undefined when there is none, or none whose values are read. */
export const bundle = (
  { bundles }: Pick<ClusterFacts, 'bundles'>,
  namespace: string,
  name: string,
): Content | undefined =>
  bundles.find((candidate) => candidate.namespace === namespace && candidate.name === name)
