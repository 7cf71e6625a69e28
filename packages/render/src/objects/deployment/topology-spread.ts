import { type ClusterFacts, type Config, type Json, type JsonObject, names } from '../../model'
import { registrySelector } from '../labels'

const evenlyOver = (topologyKey: string): JsonObject => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: registrySelector,
  matchLabelKeys: ['pod-template-hash'],
  nodeAffinityPolicy: 'Honor',
  nodeTaintsPolicy: 'Honor',
})

/** Where no node carries one of these labels, a constraint on it would leave every pod unscheduled. */
const LABELS_THAT_NODES_MAY_LACK = [names.WORKER_LABEL, names.ZONE_LABEL]

const defaults = ({ nodeTopologyLabels }: ClusterFacts): ReadonlyArray<JsonObject> => [
  evenlyOver(names.HOST_LABEL),
  ...LABELS_THAT_NODES_MAY_LACK.filter((label) => nodeTopologyLabels.includes(label)).map(
    evenlyOver,
  ),
]

/**
 * How the pods spread: the user's constraints as they stand, even if there are none in the list; else, unless
 * a node selector (even an empty one) says where they go, evenly over nodes, workers and zones.
 */
export const topologySpread = (config: Config, facts: ClusterFacts): ReadonlyArray<Json> =>
  config.topologySpreadConstraints ?? (config.nodeSelector === undefined ? defaults(facts) : [])
