import { names } from '../../model'

import type { ForeignReadings } from '../readings'

type Readings = Pick<ForeignReadings, 'clusterVersions'>

const statusOf = ({ clusterVersions }: Readings) =>
  clusterVersions.find(({ object }) => object.metadata.name === names.CLUSTER_VERSION_NAME)?.read
    .status

/** The version that the cluster is, or is becoming; empty while it has not said one. */
export const clusterVersion = (readings: Readings): string => {
  const { desired, history = [] } = statusOf(readings) ?? {}
  return desired?.version || history.find(({ version }) => version)?.version || ''
}

/** The architecture of the cluster's nodes, `Multi` where they are of several; undefined when nothing is known of it. */
export const clusterArchitecture = (readings: Readings): string | undefined => {
  const status = statusOf(readings)
  return status === undefined ? undefined : (status.desired?.architecture ?? '')
}
