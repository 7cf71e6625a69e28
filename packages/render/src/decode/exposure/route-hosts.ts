import { ownershipProof } from '../../fields/ownership'
import { names, type RouteHost } from '../../model'

import type { ForeignReadings } from '../readings'

type RouteReading = ForeignReadings['routes'][number]

const isOurs = ({ object }: RouteReading): boolean =>
  object.metadata.namespace === names.REGISTRY_NAMESPACE && ownershipProof(object) !== undefined

/** A host that no router has admitted leads nowhere, or to somebody else's service. */
const admittedHosts = ({ object, read }: RouteReading): ReadonlyArray<RouteHost> =>
  (read.status?.ingress ?? []).flatMap(({ host = '', conditions = [] }) =>
    host !== '' && conditions.some(({ type, status }) => type === 'Admitted' && status === 'True')
      ? [{ route: object.metadata.name, host }]
      : [],
  )

/** The host names under which routers have admitted Routes of ours, in the order of the Routes' names. */
export const routeHosts = ({ routes }: Pick<ForeignReadings, 'routes'>): ReadonlyArray<RouteHost> =>
  routes
    .filter(isOurs)
    .flatMap(admittedHosts)
    .sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))

const orderKey = ({ route, host }: RouteHost): string => `${route}/${host}`
