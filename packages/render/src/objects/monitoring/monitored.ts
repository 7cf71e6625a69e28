import { type ClusterFacts, names, registryBuild } from '../../model'

type Facts = Pick<ClusterFacts, 'platform' | 'servedGroups' | 'release'>

/** Whether there is a Prometheus operator to tell what to look at. OpenShift's is told with the release. */
export const isMonitored = ({ platform, servedGroups }: Omit<Facts, 'release'>): boolean =>
  platform === 'Kubernetes' && servedGroups.includes(names.MONITORING_GROUP)

/**
 * Whether the registry tells its metrics on a port of their own. Who may reach that port may also profile the registry: it is
 * not open where nobody asks.
 */
export const hasMetricsPort = (facts: Facts): boolean =>
  isMonitored(facts) && registryBuild(facts)._tag === 'Distribution'
