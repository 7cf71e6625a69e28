import type { KubeObject } from '../src/model'
import { clusterOf, RUNNING, snapshotOf } from './cases'
import { manifestsText } from './manifests-text'
import { settled } from './settled'

const COMMENT =
  "A registry that runs: nothing to do and nothing to report. What the cluster and others have added is nobody's drift."

/**
 * The input of the case with a registry that runs, as today's operator leaves it. What it does not write (identities,
 * what controllers say) is as it was.
 */
export const runningRegistryText = (): string =>
  manifestsText(COMMENT, settled(snapshotOf(RUNNING)).filter(isNotOfCluster()))

const isNotOfCluster = () => {
  const common = new Set(clusterOf(RUNNING).map((object) => JSON.stringify(object)))
  return (object: KubeObject): boolean => !common.has(JSON.stringify(object))
}
