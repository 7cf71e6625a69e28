import * as E from 'fp-ts/Either'

import type { ClusterFacts, InfrastructureFacts } from '../../model'
import type { Owner } from '../../storage/marks'

/** What the cluster says that it runs on; nothing of it where it does not say. */
export const infrastructureOf = ({ infrastructure }: ClusterFacts): Partial<InfrastructureFacts> =>
  E.isRight(infrastructure) ? infrastructure.right : {}

/** Whose the things are that are made for a Config. */
export const owner = (configUid: string, facts: ClusterFacts): Owner => ({
  configUid,
  infrastructureName: infrastructureOf(facts).infrastructureName ?? '',
  mayHaveOriginal: facts.platform === 'OpenShift',
})

/** The addresses of the cluster's cloud, by service. */
export const endpointOf = (facts: ClusterFacts, service: string): string => {
  const { serviceEndpoints = {} } = infrastructureOf(facts)
  return Object.hasOwn(serviceEndpoints, service) ? (serviceEndpoints[service] ?? '') : ''
}
