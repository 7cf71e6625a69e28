import { type ClusterFacts, type Config, isCollectionUnderWay } from '../../model'

/** Whether the registry takes no pushes, for whatever reason. */
export const isReadOnlyFor = (
  { readOnly }: Pick<Config, 'readOnly'>,
  facts: Pick<ClusterFacts, 'pruning' | 'now'>,
): boolean => readOnly || isCollectionUnderWay(facts)
